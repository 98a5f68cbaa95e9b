// SPDX-License-Identifier: MIT
#include "support/cases/difference.hpp"

#include <algorithm>
#include <sstream>
#include <vector>

#include <fmt/format.h>

namespace dgauth::cases {
namespace {

constexpr std::size_t most_lines = 20;
constexpr std::size_t longest_line = 300;

std::string escaped(const std::string& text) {
  std::string shown;
  for (const char c : text) {
    shown += c >= ' ' && c <= '~' ? std::string(1, c)
             : c == '\n'          ? "\\n"
                                  : fmt::format("\\x{:02x}", static_cast<unsigned char>(c));
  }
  return shown;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t start = 0; start < text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size() - 1) + 1;
    lines.push_back(text.substr(start, end - start));
    start = end;
  }
  return lines;
}

}  // namespace

std::string difference(const std::string& what, const std::string& wanted, const std::string& seen) {
  std::vector<std::string> minus = lines_of(wanted);
  std::vector<std::string> plus = lines_of(seen);
  const auto start = std::ranges::mismatch(minus, plus);
  minus.erase(minus.begin(), start.in1);
  plus.erase(plus.begin(), start.in2);
  while (!minus.empty() && !plus.empty() && minus.back() == plus.back()) {
    minus.pop_back();
    plus.pop_back();
  }
  std::string text = what + " wanted (-), seen (+):";
  for (const auto& [mark, lines] : {std::pair('-', minus), std::pair('+', plus)}) {
    for (std::size_t i = 0; i < std::min(lines.size(), most_lines); ++i) {
      text += fmt::format("\n    {}{}", mark, escaped(lines[i]).substr(0, longest_line));
    }
  }
  return text;
}

std::string indented(const std::string& text) {
  std::string block;
  std::istringstream lines(text);
  std::size_t count = 0;
  for (std::string line; std::getline(lines, line) && count < most_lines; ++count) {
    block += (count == 0 ? "    " : "\n    ") + line.substr(0, longest_line);
  }
  return block;
}

}  // namespace dgauth::cases
