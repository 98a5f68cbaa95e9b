// SPDX-License-Identifier: MIT
#include "cli/command_tree.hpp"

#include <algorithm>

#include "support/command_stage.hpp"

namespace dgauth::cli {
namespace {

using Words = std::vector<std::string>;

// What the options of every command become.
options::GlobalOptions parsed(const Words& words) {
  const std::unique_ptr<CommandTree> tree = make_command_tree();
  tree->root->parse(Words(words.rbegin(), words.rend()));  // CLI11 reads from the back
  return *tree->global;
}

std::vector<std::string> long_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* const option : app.get_options()) {
    names.insert(names.end(), option->get_lnames().begin(), option->get_lnames().end());
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

TEST_CASE("cli::make_command_tree: argv to the options of every command, compared whole") {
  using namespace std::chrono_literals;
  CHECK(parsed({"grant"}) == options::GlobalOptions{});
  options::GlobalOptions all;
  all.config = "c.toml";
  all.profile = "p";
  all.base_url = *deepgram::BaseUrl::parse("https://proxy.example/dg");
  all.api_key_file = "-";
  all.output = "json";
  all.json = true;
  all.quiet = true;
  all.verbose = true;
  all.timeout = 300s;
  all.connect_timeout = 7s;
  all.retries = 0;
  all.cacert = "ca.pem";
  all.dry_run = true;
  all.no_color = true;
  const Words long_form = {"--config",
                           "c.toml",
                           "--profile",
                           "p",
                           "--base-url",
                           "https://proxy.example/dg/",
                           "--api-key-file",
                           "-",
                           "--output",
                           "json",
                           "--json",
                           "--quiet",
                           "--verbose",
                           "--timeout",
                           "5m",
                           "--connect-timeout",
                           "7",
                           "--retries",
                           "0",
                           "--cacert",
                           "ca.pem",
                           "--dry-run",
                           "--no-color"};
  const Words short_form = {"-c",
                            "c.toml",
                            "-pp",
                            "--base-url=https://proxy.example/dg",
                            "--api-key-file=-",
                            "-o",
                            "json",
                            "--json",
                            "-qv",
                            "--timeout=5m",
                            "--connect-timeout=7s",
                            "--retries=0",
                            "--cacert=ca.pem",
                            "--dry-run",
                            "--no-color"};
  for (const Words& options : {long_form, short_form}) {
    Words before = options;
    before.emplace_back("grant");
    CHECK(parsed(before) == all);
    Words after = {"header"};
    after.insert(after.end(), options.begin(), options.end());
    CHECK(parsed(after) == all);
  }
  options::GlobalOptions region;
  region.base_url = deepgram::BaseUrl::of_region("au");
  CHECK(parsed({"grant", "--region", "au"}) == region);
}

TEST_CASE("cli::make_command_tree declares only the chosen command's options, and chooses it") {
  const std::unique_ptr<CommandTree> tree = make_command_tree();
  CHECK(long_names(*tree->root->get_subcommand("header")).empty());
  tree->root->parse(Words{"60", "--ttl", "grant"});
  REQUIRE(tree->chosen != nullptr);
  CHECK(tree->chosen->name == "grant");
  CHECK(static_cast<bool>(tree->action));
  CHECK(long_names(*tree->root->get_subcommand("header")).empty());
  CHECK(std::ranges::count(long_names(*tree->root->get_subcommand("grant")), "ttl") == 1);
}

TEST_CASE("cli::whole_tree declares everything") {
  const std::unique_ptr<CLI::App> root = whole_tree();
  const std::vector<std::string> of_root = long_names(*root);
  for (const char* const name :
       {"config", "profile", "base-url", "region", "api-key-file", "output", "json", "quiet", "verbose", "timeout",
        "connect-timeout", "retries", "cacert", "dry-run", "no-color", "help", "version"}) {
    CAPTURE(std::string_view(name));
    CHECK(std::ranges::count(of_root, name) == 1);
  }
  // There is no option that takes a secret, promise 1.
  for (const CLI::App* const app : root->get_subcommands({})) {
    for (const char* const name : {"api-key", "apikey", "token", "key"}) {
      CHECK(std::ranges::count(long_names(*app), name) == 0);
      CHECK(std::ranges::count(of_root, name) == 0);
    }
  }
  CHECK(root->get_subcommand("grant") != nullptr);
  CHECK(root->get_subcommand("header") != nullptr);
  for (const CLI::App* const app : root->get_subcommands({})) {
    CAPTURE(app->get_name());
    CHECK(std::ranges::any_of(commands::all_commands(),
                              [app](const auto& each) { return each.name == app->get_name(); }));
    for (const CLI::Option* const option : app->get_options()) {
      CHECK(option->get_description().size() <= 50);  // CLI11 does not wrap
    }
  }
}

}  // namespace dgauth::cli
