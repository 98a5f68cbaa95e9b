// SPDX-License-Identifier: MIT
#include "cli/help_layout.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

namespace dgauth::cli {
namespace {

constexpr std::size_t page_width = 80;
constexpr std::size_t outer_indent = 2;
constexpr std::size_t inner_indent = 6;
constexpr std::size_t gap = 2;
constexpr std::size_t widest_name = 27;  // a longer one has a line of its own

// A space within what is literal, where no line is to end.
constexpr char kept_space = '\x1F';

// Without the backticks. A line to type, which begins with dgauth, is in quotes: it would be hard to tell from the
// sentence around it.
std::string plain(std::string_view text) {
  std::string result;
  bool is_quoted = false;
  bool is_literal = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '`') {
      result += is_literal && text[at] == ' ' ? kept_space : text[at];
      continue;
    }
    is_literal = !is_literal;
    is_quoted = is_literal ? text.substr(at + 1).starts_with("dgauth ") : is_quoted;
    result += is_quoted ? "'" : "";
  }
  return result;
}

// Appends a word to the last line of `text`, or to a new one. `indent` is that of a new line.
void append_word(std::string& text, std::string_view word, std::size_t indent) {
  const std::size_t line_begin = text.rfind('\n') + 1;  // 0 where there is none
  const std::size_t column = text.size() - line_begin;
  if (column > indent && column + 1 + word.size() > page_width) {
    text += '\n';
    text.append(indent, ' ');
  } else if (column > indent) {
    text += ' ';
  }
  text += word;
}

// Appends the words of one paragraph. The last line of `text` is filled up to `indent` already.
void append_paragraph(std::string& text, std::string_view paragraph, std::size_t indent) {
  while (!paragraph.empty()) {
    const std::size_t space = paragraph.find(' ');
    append_word(text, paragraph.substr(0, space), indent);
    paragraph.remove_prefix(space == std::string_view::npos ? paragraph.size() : space + 1);
  }
  text += '\n';
}

}  // namespace

std::string wrapped(std::string_view text, std::size_t indent) {
  constexpr std::string_view separator = "\n\n";
  const std::string all = plain(text);
  std::string_view rest = all;
  std::string result;
  while (true) {
    const std::size_t end = rest.find(separator);
    result.append(indent, ' ');
    append_paragraph(result, rest.substr(0, end), indent);
    if (end == std::string_view::npos) {
      std::ranges::replace(result, kept_space, ' ');
      return result;
    }
    result += '\n';
    rest.remove_prefix(end + separator.size());
  }
}

std::string table(std::span<const Entry> entries) {
  std::size_t width = 0;
  for (const Entry& entry : entries) {
    width = std::max(width, entry.name.size() > widest_name ? 0 : entry.name.size());
  }
  const std::size_t column = outer_indent + width + gap;
  std::string text;
  for (const Entry& entry : entries) {
    const std::string beside = wrapped(entry.text, column);
    const std::string name = fmt::format("{:{}}{}", "", outer_indent, entry.name);
    text += name.size() + gap > column ? name + "\n" + beside
                                       : fmt::format("{:<{}}{}", name, column, std::string_view(beside).substr(column));
  }
  return text;
}

std::string definitions(std::span<const Entry> entries) {
  std::string text;
  for (const Entry& entry : entries) {
    text += fmt::format("{:{}}{}\n{}", "", outer_indent, entry.name, wrapped(entry.text, inner_indent));
  }
  return text;
}

std::string option_name(const options::Option& option) {
  const std::string_view short_name = options::short_name(option);
  const std::string_view long_name = options::long_name(option);
  return fmt::format("{}{}{}{}{}", short_name, short_name.empty() || long_name.empty() ? "" : ", ", long_name,
                     option.is_flag() ? "" : " ", option.value_name);
}

std::string status_table(std::span<const commands::StatusMeaning> statuses) {
  std::vector<Entry> entries;
  for (const commands::StatusMeaning& each : statuses) {
    entries.push_back({fmt::format("{}", static_cast<int>(each.status)), each.meaning});
  }
  return table(entries);
}

std::string heading(std::string_view title) { return fmt::format("\n{}\n", title); }

}  // namespace dgauth::cli
