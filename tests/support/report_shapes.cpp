// SPDX-License-Identifier: MIT
#include "support/report_shapes.hpp"

#include <sstream>
#include <stdexcept>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "support/cases/json.hpp"

namespace dgauth::support {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> words_of(const std::string& line) {
  std::vector<std::string> words;
  std::istringstream in(line);
  for (std::string word; in >> word;) {
    words.push_back(word);
  }
  return words;
}

[[noreturn]] void refuse(const std::string& why, std::string_view where) {
  throw std::runtime_error(fmt::format("{}: {}", why, where.substr(0, 200)));
}

// Where `c` is in `text` from `start` without an odd number of backslashes before it; npos if it is not.
std::size_t find_unescaped(std::string_view text, std::string_view any_of, std::size_t start = 0) {
  for (std::size_t i = start; i < text.size(); ++i) {
    if (text[i] == '\\') {
      ++i;
    } else if (any_of.find(text[i]) != std::string_view::npos) {
      return i;
    }
  }
  return std::string_view::npos;
}

void check_references(std::string_view text) {
  for (std::size_t at = text.find('&'); at != std::string_view::npos; at = text.find('&', at + 1)) {
    const std::string_view name = text.substr(at + 1, text.find(';', at) - at - 1);
    if (name != "amp" && name != "lt" && name != "gt" && name != "quot" && name != "apos") {
      refuse("not a reference", text.substr(at));
    }
  }
}

// The tag between < and >: its name and those of its attributes, and the value of `name`.
std::string shape_of_tag(std::string_view tag) {
  std::string shape(tag.substr(0, tag.find_first_of(" />", 1)));
  for (std::size_t at = tag.find(' '); at != std::string_view::npos; at = tag.find(' ', at)) {
    const std::size_t quote = tag.find("=\"", at);
    const std::size_t end = quote == std::string_view::npos ? quote : tag.find('"', quote + 2);
    if (end == std::string_view::npos) {
      refuse("not an attribute", tag.substr(at));
    }
    const std::string_view name = tag.substr(at + 1, quote - at - 1);
    const std::string_view value = tag.substr(quote + 2, end - quote - 2);
    if (name.find_first_not_of("abcdefghijklmnopqrstuvwxyz") != std::string_view::npos ||
        value.find('<') != std::string_view::npos) {
      refuse("not an attribute", tag.substr(at));
    }
    check_references(value);
    shape += fmt::format(" {}{}", name, name == "name" ? fmt::format("={}", value) : "");
    at = end;
  }
  return shape;
}

// Ends before the next > that stands in no value of an attribute.
std::size_t end_of_tag(std::string_view text, std::size_t start) {
  bool is_in_value = false;
  for (std::size_t i = start; i < text.size(); ++i) {
    is_in_value = is_in_value != (text[i] == '"');
    if (text[i] == '>' && !is_in_value) {
      return i;
    }
  }
  refuse("a tag without end", text.substr(start));
}

}  // namespace

std::string shape_of_text(const std::string& report) {
  std::string shape;
  for (const std::string& line : lines_of(report)) {
    if (line.starts_with("          ")) {
      continue;  // it goes on with what did not fit
    }
    std::vector<std::string> words = words_of(line);
    const bool is_probe = line.size() > 4 && line.starts_with("  ") && line[2] != ' ' && line[3] == ' ';
    words.resize(std::min<std::size_t>(words.size(), is_probe ? 3 : 1));
    shape += fmt::format("{}|{}\n", line.find_first_not_of(' ') == 8 ? "        " : "", fmt::join(words, " "));
  }
  return shape;
}

std::string shape_of_json(const std::string& report) {
  if (report.find('\n') != report.size() - 1) {
    refuse("not one line", report);
  }
  const cases::JsonDocument document = cases::parse_json(report);
  std::string shape;
  for (const auto& [name, value] : document.GetObject()) {
    shape += cases::string_of(name) + "\n";
  }
  for (const cases::Json& probe : cases::member(document, "probes")->GetArray()) {
    shape += fmt::format("{} {}\n", cases::shown(*cases::member(probe, "name")),
                         cases::shown(*cases::member(probe, "status")));
  }
  for (const auto& [name, value] : cases::member(document, "identity")->GetObject()) {
    shape += cases::string_of(name) + "\n";
  }
  return shape + cases::json_text(*cases::member(document, "expectations"));
}

std::string shape_of_junit(const std::string& report) {
  constexpr std::string_view declaration = R"(<?xml version="1.0" encoding="UTF-8"?>)";
  if (!report.starts_with(declaration)) {
    refuse("not XML", report);
  }
  std::string shape;
  std::vector<std::string> open;
  std::size_t at = declaration.size();
  for (std::size_t start = report.find('<', at); start != std::string::npos; start = report.find('<', at)) {
    check_references(std::string_view(report).substr(at, start - at));
    at = end_of_tag(report, start);
    const std::string_view tag = std::string_view(report).substr(start + 1, at - start - 1);
    const std::string name(tag.substr(0, tag.find_first_of(" /", 1)));
    if (tag.starts_with('/')) {
      if (open.empty() || "/" + open.back() != tag) {
        refuse("an end of nothing", tag);
      }
      open.pop_back();
    } else {
      shape += shape_of_tag(tag) + "\n";
      if (!tag.ends_with('/')) {
        open.push_back(name);
      }
    }
  }
  if (!open.empty()) {
    refuse("an element without end", open.back());
  }
  return shape;
}

std::string shape_of_tap(const std::string& report) {
  const std::vector<std::string> lines = lines_of(report);
  if (lines.size() < 2 || lines[0] != "TAP version 13" || lines[1] != fmt::format("1..{}", lines.size() - 2)) {
    refuse("not TAP", report);
  }
  std::string shape;
  for (std::size_t i = 2; i < lines.size(); ++i) {
    const std::string ok = fmt::format("ok {} - ", i - 1);
    const bool is_ok = lines[i].starts_with(ok);
    if (!is_ok && !lines[i].starts_with("not " + ok)) {
      refuse("not a test line", lines[i]);
    }
    const std::string rest = lines[i].substr(ok.size() + (is_ok ? 0 : 4));
    const std::size_t mark = find_unescaped(rest, "#");
    const std::string directive = mark == std::string::npos ? "" : rest.substr(mark);
    if (find_unescaped(directive, "#", 1) != std::string::npos) {
      refuse("two directives", lines[i]);
    }
    shape += fmt::format("{}{} {}\n", is_ok ? "" : "not ", rest.substr(0, rest.find(' ')),
                         fmt::join(std::vector(words_of(directive.substr(0, 7))), " "));
  }
  return shape;
}

std::string shape_of_github(const std::string& report) {
  std::string shape;
  for (const std::string& line : lines_of(report)) {
    if (line.starts_with("::")) {
      for (std::size_t at = line.find('%'); at != std::string::npos; at = line.find('%', at + 1)) {
        if (line.compare(at, 3, "%25") != 0) {
          refuse("a percent sign", line);
        }
      }
      std::size_t end = 0;
      for (int colons = 0; colons < 5 && end < line.size(); ++end) {
        colons += line[end] == ':' ? 1 : 0;
      }
      shape += line.substr(0, end);
    } else if (line.starts_with("|")) {
      int pipes = 0;
      std::size_t last = 0;
      for (std::size_t at = 0; at != std::string::npos; at = find_unescaped(line, "|", at + 1)) {
        ++pipes;
        last = at + 1 < line.size() ? at : last;
      }
      const bool is_row = line.starts_with("| ");
      if (is_row && find_unescaped(line, "<>`*_@&!#[]", last) != std::string::npos) {
        refuse("Markdown in the last cell", line);
      }
      shape += fmt::format("{} {}", line.substr(0, line.find(" | ")), pipes);
    }
    shape += "\n";
  }
  return shape;
}

}  // namespace dgauth::support
