// SPDX-License-Identifier: MIT
#include "transcription/transcribe_options.hpp"

#include <CLI/CLI.hpp>

#include "support/printing.hpp"

namespace dgauth::transcription {
namespace {

TranscribeOptions parsed(std::vector<std::string> args) {
  CLI::App app;
  TranscribeOptions options;
  declare_transcribe(app, MediaKind::url, options);
  app.parse(std::vector<std::string>(args.rbegin(), args.rend()));
  return options;
}

std::string joined(const http::Parameters& query) { return http::with_query("", query); }

}  // namespace

TEST_CASE("transcribe options: nothing but an input") {
  TranscribeOptions expected;
  expected.inputs = {"https://x.example/a"};
  CHECK((parsed({"https://x.example/a"}) == expected));
}

TEST_CASE("transcribe options: all of them") {
  const TranscribeOptions expected{.auth = std::nullopt,
                                   .inputs = {"u1", "u2"},
                                   .from_file = "list",
                                   .jobs = 50,
                                   .output_dir = "out",
                                   .resume = true,
                                   .model = "nova-2",
                                   .language = "de",
                                   .smart_format = true,
                                   .diarize = true,
                                   .punctuate = true,
                                   .paragraphs = true,
                                   .utterances = true,
                                   .detect_language = true,
                                   .redact = {"pci", "pii"},
                                   .keyterms = {"k"},
                                   .tags = {"t"},
                                   .callback = "https://c.example/",
                                   .parameters = {{"a", "b=c"}, {"d", ""}}};
  CHECK((parsed({"--param",
                 "a=b=c",
                 "u1",
                 "--auth",
                 "none",
                 "--from-file",
                 "list",
                 "-j",
                 "50",
                 "--output-dir",
                 "out",
                 "--resume",
                 "-m",
                 "nova-2",
                 "-l",
                 "de",
                 "--redact",
                 "pci",
                 "--redact",
                 "pii",
                 "--keyterm",
                 "k",
                 "--tag",
                 "t",
                 "--callback",
                 "https://c.example/",
                 "--smart-format",
                 "--diarize",
                 "--punctuate",
                 "--paragraphs",
                 "--utterances",
                 "--detect-language",
                 "--param",
                 "d=",
                 "u2"}) == expected));
}

TEST_CASE("query_of sends the model always and everything once") {
  TranscribeOptions options;
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

TEST_CASE("doubts_about names unknown parameters and what may be meant") {
  CHECK(warnings_for({{"model", "x"}, {"utt_split", "1"}}).empty());
  const std::vector<std::string> doubts = warnings_for({{"diarise", "true"}, {"zzzzzzzz", "1"}});
  REQUIRE(doubts.size() == 2);
  CHECK(doubts[0] == "unknown parameter diarise, sent anyway; did you mean diarize?");
  CHECK(doubts[1] == "unknown parameter zzzzzzzz, sent anyway");
}

}  // namespace dgauth::transcription
