// SPDX-License-Identifier: MIT
#include "cli/unknown_command.hpp"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/help_topics.hpp"
#include "commands/pages.hpp"
#include "options/typed_word.hpp"

namespace dgauth::cli {
namespace {

struct Tried {
  std::string_view word;
  std::string_view hint;
};

constexpr std::string_view use_grant = "to get a token, use 'dgauth grant'";
constexpr std::string_view use_check = "to see what a key can do, use 'dgauth check'";
constexpr std::string_view use_transcribe = "use 'dgauth transcribe-file' for files, 'dgauth transcribe-url' for URLs";
constexpr std::string_view no_login =
    "there is no login: set DEEPGRAM_API_KEY to your API key, or see 'dgauth help configuration'";
constexpr std::string_view see_configuration = "see 'dgauth help configuration'";

// Words that people try because other programs have them.
constexpr auto tried = std::to_array<Tried>({
    {"auth", no_login},
    {"bearer", "use 'dgauth header'"},
    {"clear", "use 'dgauth cache clear'"},
    {"completions", "use 'dgauth completion'"},
    {"configure", see_configuration},
    {"create", use_grant},
    {"curl", "use 'dgauth header -o curl'"},
    {"env", "use 'dgauth grant -o export'"},
    {"export", "use 'dgauth grant -o export'"},
    {"get", use_grant},
    {"info", use_check},
    {"init", no_login},
    {"jwt", use_grant},
    {"listen", use_transcribe},
    {"login", no_login},
    {"logout", "to delete cached tokens, use 'dgauth cache clear'"},
    {"mint", use_grant},
    {"new", use_grant},
    {"ping", use_check},
    {"probe", use_check},
    {"profile", see_configuration},
    {"profiles", see_configuration},
    {"scopes", use_check},
    {"signin", no_login},
    {"status", use_check},
    {"stt", use_transcribe},
    {"test", use_check},
    {"token", use_grant},
    {"tokens", use_grant},
    {"transcribe", use_transcribe},
    {"validate", use_check},
    {"verify", use_check},
    {"version", "use 'dgauth --version'"},
    {"whoami", use_check},
});

std::vector<std::string_view> command_names() {
  std::vector<std::string_view> names;
  for (const commands::Command& command : commands::all_commands()) {
    names.push_back(command.name);
  }
  return names;
}

std::string hint_for(std::string_view word) {
  if (const auto* const same = std::ranges::find(tried, word, &Tried::word); same != tried.end()) {
    return std::string(same->hint);
  }
  if (is_help_topic(word)) {
    return fmt::format("see 'dgauth help {}'", word);
  }
  std::string meant = options::suggestion(word, command_names());
  if (meant.empty()) {
    meant = options::suggestion(word, commands::help_topics());
  }
  return meant.empty() ? "see 'dgauth --help'" : meant;
}

}  // namespace

Error unknown_command(std::string_view word) {
  const std::string quoted = options::quoted_word(word, "");
  return {.kind = ErrorKind::usage,
          .message = fmt::format("unknown command{}{}", quoted.empty() ? "" : " ", quoted),
          .hint = hint_for(word)};
}

Error unknown_help_topic(std::string_view word) {
  constexpr std::size_t shortest_beginning = 3;
  std::vector<std::string_view> names = command_names();
  std::ranges::transform(commands::help_topics(), std::back_inserter(names), &options::Word::name);
  const auto whole = std::ranges::find_if(names, [word](std::string_view name) { return name.starts_with(word); });
  const std::string meant = word.size() >= shortest_beginning && whole != names.end()
                                ? fmt::format("did you mean {}?", *whole)
                                : options::suggestion(word, names);
  return {
      .kind = ErrorKind::usage,
      .message = fmt::format("{} is not a command or help topic", options::quoted_word(word, "the word after help")),
      .hint = meant.empty() ? "see 'dgauth help'" : meant};
}

}  // namespace dgauth::cli
