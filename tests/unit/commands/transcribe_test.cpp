// SPDX-License-Identifier: MIT
#include "commands/transcribe.hpp"

#include <filesystem>

#include "support/command_stage.hpp"
#include "support/temporary_folder.hpp"
#include "transcription/plan.hpp"

namespace dgauth::commands {
namespace {

using support::CommandStage;
using support::Outcome;
using support::TemporaryFolder;
using transcription::MediaKind;

constexpr std::string_view transcript = R"({"results":{"channels":[{"alternatives":[{"transcript":"hello there"}]}]}})";

Outcome run_url(CommandStage& stage, const TranscribeOptions& options) {
  return stage.run([&](const session::Context& context) { return run_transcribe_url(options, context); },
                   transcript_formats);
}

Outcome run_file(CommandStage& stage, const TranscribeOptions& options) {
  return stage.run([&](const session::Context& context) { return run_transcribe_file(options, context); },
                   transcript_formats);
}

class StageWithKey : public CommandStage {
 public:
  StageWithKey() { world.variables = {{"DEEPGRAM_API_KEY", std::string(support::fake_key)}}; }
};

// That it ended before a key was looked for, which there is none of, and before a client was made.
void check_usage_error(const CommandStage& stage, const Outcome& outcome, std::string_view message) {
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().kind == ErrorKind::usage);
  CHECK(outcome.result.error().message == message);
  CHECK(outcome.out.empty());
  CHECK(outcome.requests.empty());
  CHECK(stage.client.made == 0);
}

}  // namespace

TEST_CASE("commands::run_transcribe sends a URL, and prints what was heard") {
  StageWithKey stage;
  stage.client.will_answer(200, transcript);
  const Outcome outcome = run_url(stage, {.inputs = {"https://media.example/talk.wav"}});
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.out == "hello there\n");
  CHECK(outcome.err.empty());
  REQUIRE(outcome.requests.size() == 1);
  CHECK(outcome.requests[0].url == "https://api.deepgram.com/v1/listen?model=nova-3");
  CHECK(outcome.requests[0].authorization == "Token " + std::string(support::fake_key));
  CHECK(outcome.requests[0].body == R"({"url":"https://media.example/talk.wav"})");
  CHECK(outcome.requests[0].limits.total == std::chrono::minutes(10));
}

TEST_CASE("commands::run_transcribe: which credential") {
  CommandStage none;
  none.client.will_answer(200, transcript);
  CHECK(run_url(none, {.auth = std::nullopt, .inputs = {"https://media.example/a"}}).requests[0].authorization.empty());

  const std::string token = support::jwt_expiring(std::chrono::seconds(60));
  CommandStage of_environment;
  of_environment.world.variables = {{"DEEPGRAM_ACCESS_TOKEN", token}};
  of_environment.client.will_answer(200, transcript);
  CHECK(run_url(of_environment, {.auth = options::Auth::token, .inputs = {"https://media.example/a"}})
            .requests[0]
            .authorization == "Bearer " + token);

  CommandStage missing;
  const Outcome outcome = run_url(missing, {.inputs = {"https://media.example/a"}});
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().kind == ErrorKind::no_credential);
}

TEST_CASE("commands::run_transcribe finds a bad input before a key is looked for or a byte is sent, promise 45") {
  const TemporaryFolder directory;
  const std::string good = directory.file("a.wav", "RIFF");
  const std::string missing = directory.at("nix.wav");
  const std::string empty = directory.file("empty.wav", "");
  struct Row {
    MediaKind kind;
    std::vector<std::string> inputs;
    std::string message;
  };
  const Row rows[] = {
      {MediaKind::file, {missing}, "cannot read " + missing + ": no such file or directory"},
      {MediaKind::file, {good, missing, good}, "cannot read " + missing + ": no such file or directory"},
      {MediaKind::file, {good, empty}, empty + " is empty"},
      {MediaKind::file, {good, directory.path()}, directory.path() + " is a directory, not a file"},
      {MediaKind::file, {good, "https://media.example/a"}, "https://media.example/a is a URL, not a file"},
      {MediaKind::url, {"https://media.example/a", "a.wav"}, "a.wav is not an http or https URL"},
      {MediaKind::url, {"https://media.example/a", "https://"}, "https:// is not a valid URL"},
      {MediaKind::url, {}, "no input given"},
  };
  for (const Row& row : rows) {
    for (const std::optional<options::Auth> auth : {options::Auth::key, options::Auth::grant, options::Auth::token}) {
      for (const bool dry_run : {false, true}) {
        CAPTURE(row.message);
        CommandStage stage;
        stage.global.config = directory.at("no-such-config.toml");  // would be status 3
        stage.global.dry_run = dry_run;
        const TranscribeOptions options{.auth = auth, .inputs = row.inputs};
        check_usage_error(stage, row.kind == MediaKind::url ? run_url(stage, options) : run_file(stage, options),
                          row.message);
      }
    }
  }
}

TEST_CASE("commands::run_transcribe finds options that cannot be before a key is looked for, promise 45") {
  const std::vector<std::string> two = {"https://media.example/a", "https://media.example/b"};
  struct Row {
    TranscribeOptions options;
    std::string_view output, message;
  };
  const Row rows[] = {
      {{.inputs = two, .resume = true}, "text", "--resume needs --output-dir, where the results are"},
      {{.inputs = two, .plain_names = true}, "text", "--plain-names needs --output-dir"},
      {{.inputs = two, .null_separated = true}, "text", "--null needs --from-file"},
      {{.inputs = two}, "srt", "captions for several inputs need --output-dir"},
      {{.inputs = two, .query = {.parameters = {{"model", "a"}, {"model", "b"}}}},
       "text",
       "--param model=NAME is given twice"},
      {{.inputs = {"-"}}, "text", "stdin is not an http or https URL"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    CommandStage stage;
    stage.global.output = row.output;
    check_usage_error(stage, run_url(stage, row.options), row.message);
  }
  CommandStage cache;
  const Outcome refused = run_url(cache, {.mint = {.cache = true}, .inputs = two});
  REQUIRE_FALSE(refused.result.has_value());
  CHECK(refused.result.error().kind == ErrorKind::usage);

  CommandStage strict;
  const Outcome lifetime = run_url(strict, {.auth = options::Auth::grant, .mint = {.strict_ttl = true}, .inputs = two});
  REQUIRE_FALSE(lifetime.result.has_value());
  CHECK(lifetime.result.error().kind == ErrorKind::usage);
}

TEST_CASE("commands::run_transcribe: two results cannot have one name") {
  // Digests that begin alike, found by counting up.
  const TranscribeOptions options{.inputs = {"d115086/a.wav", "d163674/a.wav"}, .output_dir = "/no/such/directory"};
  CommandStage stage;
  const Outcome outcome = run_file(stage, options);
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().message.starts_with(
      "the results of d115086/a.wav and d163674/a.wav would both be named a.wav-"));
  CHECK(stage.client.made == 0);
  const Outcome plain =
      run_file(stage, {.inputs = {"a/talk.wav", "b/talk.mp3"}, .output_dir = "x", .plain_names = true});
  REQUIRE_FALSE(plain.result.has_value());
  CHECK(plain.result.error() ==
        Error{.kind = ErrorKind::usage,
              .message = "the results of a/talk.wav and b/talk.mp3 would both be named talk.txt",
              .hint = "leave out --plain-names, or transcribe them in separate runs with "
                      "different output directories"});
  CHECK(stage.client.made == 0);
}

TEST_CASE("commands::run_transcribe does not read audio or a list from a terminal") {
  for (const TranscribeOptions& options : {TranscribeOptions{.inputs = {"-"}}, TranscribeOptions{.from_file = "-"}}) {
    CommandStage stage;
    stage.world.console.in_is_a_terminal = true;
    check_usage_error(stage, run_file(stage, options), "- reads stdin, but stdin is a terminal");
  }
  StageWithKey shown;
  shown.world.console.in_is_a_terminal = true;
  shown.global.dry_run = true;
  const Outcome outcome = run_file(shown, {.inputs = {"-"}});
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.out.find("<contents of ->") != std::string::npos);
}

TEST_CASE("commands::run_transcribe: a directory that cannot be one ends it before a token is minted, promise 45") {
  const TemporaryFolder directory;
  StageWithKey stage;
  check_usage_error(stage,
                    run_url(stage, {.auth = options::Auth::grant,
                                    .inputs = {"https://media.example/a"},
                                    .output_dir = directory.file("taken", "x")}),
                    directory.at("taken") + " is not a directory");
}

TEST_CASE("commands::run_transcribe --resume neither sends nor opens what has a result") {
  const TemporaryFolder directory;
  const std::string gone = directory.at("gone.wav");
  const std::string there = directory.file("a.wav", "RIFF");
  const auto name = [](const std::string& path) {
    return transcription::result_name(transcription::parse_input(MediaKind::file, path).value(),
                                      transcription::TranscriptFormat::text);
  };
  const TemporaryFolder results;
  results.file(name(gone), "kept");
  StageWithKey stage;
  stage.client.will_answer(200, transcript);
  const TranscribeOptions options{.inputs = {gone, there}, .output_dir = results.path(), .resume = true};
  const Outcome outcome = run_file(stage, options);
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.err == "dgauth: note: 1 succeeded, 1 already done\n");
  CHECK(support::content_of(results.at(name(gone))) == "kept");
  CHECK(support::content_of(results.at(name(there))) == "hello there\n");
}

TEST_CASE("commands::run_transcribe --resume knows an input by any spelling of its path") {
  const TemporaryFolder directory;
  const std::string path = directory.file("a.wav", "RIFF");
  const TemporaryFolder results;
  StageWithKey stage;
  stage.client.will_answer(200, transcript);
  TranscribeOptions options{.inputs = {path}, .output_dir = results.path()};
  CHECK(run_file(stage, options).result == ExitStatus::ok);
  options.resume = true;
  const std::string name = directory.path().substr(directory.path().rfind('/') + 1);
  for (const std::string& other : {std::string("/./a.wav"), std::string("//a.wav"), "/../" + name + "/a.wav"}) {
    CAPTURE(other);
    options.inputs = {directory.path() + other};
    CHECK(run_file(stage, options).result == ExitStatus::ok);
  }
  CHECK(stage.client.requests.size() == 1);
  CHECK(results.size() == 1);
}

TEST_CASE("commands::run_transcribe --plain-names names results like their inputs, and replaces none of these") {
  const TemporaryFolder directory;
  StageWithKey stage;
  stage.client.will_answer(200, transcript);
  stage.client.will_answer(200, transcript);
  const TemporaryFolder results;
  const TranscribeOptions options{
      .inputs = {directory.file("talk.wav", "RIFF"), directory.file("no extension", "RIFF")},
      .output_dir = results.path(),
      .plain_names = true};
  CHECK(run_file(stage, options).result == ExitStatus::ok);
  CHECK(support::content_of(results.at("talk.txt")) == "hello there\n");
  CHECK(support::content_of(results.at("no extension.txt")) == "hello there\n");

  StageWithKey own;
  const std::string recording = directory.file("talk.txt", "RIFF");
  check_usage_error(own, run_file(own, {.inputs = {recording}, .output_dir = directory.path(), .plain_names = true}),
                    "the result of " + recording + " would replace it");
}

TEST_CASE("commands::run_transcribe warns of unknown parameters, and of URLs out of reach") {
  StageWithKey stage;
  stage.client.will_answer(200, transcript);
  const Outcome outcome =
      run_url(stage, {.inputs = {"http://localhost/a?b"}, .query = {.parameters = {{"smart_fromat", "true"}}}});
  CHECK(outcome.result == ExitStatus::ok);
  CHECK(outcome.err ==
        "dgauth: warning: unknown parameter smart_fromat, sent anyway; did you mean smart_format?\n"
        "dgauth: warning: http://localhost/a is on this machine, but Deepgram has to fetch the URL itself: use "
        "'dgauth transcribe-file' to send a local file\n");
}

TEST_CASE("commands::run_transcribe: a server of one's own may reach what Deepgram cannot") {
  StageWithKey stage;
  stage.client.will_answer(200, transcript);
  stage.global.base_url = deepgram::BaseUrl::parse("https://speech.example").value();
  CHECK(run_url(stage, {.inputs = {"http://192.168.1.7/a.wav"}}).err == "");
}

TEST_CASE("commands::run_transcribe --dry-run shows every request and sends none") {
  const TemporaryFolder directory;
  StageWithKey stage;
  stage.global.dry_run = true;
  const Outcome urls =
      run_url(stage, {.auth = std::nullopt, .inputs = {"https://media.example/a", "https://b.example"}});
  CHECK(urls.result == ExitStatus::ok);
  CHECK(urls.out.find("{\"url\":\"https://media.example/a\"}\n\nPOST /v1/listen?model=nova-3 HTTP/1.1\n") !=
        std::string::npos);
  CHECK(urls.out.ends_with("\n\n{\"url\":\"https://b.example\"}\n"));
  CHECK(urls.out.find("Authorization") == std::string::npos);
  CHECK(stage.client.made == 0);

  StageWithKey file;
  file.global.dry_run = true;
  const std::string path = directory.file("a.mp3", "x");
  const Outcome outcome = run_file(file, {.inputs = {path}});
  CHECK(outcome.out.find("Authorization: Token <redacted>\n") != std::string::npos);
  CHECK(outcome.out.find("Content-Type: audio/mpeg\n") != std::string::npos);
  CHECK(outcome.out.ends_with("\n\n<contents of " + path + ">\n"));
}

TEST_CASE("commands::run_transcribe: without a key no directory is made, and what is not one is found before") {
  TemporaryFolder directory;
  CommandStage stage;
  const std::string results = directory.path() + "/results";
  const Outcome outcome = run_url(stage, {.inputs = {"https://media.example/a.wav"}, .output_dir = results});
  CHECK(outcome.result.error().kind == ErrorKind::no_credential);
  CHECK_FALSE(std::filesystem::exists(results));
  const std::string file = directory.file("file", "text");
  CommandStage other;
  check_usage_error(other, run_url(other, {.inputs = {"https://media.example/a.wav"}, .output_dir = file}),
                    file + " is not a directory");
}

TEST_CASE("commands::run_transcribe: a folder under the name of the only result is found before a key is looked for") {
  const TemporaryFolder directory;
  TranscribeOptions options{.inputs = {"https://media.example/talk.wav"}, .output_dir = directory.path()};
  const std::vector<transcription::Input> inputs = transcription::parse_inputs(MediaKind::url, options.inputs).value();
  const std::string path = directory.at(transcription::result_name(inputs[0], transcription::TranscriptFormat::text));
  std::filesystem::create_directory(path);
  CommandStage stage;
  const Outcome outcome = run_url(stage, options);
  CHECK(outcome.result.error() ==
        Error{.kind = ErrorKind::output, .message = "cannot write " + path + ": it is a directory"});
  CHECK(stage.client.made == 0);
}

}  // namespace dgauth::commands
