// SPDX-License-Identifier: MIT
#include "commands/config.hpp"

#include <sys/stat.h>

#include "support/command_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::commands {
namespace {

using support::CommandStage;
using support::Outcome;

Outcome run(CommandStage& stage) {
  return stage.run([](const session::Context& context) { return run_config({}, context); }, config_formats);
}

}  // namespace

TEST_CASE("commands::run_config makes no client, and neither prompts nor reads a pipe") {
  const support::TemporaryFolder directory;
  const std::string pipe = directory.at("pipe");
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  struct Row {
    std::string key_file;
    std::string_view shown;
  };
  const Row rows[] = {
      {"-", "API key         from stdin (would be asked for on the terminal)\n"},
      {pipe, "(would be read from there)\n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.key_file);
    CommandStage stage;
    stage.world.console.in_is_a_terminal = true;
    stage.global.api_key_file = row.key_file;
    const Outcome outcome = run(stage);
    CHECK(outcome.result == ExitStatus::ok);
    CHECK(outcome.out.find(row.shown) != std::string::npos);
    CHECK(stage.world.console.prompts.empty());
    CHECK(stage.client.made == 0);
  }
}

TEST_CASE("commands::run_config: a wrong --cacert is the error, as for every command, and the rest is shown") {
  CommandStage stage;
  stage.world.variables = {{"DEEPGRAM_API_KEY", "fake-key"}};
  stage.global.cacert = "/nowhere/ca.pem";
  const Outcome outcome = run(stage);
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().kind == ErrorKind::usage);
  CHECK(outcome.out.find("API key         from env:DEEPGRAM_API_KEY, fingerprint ") != std::string::npos);
  CHECK(outcome.out.find("trust store     not known, see the error\n") != std::string::npos);
}

}  // namespace dgauth::commands
