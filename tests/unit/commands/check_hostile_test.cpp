// SPDX-License-Identifier: MIT
#include <stdexcept>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/utf8.hpp"
#include "support/cases/names.hpp"
#include "support/hostile_check.hpp"

// Whatever a server says stays inert in each report of check, and no report holds a secret.
// tests/cli/check_hostile_test.py shows the same once a format with readers that are not ours.
namespace dgauth::commands {
namespace {

// On stderr, of the formats that have no place for it.
constexpr std::string_view advice =
    "dgauth: hint: use a key that has the missing scope\n"
    "dgauth: hint: try again later\n"
    "dgauth: hint: check that the key is complete and has not been deleted (it came from DEEPGRAM_API_KEY)\n";

using namespace std::string_literals;
using support::asks;
using support::Form;
using support::forms;
using support::quoted;
using support::reply;
using support::run_check;

std::string times(int count, const char* text) {
  std::string repeated;
  for (int i = 0; i < count; ++i) {
    repeated += text;
  }
  return repeated;
}

std::vector<std::string> hostile_texts() {
  return {"\n::error::gotcha",
          "\r\n::set-output name=a::b",
          "::add-mask::e",
          "##[error]x",
          "##vso[task.x]",
          "%0A::error::gotcha",
          "a\u2028::error::x\u2029::error::y\u0085::error::z\v::error::\f::error::",
          "]]></failure></testcase><testcase name='x'/>",
          "<!--",
          "<![CDATA[",
          "&bogus; &#0; &#x1F;",
          "\" message=\"",
          "' y='",
          "\uFFFE\uFFFF",
          "\0\1\b\x1b[31m\x7f\u009b31m"s,
          "\u202eabc\u2066",
          "# SKIP",
          "# TODO later",
          "\\# SKIP",
          "\\",
          "\\\\# TODO",
          "x\nnot ok 9 - x",
          "\nBail out!",
          "1..99",
          " | a | b |\n|---|\n",
          "`",
          "```\n",
          "[x](http://evil.example)",
          "![x](http://evil.example/a.png)",
          "<img src=x onerror=alert(1)>",
          "**b** _i_ ~s~",
          "# heading",
          "@octocat",
          ":tada:",
          "\\|",
          "e\u0301\U0001F600",
          "\xED\xA0\xBD",
          times(3000, "x"),
          times(3000, "#"),
          times(3000, "|"),
          times(3000, "&"),
          times(3000, "\n"),
          "",
          " ",
          "."};
}

std::string in_header(const std::string& text) {
  std::string value;
  for (const char c : text) {
    value += c == '\t' || (c >= ' ' && c <= '~') || static_cast<unsigned char>(c) >= 0x80 ? c : '?';
  }
  return value;
}

// grant fails, listen is unknown, and a handshake fails, each with that text.
std::string report_of(const Form& form, const std::string& text) {
  const std::string said = quoted(text);
  const support::CheckAnswer answer = [&](const http::Request& request) {
    if (asks(request, "POST", "/v1/auth/grant")) {
      return reply(403, fmt::format(R"({{"err_code":{0},"err_msg":{0},"details":{0},"request_id":{0}}})", said));
    }
    if (asks(request, "POST", "/v1/listen")) {
      return reply(500, text, "dg-request-id", in_header(text));
    }
    if (asks(request, "GET", "/v1/agent")) {
      return reply(401, "", "dg-error", in_header(text));
    }
    const std::string whole = quoted(text == "\xED\xA0\xBD" ? "?" : text);  // half a character would make it odd
    return asks(request, "GET", "/v1/auth/token")
               ? reply(200, fmt::format(R"({{"api_key_id":{0},"created":{0},"scopes":[{0},{0}]}})", whole))
               : reply(401, "");
  };
  const support::FakeConsole console = run_check({"-o", form.name, "--expect", "grant,listen,agent-ws"},
                                                 {{"DEEPGRAM_API_KEY", std::string(support::fake_key)}}, 9, answer);
  const bool has_advice = std::string_view(form.name) != "text" && std::string_view(form.name) != "json";
  CHECK(console.err == (has_advice ? advice : ""));
  return console.out;
}

// No control character but the newline, no bidirectional one, and nothing else that may end a line.
bool is_wanted(char32_t c) {
  return c == '\n' || !(c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0x200E || c == 0x200F ||
                        (c >= 0x2028 && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069));
}

// The first character that is not wanted; 0 if there is none.
unsigned unwanted_character(std::string_view text) {
  while (!text.empty()) {
    const auto character = first_utf8_char(text);
    if (!character || !is_wanted(character->code_point)) {
      return character ? static_cast<unsigned>(character->code_point) : 0xFFFD;
    }
    text.remove_prefix(character->size);
  }
  return 0;
}

void check_workflow_commands(const std::string& report) {
  for (std::size_t start = 0; start < report.size(); start = report.find('\n', start) + 1) {
    const std::size_t word = report.find_first_not_of(" \t", start);
    const std::string_view line = std::string_view(report).substr(word, report.find('\n', start) - word);
    if (!line.starts_with("::error title=dgauth check::")) {
      CHECK_FALSE_MESSAGE((line.starts_with("::") || line.starts_with("##[") || line.starts_with("##vso[")), line);
    }
  }
}

std::string shape(const Form& form, const std::string& report) {
  try {
    return form.shape_of(report);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("check: a report has the shape of one with a harmless text, promise 18") {
  for (const Form& form : forms) {
    const std::string wanted = shape(form, report_of(form, "harmless"));
    for (const std::string& text : hostile_texts()) {
      INFO(std::string(form.name) << " of " << quoted(text).substr(0, 80));
      const std::string report = report_of(form, text);
      CHECK(shape(form, report) == wanted);
      CHECK(unwanted_character(report) == 0);
      check_workflow_commands(report);
    }
  }
}

TEST_CASE("check: a reader of shapes sees what breaks a format") {
  const auto breaks = [](const Form& form, std::string_view from, std::string_view to) {
    const std::string report = report_of(form, "harmless");
    const std::string broken = cases::replaced(report, from, to);
    INFO(std::string(form.name) << " " << std::string(to));
    CHECK(broken != report);
    CHECK(shape(form, broken) != shape(form, report));
  };
  breaks(forms[0], "harmless", "x\ny");
  breaks(forms[1], "harmless", "x\",\"y\":\"");
  breaks(forms[1], "\"grant\"", "\"gr\"");
  for (const char* text : {"<!--", "</failure>", "&bogus;", "\" message=\"", "<b/>"}) {
    breaks(forms[2], "harmless", text);
  }
  for (const char* text : {"# SKIP", "x\nok 9 - y", "\\\\# TODO"}) {
    breaks(forms[3], "pass,", text);
  }
  for (const char* text : {"|", "`", "@o", "x\ny", "<b>", "%0A"}) {
    breaks(forms[4], "harmless", text);
  }
}

}  // namespace dgauth::commands
