// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.hpp"

// What a command takes, as plain values. The parser, --help, the completion scripts and the test of the documents are
// made from them.
namespace dgauth::options {

// A word that may be given as a value.
struct Word {
  std::string_view name;
  std::string_view meaning{};  // in a few words that stand on their own, for lists
  std::string_view details{};  // whole sentences, as those of an Option; empty: `meaning` says all
};

enum class ValueKind : std::uint8_t {
  unknown,     // only the user knows it
  file,        // the name of a file
  directory,   // the name of a directory
  profile,     // a profile of the configuration
  format,      // an output format of the command
  word,        // one of some words
  suggestion,  // anything; the words are well-known ones
  word_list,   // some of them, with commas between them
  assignment,  // NAME=VALUE with one of them for NAME
};

// What a shell can offer for a value.
struct ValueHint {
  ValueKind kind = ValueKind::unknown;
  std::span<const Word> words{};  // of word, suggestion, word_list and assignment
};

// Takes one value of an option, or an empty text for a flag. The error's message begins with a predicate.
using Setter = std::function<Result<void>(std::string_view)>;

// An option, or a positional argument. The texts must outlive it: they are literals.
struct Option {
  std::string_view names{};        // "-c,--config"; of an argument: how the usage line calls it
  std::string_view value_name{};   // empty: a flag
  std::string_view description{};  // a few words, for lists of options
  // Whole sentences for --help and the manual: paragraphs have an empty line between them, words in `backticks` are
  // literal.
  std::string_view details{};
  ValueHint hint{};
  std::string_view excludes{};  // the long name of an option declared before, which may not be given too
  bool is_repeatable = false;
  bool is_rare = false;  // the short help gives its name only
  Setter set{};

  bool is_flag() const { return value_name.empty(); }
};

struct Declaration {
  std::vector<Option> options;
  std::vector<Option> arguments;  // in their order
};

// "--config" and "-c"; empty if it has none.
std::string_view long_name(const Option& option);
std::string_view short_name(const Option& option);
// How messages call it: by its long name if it has one.
std::string_view shown_name(const Option& option);
// Whether `name` is one of its names, dashes included.
bool is_named(const Option& option, std::string_view name);

// ErrorKind::usage for a text that cannot be meant as a value: an empty one, which an unset variable makes, or one that
// is an option.
Result<void> reject_missing_value(std::string_view text);

// parse_duration as a Result.
Result<std::chrono::seconds> parse_duration_option(std::string_view text);

// Sets `target` to what `parse` makes of the text: a Result of something assignable to it, whose error's message begins
// with a predicate.
template <typename T, typename Parse>
Setter parsed_into(T& target, Parse parse) {
  return [&target, parse](std::string_view text) -> Result<void> {
    TRY(reject_missing_value(text));
    TRY_ASSIGN(target, parse(text));
    return {};
  };
}

// Appends what `parse` makes of each value: a Result of some elements.
template <typename T, typename Parse>
Setter appended_to(std::vector<T>& target, Parse parse) {
  return [&target, parse](std::string_view text) -> Result<void> {
    TRY(reject_missing_value(text));
    TRY_ASSIGN(const auto elements, parse(text));
    target.insert(target.end(), elements.begin(), elements.end());
    return {};
  };
}

// Any text but an empty one, or one that is an option.
inline Setter text_into(std::string& target) {
  return parsed_into(target, [](std::string_view text) -> Result<std::string> { return std::string(text); });
}

inline Setter flag_into(bool& target) {
  return [&target](std::string_view /*text*/) -> Result<void> {
    target = true;
    return {};
  };
}

}  // namespace dgauth::options
