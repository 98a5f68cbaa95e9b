// SPDX-License-Identifier: MIT
#include "commands/cache.hpp"

#include <filesystem>

#include "support/command_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::commands {
namespace {

using support::CommandStage;
using support::Outcome;
using support::TemporaryFolder;

constexpr const char* entry_name = "0123456789abcdef0123456789abcdef";

// A home with one cached token and one file that is none.
struct Cache : CommandStage {
  TemporaryFolder home;
  std::string directory = home.at(".cache/dgauth/");

  Cache() {
    world.variables = {{"HOME", home.path()}};
    std::filesystem::create_directories(directory);
    home.file(".cache/dgauth/" + std::string(entry_name), "an entry");
    home.file(".cache/dgauth/notes.txt", "stays");
  }
  Outcome run(const std::string& action) {
    const CacheOptions options{.action = action};
    return CommandStage::run([&options](const session::Context& context) { return run_cache(options, context); });
  }
  bool has_entry() const { return std::filesystem::exists(directory + entry_name); }
  bool has_notes() const { return std::filesystem::exists(directory + "notes.txt"); }
};

}  // namespace

TEST_CASE("commands::run_cache clears the cache and says nothing") {
  Cache stage;
  CHECK(stage.run("clear") == Outcome{.result = ExitStatus::ok, .out = {}, .err = {}, .requests = {}});
  CHECK_FALSE(stage.has_entry());
  CHECK(stage.has_notes());
  CHECK(stage.run("clear") == Outcome{.result = ExitStatus::ok, .out = {}, .err = {}, .requests = {}});
}

TEST_CASE("commands::run_cache --verbose says how many files went") {
  Cache stage;
  stage.global.verbose = true;
  const Outcome outcome = stage.run("clear");
  CHECK(outcome.err.starts_with("dgauth: trace: 1 file"));
  CHECK(outcome.out == "");
}

TEST_CASE("commands::run_cache knows no other word") {
  for (const std::string action : {"", "list", "CLEAR", "clear "}) {
    CAPTURE(action);
    Cache stage;
    const Outcome outcome = stage.run(action);
    REQUIRE_FALSE(outcome.result.has_value());
    CHECK(outcome.result.error().kind == ErrorKind::usage);
    CHECK(outcome.result.error().hint.find("dgauth cache clear") != std::string::npos);
    CHECK(stage.has_entry());
  }
}

TEST_CASE("commands::run_cache --dry-run removes nothing") {
  Cache stage;
  stage.global.dry_run = true;
  const Outcome outcome = stage.run("clear");
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.out == "");
  CHECK(stage.has_entry());
}

TEST_CASE("commands::run_cache fails with output where the folder is none") {
  CommandStage stage;
  const TemporaryFolder home;
  home.file("dgauth", "a file");
  stage.world.variables = {{"XDG_CACHE_HOME", home.path()}};
  const Outcome outcome =
      stage.run([](const session::Context& context) { return run_cache(CacheOptions{.action = "clear"}, context); });
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().kind == ErrorKind::output);
}

}  // namespace dgauth::commands
