// SPDX-License-Identifier: MIT
#include "base/shown.hpp"

#include <string>

#include "support/printing.hpp"

namespace dgauth {
namespace {

struct Row {
  std::string_view text;
  std::string_view shown;
};

const std::string forty_digits = "0123456789abcdefABCDEF6789abcdef01234567";
const std::string random_word = "Zq8Lx3Vn7Wp2Rm9Ks4Hb6Tc1";
constexpr std::string_view jwt = "eyJhbGciOiJmYWtlIn0.eyJleHAiOjE3NzI0NTI4MDB9.ZmFrZS1zaWduYXR1cmU";
constexpr std::string_view hidden = "<looks like a secret>";

}  // namespace

TEST_CASE("without_pasted_secrets hides a pasted key or token wherever it stands (promise 19)") {
  for (const std::string& secret : {forty_digits, random_word, std::string(jwt)}) {
    for (const std::string_view before : {"", "/a/b/", "KEY=", "a file: ", "\"", "dgtok~", "\xC3\xA4-"}) {
      for (const std::string_view behind : {"", "/c", " d", ": no such file", "\"", ".json"}) {
        const std::string text = std::string(before) + secret + std::string(behind);
        CAPTURE(text);
        // What a JWT is of goes on behind a dot.
        const bool goes_on = secret == jwt && behind == ".json";
        CHECK(without_pasted_secrets(text) ==
              std::string(before) + std::string(hidden) + std::string(goes_on ? "" : behind));
      }
    }
  }
  CHECK(without_pasted_secrets("key" + forty_digits) == hidden);
  CHECK(without_pasted_secrets(forty_digits + "eyJ") == hidden);
  CHECK(without_pasted_secrets(forty_digits + "-1a2b3c4d.txt") == std::string(hidden) + "-1a2b3c4d.txt");
}

TEST_CASE("without_pasted_secrets leaves what people and programs call their files") {
  for (const std::string& text :
       {std::string(), std::string("/home/me/Recordings/2024-01-02 Meeting With Customer 20240102.wav"),
        std::string("MeetingWithTheCustomerOn20240102.wav"), std::string("IMG20240101WA0001_final_FINAL2.m4a"),
        std::string("RE0123456789abcdef0123456789abcdef.wav"), std::string("dQw4w9WgXcQ.opus"),
        std::string("11111111-2222-3333-4444-555555555555"), std::string("/nix/store/3n58xw4373jp0ljirf06d8077j15pc4j"),
        std::string("https://api.eu.deepgram.com/v1/auth/grant"), std::string("/tmp/tmpqX3_8a1z/eyJ.wav"),
        std::string("Donaudampfschifffahrtsgesellschaftskapitaen"), "/audio/" + forty_digits + ".wav",
        "/audio/" + forty_digits + ".FLAC", "/blobs/" + forty_digits + forty_digits.substr(0, 24) + "/a"}) {
    CHECK(without_pasted_secrets(text) == text);
  }
}

TEST_CASE("without_pasted_secrets does not take a word for a token because of three letters in it") {
  for (const std::string_view name :
       {"heyJude.wav", "TheyJumpedOverTheFenceAgain.wav", "eyJaf.mp3", "/a/HeyJude2024.flac"}) {
    CHECK(without_pasted_secrets(name) == name);
  }
}

TEST_CASE("shown_path names stdin, and a path that is nothing but a secret in words") {
  const std::string thirty_two_digits = forty_digits.substr(0, 32);
  const Row rows[] = {{"-", "stdin"},
                      {"a.wav", "a.wav"},
                      {"./-", "./-"},
                      {forty_digits, "a file whose name looks like a secret"},
                      {thirty_two_digits, "a file whose name looks like a secret"},
                      {jwt, "a file whose name looks like a secret"}};
  for (const auto& [path, shown] : rows) {
    CHECK(shown_path(path) == shown);
  }
  CHECK(shown_path("a/" + forty_digits) == "a/<looks like a secret>");
}

TEST_CASE("shown_text is one line without controls and commands (promise 18)") {
  const Row rows[] = {{"plain", "plain"},
                      {"a\nb\tc", "a b c"},
                      {"\x1B[31m", "\xEF\xBF\xBD[31m"},
                      {"::error::x", ": :error::x"},
                      {"\n::error::x", " : :error::x"},
                      {"x##vso[task]", "x# #vso[task]"},
                      {"x##[error]", "x# #[error]"},
                      {"#\x01#[error]", "#\xEF\xBF\xBD#[error]"}};
  for (const auto& [text, shown] : rows) {
    CHECK(shown_text(text) == shown);
    CHECK(shown_line(text) == shown);
  }
  CHECK(shown_text(forty_digits) == hidden);
  CHECK(shown_line(forty_digits) == forty_digits);
}

TEST_CASE("shown_line: no control character, and nothing that a runner obeys, promise 18") {
  struct Row {
    std::string_view text, shown;
  };
  constexpr Row rows[] = {
      {"a\x1b[31mb\x07"
       "c",
       "a\xEF\xBF\xBD[31mb\xEF\xBF\xBD"
       "c"},
      {"e\rf\ng", "e f g"},
      {"::error::x", ": :error::x"},
      {"  ::set-env name=A::x", "  : :set-env name=A::x"},
      {"a ::error:: b", "a ::error:: b"},
      {"say ##[add-mask]x", "say # #[add-mask]x"},
      {"say ##vso[task.complete]x", "say # #vso[task.complete]x"},
      {"1:30", "1:30"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(shown_line(row.text) == row.shown);
  }
}

}  // namespace dgauth
