// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include <algorithm>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "cli/help_layout.hpp"
#include "cli/help_topics.hpp"
#include "commands/pages.hpp"
#include "options/global_options.hpp"
#include "support/printing.hpp"

namespace dgauth::cli {
namespace {

constexpr std::size_t terminal_width = 80;
constexpr std::size_t terminal_height = 24;
constexpr std::size_t longest_topic = 75;  // lines; most are far shorter

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    REQUIRE(end != std::string_view::npos);
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  return lines;
}

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

void check_lines(std::string_view page) {
  CHECK(page.starts_with('\n') == false);
  CHECK_FALSE(has(page, "\n\n\n"));
  CHECK_FALSE(has(page, "`"));
  for (const std::string_view line : lines_of(page)) {
    CAPTURE(line);
    CHECK(line.size() <= terminal_width);
    CHECK_FALSE(line.ends_with(' '));
  }
}

std::vector<std::string_view> all_names() {
  std::vector<std::string_view> names = {""};
  for (const commands::Command& command : commands::all_commands()) {
    names.push_back(command.name);
  }
  return names;
}

// How many lines begin with the option, indented by two, or by its short name and a comma.
std::ptrdiff_t lines_for(std::string_view page, const options::Option& option) {
  return std::ranges::count_if(lines_of(page), [&option](std::string_view line) {
    const std::string name(options::long_name(option));
    const std::string_view rest = line.substr(std::min<std::size_t>(line.size(), 2));
    return line.starts_with("  -") &&
           (rest == name || rest.starts_with(name + " ") || has(rest, fmt::format("{}, {}", short_name(option), name)));
  });
}

}  // namespace

TEST_CASE("cli::short_help fits a terminal of 80 columns and 24 lines, with room for the prompt") {
  for (const std::string_view name : all_names()) {
    CAPTURE(name);
    const std::string page = short_help(name);
    check_lines(page);
    CHECK(lines_of(page).size() < terminal_height);
  }
}

TEST_CASE("cli::short_help has every option of a command once, the rare ones by name") {
  for (const commands::Command& command : commands::all_commands()) {
    const std::string page = short_help(command.name);
    const options::Declaration own = command.prepare().declaration;
    for (const options::Option& option : own.options) {
      CAPTURE(option.names);
      CHECK(lines_for(page, option) == (option.is_rare ? 0 : 1));
      CHECK(has(page, options::long_name(option)));
      CHECK(has(page, option.description) == !option.is_rare);
    }
    std::set<std::size_t> columns;
    for (const std::string_view line : lines_of(page)) {
      if (line.starts_with("  -")) {
        columns.insert(line.find_first_not_of(' ', line.find("  ", 2)));
      }
    }
    CHECK(columns.size() <= 1);
    CHECK(has(page, "dgauth help options"));
    CHECK(has(page, fmt::format("dgauth {} --help", command.name)));
  }
  CHECK(has(short_help("grant"), "  --ttl DURATION        Token lifetime, 1s to 1h (default: 30s)\n"));
  CHECK(has(short_help("check"), "Probes: grant, listen, speak, "));
  CHECK(has(short_help("transcribe-url"), "Usage: dgauth transcribe-url [OPTIONS] [URL...]\n"));
  CHECK(has(short_help("completion"), "Usage: dgauth completion bash|zsh|fish\n"));
}

TEST_CASE("cli::long_help tells everything about a command") {
  for (const commands::Command& command : commands::all_commands()) {
    CAPTURE(command.name);
    const std::string page = long_help(command.name);
    check_lines(page);
    const options::Declaration own = command.prepare().declaration;
    for (const options::Option& option : own.options) {
      CAPTURE(option.names);
      CHECK(lines_for(page, option) == 1);
      CHECK(has(page, wrapped(option.details, 6)));
      for (const options::Word& word :
           option.hint.kind == options::ValueKind::word_list ? option.hint.words : std::span<const options::Word>()) {
        CHECK(has(page, fmt::format("\n  {} ", word.name)));
      }
    }
    for (const options::Word& format : command.formats) {
      CHECK(has(page, fmt::format("\n  {} ", format.name)));
    }
    for (const std::string_view variable : command.page.variables) {
      CHECK(has(page, fmt::format("\n  {} ", variable)));
    }
    for (const commands::StatusMeaning& each : command.page.statuses) {
      CHECK(has(page, fmt::format("\n  {}  ", static_cast<int>(each.status))));
    }
    for (const commands::Example& example : command.page.examples) {
      CHECK(has(page, example.purpose));
      CHECK(has(page, example.lines.substr(0, example.lines.find('\n'))));
    }
  }
}

TEST_CASE("cli::long_help of the program: commands before options, then topics and examples") {
  const std::string page = long_help("");
  check_lines(page);
  for (const commands::Command& command : commands::all_commands()) {
    CHECK(has(page, fmt::format("\n  {} ", command.name)));
  }
  options::GlobalOptions unused;
  const options::Declaration global = options::declare_global_options(unused);
  for (const options::Option& option : global.options) {
    CHECK(lines_for(page, option) == 1);
  }
  for (const options::Word& topic : commands::help_topics()) {
    CHECK(has(page, fmt::format("\n  {} ", topic.name)));
  }
  CHECK(page.find("\nCOMMANDS\n") < page.find("\nGLOBAL OPTIONS"));
  CHECK(page.find("\nGLOBAL OPTIONS") < page.find("\nEXAMPLES\n"));
}

TEST_CASE("cli::topic_help has a short page for each topic") {
  for (const options::Word& topic : commands::help_topics()) {
    CAPTURE(topic.name);
    REQUIRE(is_help_topic(topic.name));
    const std::string page = topic_help(topic.name);
    check_lines(page);
    CHECK(lines_of(page).size() <= longest_topic);
  }
  CHECK_FALSE(is_help_topic("grant"));
  CHECK(has(topic_help("options"), "\n  --dry-run\n"));
  CHECK(has(topic_help("exit-status"), "\n  9  "));
  CHECK(has(topic_help("environment"), "\n  XDG_CACHE_HOME "));
  CHECK(has(topic_help("configuration"), "\n  api_key_command_timeout  "));
  CHECK(has(topic_help("formats"), "\ndgauth transcribe-url, dgauth transcribe-file\n  text  "));
}

TEST_CASE("cli::wrapped and cli::table set text for 80 columns") {
  const std::string word(30, 'x');
  const std::string text = fmt::format("{0} {0} {0}\n\nend", word);
  CHECK(wrapped(text, 2) == fmt::format("  {0} {0}\n  {0}\n\n  end\n", word));
  CHECK(wrapped("see `dgauth help options` for `--ttl`", 0) == "see 'dgauth help options' for --ttl\n");
  CHECK(wrapped(fmt::format("{0} {0} is `literal text in one`", word), 0) ==
        fmt::format("{0} {0} is\nliteral text in one\n", word));
  const Entry entries[] = {{"a", std::string_view(text).substr(0, 61)}, {"longer", "b"}};
  CHECK(table(entries) == fmt::format("  a       {0} {0}\n  longer  b\n", word));
  const Entry wide[] = {{std::string(28, 'w'), "its text"}, {"n", "t"}};
  CHECK(table(wide) == fmt::format("  {}\n     its text\n  n  t\n", wide[0].name));
}

}  // namespace dgauth::cli
