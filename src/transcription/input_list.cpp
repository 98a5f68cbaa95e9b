// SPDX-License-Identifier: MIT
#include "transcription/input_list.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "host/descriptor.hpp"
#include "host/input_file.hpp"

namespace dgauth::transcription {
namespace {

constexpr std::size_t largest_list = 64 * 1024 * 1024;
constexpr std::size_t piece_size = 64 * 1024;

Result<std::string> read_list(const std::string& path, std::chrono::steady_clock::time_point deadline) {
  TRY_ASSIGN(const std::unique_ptr<host::InputFile> file, host::InputFile::open(path));
  std::string text;
  std::array<char, piece_size> piece{};
  while (text.size() <= largest_list) {
    TRY_ASSIGN(const std::optional<std::size_t> got, file->read(piece));
    if (got == 0U) {
      return text;
    }
    if (!got && !host::wait_readable(file->descriptor(), deadline)) {
      return fail(ErrorKind::usage, "timed out while reading the --from-file list", "raise --timeout");
    }
    if (!got) {
      continue;
    }
    text.append(piece.data(), *got);
  }
  return fail(ErrorKind::usage, "the --from-file list is larger than 64 MiB");
}

// Whether the list is in an encoding that Windows programs call Unicode: every other byte of it is NUL.
bool is_utf16(std::string_view text) { return text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF"); }

// A list that is read the wrong way would name inputs that nobody meant.
Result<void> check_separator(std::string_view text, bool is_null_separated) {
  const bool has_null = text.find('\0') != std::string_view::npos;
  if (is_null_separated) {
    return has_null || text.find('\n') == std::string_view::npos
               ? Result<void>()
               : fail(ErrorKind::usage, "the --from-file list contains no NUL byte",
                      "leave out --null if it has one input on each line");
  }
  if (is_utf16(text)) {
    return fail(ErrorKind::usage, "the --from-file list is encoded in UTF-16", "save it as UTF-8");
  }
  return has_null ? fail(ErrorKind::usage, "the --from-file list contains a NUL byte",
                         "add --null if it comes from 'find -print0', else put one input on each line")
                  : Result<void>();
}

std::string_view input_on(std::string_view line) {
  constexpr std::string_view blanks = " \t\r";
  if (trim(line).starts_with('#')) {
    return {};
  }
  return line.substr(0, line.find_last_not_of(blanks) + 1);  // npos + 1 is 0
}

Result<void> add_listed(std::vector<std::string>& inputs, std::string_view text, bool is_null_separated) {
  TRY(check_separator(text, is_null_separated));
  if (!is_null_separated && text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(is_null_separated ? '\0' : '\n'), text.size());
    const std::string_view part = text.substr(0, end);
    const std::string_view input = is_null_separated ? part : input_on(part);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!input.empty()) {
      inputs.emplace_back(input);
    }
  }
  return {};
}

}  // namespace

Result<std::vector<std::string>> read_inputs(std::vector<std::string> named, const InputList& list,
                                             std::string_view other_stdin,
                                             std::chrono::steady_clock::time_point deadline) {
  const bool lists_stdin = list.path == "-";
  if (lists_stdin && !other_stdin.empty()) {
    return fail(ErrorKind::usage, fmt::format("{} and --from-file cannot both be read from stdin", other_stdin));
  }
  std::vector<std::string> all = std::move(named);
  if (!list.path.empty()) {
    TRY_ASSIGN(const std::string text, read_list(list.path, deadline));
    TRY(add_listed(all, text, list.is_null_separated));
    if (all.empty()) {
      return fail(ErrorKind::usage, "the --from-file list contains no input");
    }
  }
  const std::string_view also = lists_stdin ? "--from-file" : other_stdin;
  if (!also.empty() && std::ranges::find(all, "-") != all.end()) {
    return fail(ErrorKind::usage, fmt::format("{} and - cannot both be read from stdin", also));
  }
  std::unordered_set<std::string> seen;
  std::erase_if(all, [&seen](const std::string& input) { return !seen.insert(input).second; });
  if (all.empty()) {
    return fail(ErrorKind::usage, "no input given", "name it after the command, or use --from-file");
  }
  return all;
}

}  // namespace dgauth::transcription
