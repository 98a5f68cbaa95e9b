// SPDX-License-Identifier: MIT
#include "transcription/query.hpp"

#include "support/printing.hpp"

namespace dgauth::transcription {
namespace {

std::string joined(const http::Parameters& query) { return http::with_query("", query); }

}  // namespace

TEST_CASE("transcription::query_of sends the model always and everything once") {
  QueryOptions options;
  CHECK(joined(query_of(options, TranscriptFormat::text).value()) == "?model=nova-3");
  CHECK(joined(query_of(options, TranscriptFormat::srt).value()) == "?model=nova-3&utterances=true");
  options.utterances = true;
  options.redact = {"pci"};
  options.parameters = {{"redact", "numbers"}, {"redact", "ssn"}, {"model", "base"}};
  CHECK(joined(query_of(options, TranscriptFormat::vtt).value()) ==
        "?utterances=true&redact=numbers&redact=ssn&model=base");
  options.parameters.emplace_back("model", "nova");
  const Result<http::Parameters> twice = query_of(options, TranscriptFormat::text);
  REQUIRE_FALSE(twice.has_value());
  CHECK(twice.error() ==
        Error{.kind = ErrorKind::usage, .message = "--param model=NAME is given twice", .hint = "choose one model"});
}

TEST_CASE("transcription::query_of: --diarize names the current model, and is not overruled by --param") {
  QueryOptions options{.diarize = true};
  CHECK(joined(query_of(options, TranscriptFormat::text).value()) == "?model=nova-3&diarize_model=latest");
  for (const std::string name : {"diarize", "diarize_model"}) {
    CAPTURE(name);
    options.parameters = {{name, "v2"}};
    options.diarize = true;
    const Result<http::Parameters> both = query_of(options, TranscriptFormat::text);
    REQUIRE_FALSE(both.has_value());
    CHECK(both.error() == Error{.kind = ErrorKind::usage,
                                .message = "--diarize cannot be used with --param " + name + "=VALUE",
                                .hint = "leave out one of them"});
    options.diarize = false;
    CHECK(joined(query_of(options, TranscriptFormat::text).value()) == "?model=nova-3&" + name + "=v2");
  }
}

TEST_CASE("transcription::query_of refuses models that only stream") {
  const Error expected{.kind = ErrorKind::usage,
                       .message = "flux models only work with live audio, on /v2/listen",
                       .hint = "use another model for recordings, for example -m nova-3"};
  for (const std::string model : {"flux-general-en", "Flux-general-multi"}) {
    for (const QueryOptions& options : {QueryOptions{.model = model}, QueryOptions{.parameters = {{"model", model}}}}) {
      const Result<http::Parameters> query = query_of(options, TranscriptFormat::text);
      REQUIRE_FALSE(query.has_value());
      CHECK(query.error() == expected);
    }
  }
  CHECK(query_of({.model = "fluxus"}, TranscriptFormat::text).has_value());
  CHECK(query_of({.parameters = {{"tag", "flux-test"}}}, TranscriptFormat::text).has_value());
  // What --param replaces is not sent.
  CHECK(
      query_of({.model = "flux-general-en", .parameters = {{"model", "nova-3"}}}, TranscriptFormat::text).has_value());
}

}  // namespace dgauth::transcription
