// SPDX-License-Identifier: MIT
#include "options/output_choice.hpp"

#include <array>

#include "support/printing.hpp"

namespace dgauth::options {
namespace {

constexpr std::array<Word, 3> formats = {{{"table"}, {"json"}, {"curl"}}};

// The choice, or what is wrong, as text.
std::string chosen(std::string output, bool json = false, bool dry_run = false) {
  GlobalOptions global;
  global.output = std::move(output);
  global.json = json;
  global.dry_run = dry_run;
  const Result<OutputChoice> choice = choose_output(global, "show", formats);
  if (!choice) {
    return choice.error().message + " / " + choice.error().hint;
  }
  constexpr std::array<const char*, 3> names = {"text", "json", "curl"};
  return std::to_string(choice->format) + " " + names.at(static_cast<std::size_t>(choice->dry_run)) +
         (choice->is_json ? " errors as json" : "");
}

}  // namespace

TEST_CASE("options::choose_output: the place of the format among those of the command") {
  CHECK(chosen("") == "0 text");
  CHECK(chosen("table") == "0 text");
  CHECK(chosen("json") == "1 json errors as json");
  CHECK(chosen("curl") == "2 curl");
  CHECK(chosen("", true) == "1 json errors as json");
  CHECK(chosen("json", true) == "1 json errors as json");
}

TEST_CASE("options::choose_output: --dry-run has formats of its own, and shows the command's as text") {
  CHECK(chosen("text", false, true) == "0 text");
  CHECK(chosen("table", false, true) == "0 text");
  CHECK(chosen("json", false, true) == "1 json errors as json");
  CHECK(chosen("curl", false, true) == "2 curl");
}

TEST_CASE("options::choose_output: what is neither is a usage error that repeats only what looks like a name") {
  const std::string hint = " is not an output format of show / use one of: table, json, curl";
  CHECK(chosen("yaml") == "'yaml'" + hint);
  CHECK(chosen("yaml", false, true) == "'yaml'" + hint);
  CHECK(chosen("fake0secret0value") == "the value of -o" + hint);
  CHECK(chosen("table", true) == "--json cannot be used with another -o / leave out one of them");
}

TEST_CASE("options::choose_output: a command with one format has no other to name") {
  constexpr std::array<Word, 1> only_text = {{{"text"}}};
  GlobalOptions global;
  global.json = true;
  const Error error = choose_output(global, "show", only_text).error();
  CHECK(error.message == "'json' is not an output format of show");
  CHECK(error.hint == "it has no other format");
}

TEST_CASE("options::choose_output suggests the format that was meant: case, underscores, what others call it") {
  constexpr std::array<Word, 4> of_a_token = {{{"token"}, {"json"}, {"dotenv"}, {"ws-value"}}};
  struct Row {
    std::string output;
    std::string_view hint;
  };
  for (const Row& row : {Row{"Json", "did you mean json?"}, Row{"JSON", "did you mean json?"},
                         Row{"ws_value", "did you mean ws-value?"}, Row{"env", "did you mean dotenv?"},
                         Row{"raw", "did you mean token?"}, Row{"xml", "use one of: token, json, dotenv, ws-value"}}) {
    CAPTURE(row.output);
    GlobalOptions global;
    global.output = row.output;
    CHECK(choose_output(global, "show", of_a_token).error().hint == row.hint);
  }
}

}  // namespace dgauth::options
