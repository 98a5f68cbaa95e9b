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
  CHECK(twice.error().kind == ErrorKind::usage);
}

}  // namespace dgauth::transcription
