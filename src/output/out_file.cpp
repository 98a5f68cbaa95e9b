// SPDX-License-Identifier: MIT
#include "output/out_file.hpp"

#include <chrono>
#include <filesystem>
#include <optional>
#include <system_error>

#include <fmt/format.h>

#include "base/shown.hpp"
#include "host/files.hpp"
#include "host/open_path.hpp"
#include "output/dotenv.hpp"
#include "output/own_output.hpp"

namespace dgauth::output {
namespace {

constexpr std::size_t largest_dotenv = 1024 * 1024;
constexpr std::size_t largest_own = 64 * 1024;  // a token of 8 KiB as JSON, with a long path to its key
constexpr std::chrono::seconds time_to_read{10};

// What is in the file `path`; nullopt if there is no regular file, so that nothing can be lost.
Result<std::optional<host::FileContent>> existing_content(const std::string& path, std::size_t limit) {
  std::error_code unknown;
  if (path.empty() || host::descriptor_named(path) || !std::filesystem::is_regular_file(path, unknown)) {
    return std::optional<host::FileContent>();
  }
  TRY_ASSIGN(host::FileContent content, host::read_file(path, limit, time_to_read, ErrorKind::usage));
  return std::optional(std::move(content));
}

Result<std::optional<host::FileContent>> existing_dotenv(const std::string& path) {
  TRY_ASSIGN(std::optional<host::FileContent> content, existing_content(path, largest_dotenv));
  if (content && (!content->is_whole || content->bytes.reveal().find('\0') != std::string_view::npos)) {
    return fail(ErrorKind::usage, fmt::format("{} is not a dotenv file", shown_path(path)), "write to another file");
  }
  return content;
}

}  // namespace

Result<void> check_replaceable(const std::string& path) {
  TRY_ASSIGN(const std::optional<host::FileContent> content, existing_content(path, largest_own));
  if (!content || content->bytes.empty() || (content->is_whole && is_own_output(content->bytes.reveal()))) {
    return {};
  }
  return fail(ErrorKind::usage, fmt::format("{} was not written by dgauth, and would be replaced", shown_path(path)),
              "write to another file, or add --force to replace it; grant -o dotenv only sets its own line");
}

std::string target_of_links(const std::string& path) {
  constexpr int most_links = 40;  // as the kernel
  std::filesystem::path target = path;
  for (int links = 0; links < most_links && !host::descriptor_named(target.native()); ++links) {
    std::error_code is_no_link;
    const std::filesystem::path next = std::filesystem::read_symlink(target, is_no_link);
    if (is_no_link) {
      return target;
    }
    target = target.parent_path() / next;
  }
  return host::descriptor_named(target.native()) ? target.native() : path;  // else the links lead in a circle
}

Result<void> check_dotenv(const std::string& path, std::string_view variable) {
  TRY_ASSIGN(const std::optional<host::FileContent> content, existing_dotenv(path));
  if (content && has_api_key(content->bytes.reveal(), variable)) {
    return fail(ErrorKind::usage,
                fmt::format("{}: {} holds an API key, which would be lost", shown_path(path), variable),
                "choose another name with --var");
  }
  return {};
}

Result<Secret> dotenv_text(const std::string& path, std::string_view variable, const Secret& value,
                           const host::Messages& messages) {
  TRY_ASSIGN(const std::optional<host::FileContent> content, existing_dotenv(path));
  if (content && !content->access.is_private) {
    messages.warn(fmt::format("{} now holds a token, so only its owner can read it (mode 0600)", shown_path(path)));
  }
  return with_dotenv_line(content ? content->bytes.reveal() : std::string_view(), variable, value);
}

}  // namespace dgauth::output
