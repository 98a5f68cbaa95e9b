// SPDX-License-Identifier: MIT
#include "deepgram/redactor.hpp"

#include <algorithm>
#include <random>

#include "base/digest.hpp"
#include "base/utf8.hpp"
#include "http/url.hpp"
#include "support/heap_watch.hpp"
#include "support/made_up.hpp"
#include "support/printing.hpp"

namespace dgauth::deepgram {
namespace {

using namespace std::string_view_literals;

std::string sanitized(std::string_view raw, std::string_view secret = support::fake_key) {
  Redactor redactor;
  redactor.add(Secret(secret));
  return redactor.sanitized(raw);
}

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

std::string with(std::string text, char from, char to) {
  std::ranges::replace(text, from, to);
  return text;
}

std::string lower_case_escapes(std::string_view text) {
  std::string escaped(http::percent_encoded(text));
  for (std::size_t at = escaped.find('%'); at != std::string::npos; at = escaped.find('%', at + 1)) {
    for (const std::size_t digit : {at + 1, at + 2}) {
      escaped[digit] = static_cast<char>(std::tolower(static_cast<unsigned char>(escaped[digit])));
    }
  }
  return escaped;
}

// The ways in which a server may repeat a secret, promise 19.
std::vector<std::string> spellings(const std::string& secret) {
  std::vector<std::string> all = {secret, std::string(http::percent_encoded(secret)), lower_case_escapes(secret)};
  for (const std::string_view before : {"", "x", "xy", "Token ", "Bearer ", "user:", "token, "}) {
    for (const std::string_view after : {"", "y", ":"}) {
      const std::string encoded(base64(std::string(before) + secret + std::string(after)));
      all.push_back(encoded);
      all.push_back(with(with(encoded, '+', '-'), '/', '_'));
    }
  }
  return all;
}

// The first run of 8 characters of what depends on the secret alone, in any of its forms, that `text` still has.
std::string leak(const std::string& text, const std::string& secret) {
  std::vector<std::string> forms = {secret, std::string(http::percent_encoded(secret)), lower_case_escapes(secret)};
  for (std::size_t before = 0; before < 3; ++before) {
    // Of base64 what neither the bytes before nor those behind have a part in.
    const std::string encoded(base64(std::string(before, 'x') + secret));
    const std::size_t begin = (before * 8 + 5) / 6;
    const std::size_t end = (before + secret.size()) * 8 / 6;
    const std::string inside = encoded.substr(begin, end - begin);
    forms.push_back(inside);
    forms.push_back(with(with(inside, '+', '-'), '/', '_'));
  }
  for (const std::string& form : forms) {
    for (std::size_t at = 0; at + 8 <= form.size(); ++at) {
      if (text.find(form.substr(at, 8)) != std::string::npos) {
        return form.substr(at, 8);
      }
    }
  }
  return "";
}

// The same numbers on every machine, which the standard's distributions do not promise.
class Dice {
 public:
  std::size_t below(std::size_t limit) { return engine_() % limit; }
  std::string visible_ascii(std::size_t size) {
    std::string text;
    while (text.size() < size) {
      text += static_cast<char>('!' + below('~' - '!' + 1));
    }
    return text;
  }
  std::string noise(std::size_t size) {
    constexpr std::string_view pieces[] = {" ",    "word ", "\n", "\x1B[31m", "\xE2\x80\xAE", "\xC3\xA9",
                                           "\xFF", "\0"sv,  "::", "%2F",      "ab12"};
    std::string text;
    while (text.size() < size) {
      text += pieces[below(std::size(pieces))];
    }
    return text;
  }

 private:
  std::mt19937 engine_{20260301};
};

}  // namespace

TEST_CASE("deepgram::Redactor: no 8 characters of a secret survive, in any spelling, promise 19") {
  Dice dice;
  for (int round = 0; round < 60; ++round) {
    const std::string secret = dice.visible_ascii(8 + dice.below(60));
    Redactor redactor;
    redactor.add(Secret(secret));
    for (const std::string& spelling : spellings(secret)) {
      // Whole, and a part of it.
      const std::size_t begin = dice.below(spelling.size());
      const std::string part = spelling.substr(begin, 1 + dice.below(spelling.size() - begin));
      const std::string raw = dice.noise(dice.below(30)) + spelling + dice.noise(dice.below(30)) + part + spelling +
                              dice.noise(dice.below(30));
      const std::string text = redactor.sanitized(raw);
      const std::string leaked = leak(text, secret);
      if (!leaked.empty()) {
        CAPTURE(secret);
        CAPTURE(spelling);
        CAPTURE(text);
        FAIL_CHECK(leaked);
      }
    }
  }
}

TEST_CASE("deepgram::Redactor redacts and leaves the rest as it is") {
  const std::string key(support::fake_key);
  const std::string rows[][2] = {
      {"the key " + key + " is bad", "the key <redacted> is bad"},
      {"Token " + key, "Token <redacted>"},
      {key, "<redacted>"},
      {key + key, "<redacted>"},
      {key + " " + key, "<redacted> <redacted>"},
      {"begins " + key.substr(0, 8) + "...", "begins <redacted>"},
      {"ends " + key.substr(key.size() - 8), "ends <redacted>"},
      {"middle (" + key.substr(10, 12) + ")", "middle (<redacted>)"},
      {"seven " + key.substr(0, 7) + " may stay", "seven " + key.substr(0, 7) + " may stay"},
      {"nothing of it", "nothing of it"},
      {"fake words", "fake words"},
  };
  for (const auto& row : rows) {
    CAPTURE(row[0]);
    const auto& [raw, expected] = row;
    CHECK(sanitized(raw) == expected);
  }
}

TEST_CASE("deepgram::Redactor knows several secrets, and an empty one is none") {
  Redactor redactor;
  redactor.add(Secret());
  CHECK(redactor.sanitized("plain words") == "plain words");
  redactor.add(Secret("first-fake-secret"sv));
  redactor.add(Secret("second-fake-secret"sv));
  CHECK(redactor.sanitized("first-fake-secret, second-fake-secret") == "<redacted>, <redacted>");
}

TEST_CASE("deepgram::Redactor hides a secret of under 8 characters whole") {
  CHECK(sanitized("the key is k3y!?", "k3y!?").find("k3y!?") == std::string::npos);
  CHECK(sanitized("s", "s").find('s') == std::string::npos);
}

TEST_CASE("deepgram::Redactor: a secret at the place where the text is cut does not show, promise 19") {
  const std::string key(support::fake_key);
  for (const std::size_t limit : {500U, 4096U}) {
    for (std::size_t at = limit - 60; at <= limit; ++at) {
      const std::string text = sanitized(std::string(at, '.') + key + key);
      if (!leak(text, key).empty()) {
        CAPTURE(limit);
        CAPTURE(at);
        FAIL_CHECK(text);
      }
    }
  }
  // Redacting shortens: what stands far behind moves to the front, but not without having been looked at.
  std::string many;
  for (int i = 0; i < 300; ++i) {
    many += key + " ";
  }
  CHECK(leak(sanitized(many), key).empty());
  CHECK(leak(sanitized(std::string(100'000, ' ') + key), key).empty());
}

TEST_CASE("deepgram::Redactor gives one harmless line of at most 500 characters, promise 18") {
  const std::string rows[] = {
      "",
      " ",
      "a\nb\r\nc\td",
      "\x1B]0;title\x07\x1B[2J",
      std::string("\0\x01\x7F", 3),
      "\xC2\x9B"
      "31m \x9B"
      "31m",
      "\xE2\x80\xAE\xE2\x81\xA6\xE2\x80\xA8",
      "\xFF\xFE\xC3",
      std::string(499, 'x'),
      std::string(500, 'x'),
      std::string(501, 'x'),
      std::string(100'000, 'x'),
      std::string(5000, '\n'),
      std::string(5000, '\xFF'),
      []() {
        std::string text;
        for (int i = 0; i < 3000; ++i) {
          text += "\xF0\x9F\x98\x80";
        }
        return text;
      }(),
  };
  for (const std::string& raw : rows) {
    CAPTURE(raw.substr(0, 40));
    const std::string text = sanitized(raw);
    CHECK(code_points(text) <= 500);
    CHECK(is_utf8(text));
    CHECK(std::ranges::none_of(text, [](unsigned char c) { return c < 0x20 || c == 0x7F; }));
    for (const std::string_view control : {"\xC2\x9B", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x80\xA8"}) {
      CHECK(text.find(control) == std::string::npos);
    }
  }
  CHECK(code_points(sanitized(std::string(500, 'x'))) == 500);
}

TEST_CASE("deepgram::Redactor drops the full stop at the end, as messages have none") {
  CHECK(sanitized("Made-up words.") == "Made-up words");
  CHECK(sanitized("a.b.c.") == "a.b.c");
  CHECK(sanitized("  padded. \r\n") == "padded");
  CHECK(sanitized(".") == "");
  CHECK(sanitized("no stop") == "no stop");
}

TEST_CASE("deepgram::Redactor::sanitized is empty where nothing was said") { CHECK(Redactor().sanitized("").empty()); }

TEST_CASE("deepgram::Redactor::shown_id is sanitized, and no longer than an id") {
  Redactor redactor;
  redactor.add(Secret(support::fake_key));
  CHECK(redactor.shown_id("11111111-2222-3333-4444-555555555555") == "11111111-2222-3333-4444-555555555555");
  CHECK(redactor.shown_id(support::fake_key) == "<redacted>");
  CHECK(code_points(redactor.shown_id(std::string(5000, 'x'))) == 128);
}

TEST_CASE("deepgram::Redactor leaves no copy of a secret behind, promise 26") {
  // Of characters that percent-encoding leaves alone.
  constexpr std::string_view word = "fake-key-for-the-redactor";
  const Secret secret(word);
  const support::HeapWatch watch(word);
  {
    Redactor redactor;
    redactor.add(secret);
    redactor.add(secret);
  }
  CHECK(watch.blocks_freed() > 0);
  CHECK(watch.blocks_with_word() == 0);
}

}  // namespace dgauth::deepgram
