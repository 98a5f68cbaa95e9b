// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "base/text.hpp"
#include "cli/run.hpp"
#include "json/reader.hpp"
#include "support/batch_stage.hpp"
#include "support/cases/names.hpp"
#include "support/temporary_folder.hpp"

// File names that hold what a terminal or a CI runner obeys (promise 18).
namespace dgauth::cli {
namespace {

using Words = std::vector<std::string>;

constexpr std::string_view names[] = {
    "\n::error::x\x1B[31m.wav",
    "\r\n ##[error]x\xE2\x80\xAE.wav",
    "x##vso[task.setvariable variable=PATH]evil.wav",
};

struct Shown {
  std::string out;
  std::string err;
};

// {F} is a file of that name, {E} an empty one, {N} is not there, {D} the directory.
Shown run(const Words& words, std::string_view name, const support::TemporaryFolder& directory) {
  const std::string file = directory.file(name, "RIFF");
  const std::string empty = directory.file(std::string("empty") + std::string(name), "");
  support::TestHost world;
  world.variables = {{"DEEPGRAM_API_KEY", std::string(support::fake_key)}};
  support::FakeClient client;
  client.answers_with([](const http::Request& /*request*/) -> Result<http::Response> {
    return support::response_of(200, support::transcript_of("heard"));
  });
  Words args;
  for (std::string word : words) {
    word = cases::replaced(word, "{F}", file);
    word = cases::replaced(word, "{E}", empty);
    word = cases::replaced(word, "{N}", directory.at(std::string("none") + std::string(name)));
    args.push_back(cases::replaced(word, "{D}", directory.path()));
  }
  cli::run(args, world.host(), client.factory());
  return {.out = world.console.out, .err = world.console.err};
}

void check_harmless(const std::string& text) {
  CAPTURE(text);
  CHECK(text.find_first_of("\x1B\r") == std::string::npos);
  CHECK(text.find("\xE2\x80\xAE") == std::string::npos);
  CHECK(text.find("##[") == std::string::npos);
  CHECK(text.find("##vso[") == std::string::npos);
  for (std::string_view left = text; !left.empty();) {
    const std::string_view line = left.substr(0, left.find('\n'));
    CHECK_FALSE(trim(line).starts_with("::"));
    left.remove_prefix(std::min(line.size() + 1, left.size()));
  }
}

}  // namespace

TEST_CASE("cli::run: what a file is called reaches no terminal and no runner (promise 18)") {
  const Words rows[] = {
      {"transcribe-file", "{F}", "--dry-run"},
      {"transcribe-file", "{F}", "{F}.", "--dry-run"},
      {"transcribe-file", "{F}", "./{F}"},
      {"transcribe-file", "{F}", "--callback", "https://e.example/"},
      {"transcribe-file", "{F}", "{D}", "-v"},
      {"transcribe-file", "{E}"},
      {"transcribe-file", "{E}", "-o", "json"},
      {"transcribe-file", "{N}"},
      {"transcribe-url", "{N}"},
      {"transcribe-url", "ftp://{N}"},
      {"transcribe-url", "https://e.example/{N}", "https://e.example/b"},
      {"transcribe-url", "https://e.example/a##vso[task.complete]b", "--dry-run"},
      {"transcribe-url", "https://e.example/a", "--output-dir", "{F}"},
      {"transcribe-url", "--from-file", "{N}"},
      {"grant", "--api-key-file", "{N}"},
      {"grant", "--cacert", "{N}"},
      {"grant", "--out", "{F}/x"},
      {"grant", "-c", "{F}"},
      {"grant", "-p", "{F}"},
      {"check", "--no-mint", "--report", "{F}/x"},
      {"check", "--no-mint", "--api-key-file", "{F}"},
  };
  for (const Words& row : rows) {
    for (const std::string_view name : names) {
      CAPTURE(row);
      const support::TemporaryFolder directory;
      const Shown shown = run(row, name, directory);
      CHECK_FALSE((shown.out.empty() && shown.err.empty()));
      check_harmless(shown.out);
      check_harmless(shown.err);
    }
  }
}

TEST_CASE("cli::run --dry-run: -o json and -o curl have a file's name as it is") {
  for (const std::string_view name : names) {
    const support::TemporaryFolder directory;
    const Shown json = run({"transcribe-file", "{F}", "--dry-run", "-o", "json"}, name, directory);
    const std::optional<json::Document> request = json::Document::parse(json.out);
    REQUIRE(request.has_value());
    CHECK(request->root().string_member("body") == "<contents of " + directory.at(name) + ">");
    const Shown curl = run({"transcribe-file", "{F}", "--dry-run", "-o", "curl"}, name, directory);
    CHECK(curl.out.find(fmt::format("--data-binary '@{}'", directory.at(name))) != std::string::npos);
  }
}

}  // namespace dgauth::cli
