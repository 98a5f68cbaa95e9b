// SPDX-License-Identifier: MIT
#include "commands/completion.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "support/command_stage.hpp"

namespace dgauth::commands {
namespace {

using support::CommandStage;
using support::Outcome;

std::string committed(const char* name) {
  const std::filesystem::path directory = std::filesystem::path(DGAUTH_TESTS_DIR) / "../completions";
  std::ifstream file(directory / name);
  return {std::istreambuf_iterator<char>(file), {}};
}

Outcome run(CommandStage& stage, std::optional<Shell> shell) {
  return stage.run([shell](const session::Context& context) { return run_completion({.shell = shell}, context); });
}

}  // namespace

TEST_CASE("commands: completion prints the script that is committed, and sends nothing") {
  const std::pair<Shell, const char*> rows[] = {
      {Shell::bash, "dgauth.bash"}, {Shell::zsh, "_dgauth"}, {Shell::fish, "dgauth.fish"}};
  for (const auto& row : rows) {
    CAPTURE(std::string_view(row.second));
    CommandStage stage;
    const Outcome outcome = run(stage, row.first);
    CHECK(outcome.result == ExitStatus::ok);
    CHECK_FALSE(outcome.out.empty());
    CHECK((outcome.out == committed(row.second)));  // not shown: 400 lines
    CHECK(outcome.err == "");
    CHECK(stage.client.made == 0);
  }
}

TEST_CASE("commands: completion without a shell is usage, and with --dry-run prints nothing") {
  CommandStage stage;
  const Outcome outcome = run(stage, std::nullopt);
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().kind == ErrorKind::usage);
  CHECK(outcome.out == "");
  stage.global.dry_run = true;
  const Outcome dry = run(stage, Shell::bash);
  CHECK(dry.result == ExitStatus::ok);
  CHECK(dry.out == "");
  CHECK(dry.err.starts_with("dgauth: warning: nothing would be sent"));
}

}  // namespace dgauth::commands
