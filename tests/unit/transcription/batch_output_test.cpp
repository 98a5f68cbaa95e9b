// SPDX-License-Identifier: MIT
#include <filesystem>

#include "support/batch_stage.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::transcription {
namespace {

using support::BatchStage;
using support::heard;
using support::Outcome;
using support::plan_of;
using support::TemporaryFolder;

constexpr std::array both_formats = {TranscriptFormat::text, TranscriptFormat::json};

Plan plan_into(const TemporaryFolder& directory, TranscriptFormat format) {
  Plan plan = plan_of({"a", "b", "c"}, 1, format);
  plan.output_dir = directory.path();
  return plan;
}

std::string path_of(const Plan& plan, std::size_t input) {
  return plan.output_dir + "/" + result_name(plan.inputs[input], plan.format);
}

}  // namespace

TEST_CASE("transcription::Batch: what cannot have its file is not sent, and the others are") {
  for (const TranscriptFormat format : both_formats) {
    const TemporaryFolder directory;
    Plan plan = plan_into(directory, format);
    std::filesystem::create_directory(path_of(plan, 1));
    find_obstacles(plan.inputs, format, plan.output_dir);
    BatchStage stage;
    stage.client.answers_with(heard);
    const Outcome outcome = stage.transcribe(plan);
    CHECK(outcome.result == ExitStatus::failed);
    CHECK(outcome.requests.size() == 2);
    CHECK(outcome.err.find("https://media.example/b") != std::string::npos);
    CHECK(outcome.err.find("cannot write " + path_of(plan, 1) + ": it is a directory") != std::string::npos);
    CHECK(outcome.err.ends_with("dgauth: note: 2 succeeded, 1 failed\n"));
    CHECK(std::filesystem::is_regular_file(path_of(plan, 0)));
    CHECK(std::filesystem::is_regular_file(path_of(plan, 2)));
    CHECK(directory.size() == 3);
  }
}

TEST_CASE("transcription::Batch: a result that cannot be put in place fails its input alone") {
  for (const TranscriptFormat format : both_formats) {
    const TemporaryFolder directory;
    const Plan plan = plan_into(directory, format);
    BatchStage stage;
    stage.client.answers_with([&plan](const http::Request& request) {
      if (request.body.find("example/a") != std::string::npos) {
        std::filesystem::create_directory(path_of(plan, 0));
      }
      return heard(request);
    });
    const Outcome outcome = stage.transcribe(plan);
    CHECK(outcome.result == ExitStatus::failed);
    CHECK(outcome.requests.size() == 3);
    CHECK(outcome.err.find("https://media.example/a") != std::string::npos);
    CHECK(outcome.err.find("cannot write " + path_of(plan, 0)) != std::string::npos);
    CHECK(outcome.err.ends_with("dgauth: note: 2 succeeded, 1 failed\n"));
    CHECK(directory.size() == 3);
  }
}

TEST_CASE("transcription::Batch ends when its directory has gone") {
  const TemporaryFolder directory;
  Plan plan = plan_into(directory, TranscriptFormat::text);
  plan.output_dir += "/deep";
  BatchStage stage;
  stage.client.answers_with([&plan](const http::Request& request) {
    std::filesystem::remove_all(plan.output_dir);
    return heard(request);
  });
  const Outcome outcome = stage.transcribe(plan);
  REQUIRE_FALSE(outcome.result.has_value());
  CHECK(outcome.result.error().kind == ErrorKind::output);
  CHECK(outcome.requests.size() == 1);
}

}  // namespace dgauth::transcription
