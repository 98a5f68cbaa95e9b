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

TEST_CASE("options::choose_output: what is neither is a usage error that does not repeat it") {
  const std::string unknown = "-o is none of the formats of show / there are table, json and curl";
  CHECK(chosen("text") == unknown);
  CHECK(chosen("xml") == unknown);
  CHECK(chosen("xml", false, true) == unknown);
  CHECK(chosen("table", true) == "--json does not go together with another -o / ");
}

}  // namespace dgauth::options
