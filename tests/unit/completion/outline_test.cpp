// SPDX-License-Identifier: MIT
#include "completion/outline.hpp"

#include <array>

#include "support/printing.hpp"

namespace dgauth::completion {
namespace {

using options::Option;
using options::ValueKind;
using options::Word;

constexpr std::array<Word, 2> colours = {{{"red", "like \"fire\""}, {"blue", "sky's: $HOME"}}};
constexpr std::array<Word, 1> formats = {{{"text", "words"}}};

Outline outline() {
  Outline outline;
  outline.global.options = {
      {.names = "-o,--output", .value_name = "FORMAT", .description = "Format", .hint = {.kind = ValueKind::format}},
      {.names = "-q,--quiet", .description = "It's [quiet]"}};
  const Option colour{.names = "--colour",
                      .value_name = "NAME",
                      .description = "Colour",
                      .hint = {.kind = ValueKind::word, .words = colours}};
  outline.commands.push_back({.name = "paint", .summary = "Paint", .formats = formats});
  outline.commands.push_back({.name = "draw", .summary = "Draw", .formats = formats});
  outline.commands[0].declaration.options = {colour};
  outline.commands[1].declaration.options = {colour,
                                             {.names = "--plain", .description = "No colour", .excludes = "--colour"}};
  return outline;
}

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("completion: an option of several commands is one, unless they mean different things") {
  Outline both = outline();
  const std::vector<Shared> shared = shared_options(both);
  REQUIRE(shared.size() == 2);
  CHECK(shared[0].option->names == "--colour");
  CHECK(shared[0].commands == std::vector<std::string_view>{"paint", "draw"});
  CHECK(shared[1].commands == std::vector<std::string_view>{"draw"});
  both.commands[1].declaration.options[0].hint.words = formats;
  CHECK(shared_options(both).size() == 3);
}

TEST_CASE("completion::wrapped breaks lines before they are too long") {
  CHECK(wrapped(std::vector<std::string_view>{}, " ", " \\", "    ") == "");
  CHECK(wrapped(std::vector<std::string_view>{"a", "b"}, " | ", " \\", "    ") == "a | b");
  const std::string word(60, 'x');
  CHECK(wrapped(std::vector<std::string_view>{word, word}, " ", " \\", "    ") == word + " \\\n    " + word);
}

TEST_CASE("completion: what has a meaning in a shell is quoted") {
  const std::string bash = bash_script(outline());
  CHECK(holds(bash, "paint:--colour | draw:--colour)\n            kind=word\n            choices='red blue'\n"));
  CHECK(holds(bash, "paint:-o | paint:--output | draw:-o | draw:--output)\n"));
  const std::string zsh = zsh_script(outline());
  CHECK(holds(zsh, R"('(-q --quiet)'{-q,--quiet}'[It'\''s [quiet\]]')"));
  CHECK(holds(zsh, R"("red\:like \"fire\"" "blue\:sky'\''s\: \$HOME")"));
  CHECK(holds(zsh, R"('(--colour)--plain[No colour]')"));
  const std::string fish = fish_script(outline());
  CHECK(holds(fish, R"(-s q -l quiet -d 'It\'s [quiet]')"));
  CHECK(holds(fish, R"(-n '__dgauth_command_is paint draw' -l colour -d 'Colour' -x)"));
  CHECK(holds(fish, R"('red\t"like \"fire\"" blue\t"sky\'s: \$HOME"')"));
}

}  // namespace dgauth::completion
