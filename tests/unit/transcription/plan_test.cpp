// SPDX-License-Identifier: MIT
#include "transcription/plan.hpp"

#include <filesystem>

#include "support/http_printing.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::transcription {

TEST_CASE("transcription::request_for: a URL as JSON, a file by its type and without its bytes") {
  Plan plan{.query = {{"model", "nova-3"}, {"tag", "a&b"}}};
  const http::Request url = request_for(plan, parse_input(MediaKind::url, "https://media.example/a?b=\"c").value());
  CHECK(url.method == "POST");
  CHECK(url.url == "https://api.deepgram.com/v1/listen?model=nova-3&tag=a%26b");
  CHECK(url.body == R"({"url":"https://media.example/a?b=\"c"})");
  CHECK(url.headers.back() == http::Header{"Content-Type", "application/json"});
  CHECK((url.retry_policy == http::RetryPolicy::unless_billed));
  CHECK(url.body_limit == 256 * 1024 * 1024);

  const http::Request file = request_for(plan, parse_input(MediaKind::file, "/no/such/a.flac").value());
  CHECK(file.body.empty());
  CHECK(file.body_file == nullptr);
  CHECK(file.headers.back() == http::Header{"Content-Type", "audio/flac"});
}

TEST_CASE("transcription::Plan: one input in JSON, or JSON in files, is streamed") {
  const Input input = parse_input(MediaKind::file, "a").value();
  CHECK(Plan{.inputs = {input}, .format = TranscriptFormat::json}.is_streamed());
  CHECK(Plan{.inputs = {input, input}, .format = TranscriptFormat::json, .output_dir = "out"}.is_streamed());
  CHECK_FALSE(Plan{.inputs = {input, input}, .format = TranscriptFormat::json}.is_streamed());
  CHECK_FALSE(Plan{.inputs = {input}, .format = TranscriptFormat::srt}.is_streamed());
  CHECK(Plan{.query = {{"callback", ""}}}.has_callback());
  CHECK_FALSE(Plan{.query = {{"callback_method", "put"}}}.has_callback());
}

TEST_CASE("transcription::check_result_names refuses inputs that would have the same file") {
  // The same last part, and digests that begin alike: found by counting up.
  const std::vector<Input> inputs = parse_inputs(MediaKind::file, {"d115086/a.wav", "d163674/a.wav"}).value();
  const Result<void> distinct =
      check_result_names(inputs, TranscriptFormat::vtt, ResultNames::with_digest, "/no/such/directory");
  REQUIRE_FALSE(distinct.has_value());
  CHECK(distinct.error() == Error{.kind = ErrorKind::usage,
                                  .message = "the results of d115086/a.wav and d163674/a.wav would both be named " +
                                             result_name(inputs[0], TranscriptFormat::vtt),
                                  .hint = "transcribe them in separate runs with different output directories"});
  CHECK(check_result_names(parse_inputs(MediaKind::file, {"a/a.wav", "b/a.wav"}).value(), TranscriptFormat::text,
                           ResultNames::with_digest, "/no/such/directory")
            .has_value());
}

TEST_CASE("transcription::find_obstacles finds directories under the names of results") {
  const support::TemporaryFolder directory;
  std::vector<Input> inputs = parse_inputs(MediaKind::file, {"a", "b", "c"}).value();
  std::filesystem::create_directory(directory.at(result_name(inputs[0], TranscriptFormat::text)));
  std::filesystem::create_symlink(directory.path(), directory.at(result_name(inputs[1], TranscriptFormat::text)));
  find_obstacles(inputs, TranscriptFormat::text, directory.path());
  CHECK(inputs[0].obstacle == "cannot write " + directory.at("a-ca978112.txt") + ": it is a directory");
  CHECK(inputs[1].obstacle.empty());  // the link itself is replaced
  CHECK(inputs[2].obstacle.empty());
}

TEST_CASE("transcription::find_results looks for files in the format asked for") {
  const support::TemporaryFolder directory;
  std::vector<Input> inputs = parse_inputs(MediaKind::file, {"a", "b"}).value();
  CHECK(result_name(inputs[0], TranscriptFormat::text) == "a-ca978112.txt");
  directory.file("a-ca978112.srt", "");  // of silence
  find_results(inputs, TranscriptFormat::srt, directory.path());
  CHECK(inputs[0].has_result);
  CHECK_FALSE(inputs[1].has_result);
  find_results(inputs, TranscriptFormat::json, directory.path());
  CHECK_FALSE(inputs[0].has_result);
  directory.file("a-ca978112.json", "");
  directory.file("other", "{}");
  std::filesystem::create_symlink(directory.at("other"), directory.at(result_name(inputs[1], TranscriptFormat::json)));
  find_results(inputs, TranscriptFormat::json, directory.path());
  CHECK_FALSE(inputs[0].has_result);
  CHECK(inputs[1].has_result);
}

}  // namespace dgauth::transcription
