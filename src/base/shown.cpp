// SPDX-License-Identifier: MIT
#include "base/shown.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"
#include "base/workflow_commands.hpp"

namespace dgauth {
namespace {

constexpr std::string_view hidden = "<looks like a secret>";

constexpr std::size_t fewest_digits_of_path = 32;
constexpr std::size_t fewest_digits = 40;
constexpr std::size_t fewest_digits_of_sha256 = 64;  // of which many a folder has its name
constexpr std::size_t shortest_jwt = 20;
constexpr std::size_t shortest_random_word = 20;
constexpr std::ptrdiff_t fewest_of_a_kind = 3;
constexpr std::size_t changes_to_size = 3;  // at least one change of kind for as many characters

constexpr std::array<std::string_view, 12> audio = {"wav",  "mp3",  "m4a", "mp4",  "ogg", "oga",
                                                    "opus", "flac", "aac", "webm", "mov", "mkv"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_alphanumeric(char c) { return is_digit(c) || is_lower(c) || is_upper(c); }
bool is_hexadecimal(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
bool is_of_jwt(char c) { return is_alphanumeric(c) || c == '-' || c == '_' || c == '.'; }

using Kind = bool (*)(char);

// What `text` begins with that is of this kind.
std::string_view run_of(std::string_view text, Kind kind) {
  return text.substr(0, static_cast<std::size_t>(std::ranges::find_if_not(text, kind) - text.begin()));
}

// Whether the three kinds of characters take turns, as in no word that a person made up.
bool looks_random(std::string_view word) {
  const auto is_frequent = [word](Kind kind) { return std::ranges::count_if(word, kind) >= fewest_of_a_kind; };
  if (word.size() < shortest_random_word || !is_frequent(is_digit) || !is_frequent(is_lower) ||
      !is_frequent(is_upper)) {
    return false;
  }
  std::size_t changes = 0;
  for (std::size_t at = 1; at < word.size(); ++at) {
    const auto differs = [&](Kind kind) { return kind(word[at]) != kind(word[at - 1]); };
    changes += differs(is_digit) || differs(is_lower) ? 1U : 0U;
  }
  return changes * changes_to_size >= word.size();
}

bool has_pasted_digits(std::string_view word) {
  while (!word.empty()) {
    const std::size_t size = run_of(word, is_hexadecimal).size();
    if (size >= fewest_digits && size < fewest_digits_of_sha256) {
      return true;
    }
    word.remove_prefix(std::max<std::size_t>(size, 1));
  }
  return false;
}

bool names_audio(std::string_view behind_word) {
  if (!behind_word.starts_with('.')) {
    return false;
  }
  return std::ranges::find(audio, lower_case(run_of(behind_word.substr(1), is_alphanumeric))) != audio.end();
}

// How much at the beginning of `text` is one pasted secret; 0 if nothing is. `text` begins with a letter or a digit,
// and there is none before it.
std::size_t size_of_secret(std::string_view text) {
  const std::string_view word = run_of(text, is_alphanumeric);
  if (const std::size_t size = run_of(text, is_of_jwt).size(); word.starts_with("eyJ") && size >= shortest_jwt) {
    return size;
  }
  const bool is_secret = (has_pasted_digits(word) || looks_random(word)) && !names_audio(text.substr(word.size()));
  return is_secret ? word.size() : 0;
}

}  // namespace

std::string shown_line(std::string_view text) { return without_workflow_commands(without_controls(text)); }

std::string without_pasted_secrets(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  while (!text.empty()) {
    const std::size_t secret = size_of_secret(text);
    const std::size_t size = secret != 0 ? secret : std::max<std::size_t>(run_of(text, is_alphanumeric).size(), 1);
    safe += secret != 0 ? hidden : text.substr(0, size);
    text.remove_prefix(size);
  }
  return safe;
}

std::string shown_text(std::string_view text) { return shown_line(without_pasted_secrets(without_controls(text))); }

std::string shown_path(std::string_view path) {
  if (path == "-") {
    return "stdin";
  }
  const bool is_digits = path.size() >= fewest_digits_of_path && std::ranges::all_of(path, is_hexadecimal);
  const std::string shown = without_pasted_secrets(path);
  return is_digits || shown == hidden ? "a file whose name looks like a secret" : shown;
}

}  // namespace dgauth
