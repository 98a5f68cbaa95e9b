// SPDX-License-Identifier: MIT
#include "completion/outline.hpp"

#include <algorithm>

namespace dgauth::completion {
namespace {

using options::Option;
using options::Word;

constexpr std::size_t widest_line = 100;

bool are_alike(const Option& a, const Option& b) {
  return a.names == b.names && a.value_name == b.value_name && a.description == b.description &&
         a.excludes == b.excludes && a.is_repeatable == b.is_repeatable && a.hint.kind == b.hint.kind &&
         std::ranges::equal(a.hint.words, b.hint.words, {}, &Word::name, &Word::name);
}

std::vector<Shared> shared(const Outline& outline, std::vector<Option> options::Declaration::*which) {
  std::vector<Shared> all;
  for (const CommandOutline& command : outline.commands) {
    for (const Option& option : command.declaration.*which) {
      const auto same =
          std::ranges::find_if(all, [&option](const Shared& each) { return are_alike(*each.option, option); });
      if (same == all.end()) {
        all.push_back({.option = &option, .commands = {command.name}});
      } else {
        same->commands.push_back(command.name);
      }
    }
  }
  return all;
}

}  // namespace

std::vector<Shared> shared_options(const Outline& outline) { return shared(outline, &options::Declaration::options); }

std::vector<Shared> shared_arguments(const Outline& outline) {
  return shared(outline, &options::Declaration::arguments);
}

std::vector<Word> all_formats(const Outline& outline) {
  std::vector<Word> all;
  for (const CommandOutline& command : outline.commands) {
    for (const Word& format : command.formats) {
      if (std::ranges::find(all, format.name, &Word::name) == all.end()) {
        all.push_back(format);
      }
    }
  }
  return all;
}

std::vector<std::string_view> names_of(const Option& option) {
  std::vector<std::string_view> names;
  for (const std::string_view name : {options::short_name(option), options::long_name(option)}) {
    if (!name.empty()) {
      names.push_back(name);
    }
  }
  return names;
}

std::vector<std::string_view> names_of(std::span<const Word> words) {
  std::vector<std::string_view> names;
  for (const Word& word : words) {
    names.push_back(word.name);
  }
  return names;
}

std::string joined(std::span<const std::string_view> words, std::string_view separator) {
  std::string text;
  for (const std::string_view word : words) {
    text += text.empty() ? "" : separator;
    text += word;
  }
  return text;
}

std::string wrapped(std::span<const std::string_view> words, std::string_view separator, std::string_view line_end,
                    std::string_view indent) {
  std::string text;
  std::size_t column = indent.size();
  for (const std::string_view word : words) {
    const std::size_t width = separator.size() + word.size();
    const bool is_full = column + width + line_end.size() > widest_line;
    if (!text.empty()) {
      text += is_full ? std::string(line_end) + "\n" + std::string(indent) : std::string(separator);
    }
    column = (is_full ? indent.size() : column) + width;
    text += word;
  }
  return text;
}

std::string escaped(std::string_view text, std::string_view special) {
  std::string result;
  for (const char c : text) {
    if (special.find(c) != std::string_view::npos) {
      result += '\\';
    }
    result += c;
  }
  return result;
}

}  // namespace dgauth::completion
