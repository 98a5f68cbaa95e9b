// SPDX-License-Identifier: MIT
#include "output/dotenv.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "deepgram/credential.hpp"

namespace dgauth::output {
namespace {

constexpr std::string_view blanks = " \t";
constexpr std::string_view quotes = "\"'`";
constexpr auto npos = std::string_view::npos;

std::size_t skip_blanks(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of(blanks, at), text.size());
}

// The first place at or after `at` where a line ends: at its newline, at a carriage return that stands alone, or at the
// end of the text.
std::size_t line_end(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  return text.substr(end).starts_with("\r\n") ? end + 1 : end;
}

// Where the value without quotes ends that begins at `at`: before a comment, else with its line.
std::size_t end_of_plain_value(std::string_view text, std::size_t at, std::size_t newline) {
  for (std::size_t i = at; i < newline; ++i) {
    if (text[i] == '#' && i > at && blanks.find(text[i - 1]) != npos) {
      return text.find_last_not_of(blanks, i - 1) + 1;
    }
  }
  return newline;
}

// The place of the quote that ends the string which begins at `at`; npos if there is none.
std::size_t closing_quote(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\' && quote == '"') {
      ++i;
    } else if (text[i] == quote) {
      return i;
    }
  }
  return npos;
}

// An assignment, or a line that is none.
struct Entry {
  std::string_view name{};  // empty: not an assignment
  std::size_t value = 0;    // where the value begins, after the `=`
  std::size_t end = 0;      // of the value, before a comment or the line end
  std::size_t next = 0;     // where the next entry begins
};

std::size_t without_carriage_return(std::string_view text, std::size_t begin, std::size_t end) {
  return end > begin && end < text.size() && text[end - 1] == '\r' ? end - 1 : end;
}

Entry entry_at(std::string_view text, std::size_t begin) {
  constexpr std::string_view exported = "export";
  std::size_t newline = line_end(text, begin);
  Entry entry{.end = newline, .next = std::min(newline + 1, text.size())};
  std::size_t at = skip_blanks(text, begin);
  if (text.substr(at).starts_with(exported) && skip_blanks(text, at + exported.size()) > at + exported.size()) {
    at = skip_blanks(text, at + exported.size());
  }
  const std::size_t equals = std::min(text.find_first_of("=#\r\n", at), text.size());
  if (equals == text.size() || text[equals] != '=') {
    return entry;
  }
  const std::string_view before = text.substr(at, equals - at);
  entry.name = before.substr(0, before.find_last_not_of(blanks) + 1);  // npos + 1 is 0
  entry.value = equals + 1;
  const std::size_t value = skip_blanks(text, entry.value);
  const bool is_quoted = value < text.size() && quotes.find(text[value]) != npos;
  const std::size_t closed = is_quoted ? closing_quote(text, value) : npos;
  if (closed != npos) {
    newline = line_end(text, closed);
    entry.end = closed + 1;
  } else {
    entry.end = end_of_plain_value(text, entry.value, without_carriage_return(text, entry.value, newline));
  }
  entry.next = std::min(newline + 1, text.size());
  return entry;
}

// Without the quotes around it, if there are any.
std::string_view unquoted(std::string_view value) {
  value = trim(value);
  const bool is_quoted = value.size() > 1 && value.front() == value.back() && quotes.find(value.front()) != npos;
  return is_quoted ? value.substr(1, value.size() - 2) : value;
}

std::size_t first_entry(std::string_view content) {
  return content.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
}

}  // namespace

bool has_api_key(std::string_view content, std::string_view name) {
  Entry entry;
  for (std::size_t at = first_entry(content); at < content.size(); at = entry.next) {
    entry = entry_at(content, at);
    if (entry.name == name &&
        deepgram::looks_like_api_key(unquoted(content.substr(entry.value, entry.end - entry.value)))) {
      return true;
    }
  }
  return false;
}

Secret with_dotenv_line(std::string_view content, std::string_view name, const Secret& value) {
  WipedString text;
  text.reserve(content.size() + name.size() + value.reveal().size() + least_on_heap);
  std::size_t at = first_entry(content);
  text += content.substr(0, at);
  bool is_set = false;
  while (at < content.size()) {
    const Entry entry = entry_at(content, at);
    if (entry.name == name) {
      text += content.substr(at, entry.value - at);
      text += value.reveal();
      text += content.substr(entry.end, entry.next - entry.end);
      is_set = true;
    } else {
      text += content.substr(at, entry.next - at);
    }
    at = entry.next;
  }
  if (!is_set) {
    const std::string_view newline = content.find("\r\n") == npos ? "\n" : "\r\n";
    const bool is_amid_line = !content.empty() && !content.ends_with('\n') && content != byte_order_mark;
    text += is_amid_line ? newline : "";
    text += name;
    text += '=';
    text += value.reveal();
    text += newline;
  }
  return Secret(text);
}

}  // namespace dgauth::output
