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
      return text.find('\0') == std::string::npos
                 ? Result<std::string>(std::move(text))
                 : fail(ErrorKind::usage, "the list of --from-file holds a NUL", "write one input a line");
    }
    if (!got && !host::wait_readable(file->descriptor(), deadline)) {
      return fail(ErrorKind::usage, "the list of --from-file did not end in time", "allow more time with --timeout");
    }
    if (!got) {
      continue;
    }
    text.append(piece.data(), *got);
  }
  return fail(ErrorKind::usage, "the list of --from-file is too large");
}

void add_lines(std::vector<std::string>& lines, std::string_view text) {
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (!trim(line).empty()) {
      lines.emplace_back(line);
    }
  }
}

}  // namespace

Result<std::vector<std::string>> read_inputs(std::vector<std::string> named, const std::string& from_file,
                                             std::string_view other_stdin,
                                             std::chrono::steady_clock::time_point deadline) {
  if (from_file == "-" && !other_stdin.empty()) {
    return fail(ErrorKind::usage, fmt::format("{} and --from-file cannot both be read from stdin", other_stdin));
  }
  std::vector<std::string> all = std::move(named);
  if (!from_file.empty()) {
    TRY_ASSIGN(const std::string list, read_list(from_file, deadline));
    add_lines(all, list);
  }
  const std::string_view also = from_file == "-" ? "--from-file" : other_stdin;
  if (!also.empty() && std::ranges::find(all, "-") != all.end()) {
    return fail(ErrorKind::usage, fmt::format("{} and - cannot both be read from stdin", also));
  }
  std::unordered_set<std::string> seen;
  std::erase_if(all, [&seen](const std::string& input) { return !seen.insert(input).second; });
  if (all.empty()) {
    return fail(ErrorKind::usage, "there is nothing to transcribe", "name it after the command, or give --from-file");
  }
  return all;
}

}  // namespace dgauth::transcription
