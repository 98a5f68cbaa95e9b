// SPDX-License-Identifier: MIT
#include "output/out_file.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <system_error>
#include <vector>

#include <fmt/format.h>

#include "base/hex.hpp"
#include "base/shown.hpp"
#include "deepgram/credential.hpp"
#include "host/files.hpp"
#include "host/open_path.hpp"
#include "output/dotenv.hpp"

namespace dgauth::output {
namespace {

constexpr std::size_t largest_dotenv = 1024 * 1024;
constexpr std::size_t largest_own = 64 * 1024;  // a token of 8 KiB as JSON, with a long path to its key
constexpr std::size_t key_digits = 40;
constexpr std::chrono::seconds time_to_read{10};

// One line that dgauth writes: what is before and after a credential, or between the ends of a JSON object.
struct Shape {
  std::string begin;
  std::string end = "\n";
  bool is_json = false;
  bool may_be_key = false;
};

std::vector<Shape> shapes(std::string_view variable) {
  std::vector<Shape> all = {
      {.begin = ""},
      {.begin = fmt::format("{}=", variable)},
      {.begin = fmt::format("export {}='", variable), .end = "'\n"},
      {.begin = fmt::format("set -gx {} '", variable), .end = "'\n"},
      {.begin = R"({"access_token":")", .end = "}\n", .is_json = true},
      {.begin = R"({"Authorization":")", .end = "}\n", .is_json = true},
  };
  for (const std::string_view scheme : {"Bearer ", "Token "}) {
    all.push_back({.begin = fmt::format("Authorization: {}", scheme), .may_be_key = true});
    all.push_back({.begin = std::string(scheme), .may_be_key = true});
    all.push_back({.begin = fmt::format("header = \"Authorization: {}", scheme), .end = "\"\n", .may_be_key = true});
  }
  for (const std::string_view scheme : {"bearer, ", "token, "}) {
    all.push_back({.begin = fmt::format("Sec-WebSocket-Protocol: {}", scheme), .may_be_key = true});
    all.push_back({.begin = std::string(scheme), .may_be_key = true});
  }
  return all;
}

bool fits(std::string_view text, const Shape& shape) {
  if (text.size() <= shape.begin.size() + shape.end.size() || !text.starts_with(shape.begin) ||
      !text.ends_with(shape.end)) {
    return false;
  }
  const std::string_view between = text.substr(shape.begin.size(), text.size() - shape.begin.size() - shape.end.size());
  if (shape.is_json) {
    return between.find('\n') == std::string_view::npos;
  }
  // A key that somebody keeps in a file is not replaced by a token.
  const bool is_key = between.size() == key_digits && is_lower_hex(between);
  return deepgram::is_bearer_token(between) && (shape.may_be_key || !is_key);
}

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

Result<void> check_replaceable(const std::string& path, std::string_view variable) {
  TRY_ASSIGN(const std::optional<host::FileContent> content, existing_content(path, largest_own));
  if (!content || content->bytes.empty()) {
    return {};
  }
  const std::vector<Shape> own = shapes(variable);
  const std::string_view text = content->bytes.reveal();
  if (content->is_whole && std::ranges::any_of(own, [text](const Shape& shape) { return fits(text, shape); })) {
    return {};
  }
  return fail(ErrorKind::usage, fmt::format("{} was not written by dgauth, and would be replaced", shown_path(path)),
              "write to another file, or add --force to replace it; grant -o dotenv only sets its own line");
}

Result<void> check_dotenv(const std::string& path) {
  TRY(existing_dotenv(path));
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
