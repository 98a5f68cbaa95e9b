// SPDX-License-Identifier: MIT
#include "commands/transcribe_options.hpp"

#include "support/parsed_options.hpp"
#include "support/printing.hpp"

namespace dgauth::commands {
namespace {

TranscribeOptions parsed(const std::vector<std::string>& words) {
  return support::parsed_options(declare_transcribe_url, words).value();
}

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
                                   .null_separated = true,
                                   .jobs = 50,
                                   .output_dir = "out",
                                   .resume = true,
                                   .query = {.model = "nova-2",
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
                                             .parameters = {{"a", "b=c"}, {"d", ""}}}};
  CHECK((parsed({"--param",
                 "a=b=c",
                 "u1",
                 "--auth",
                 "none",
                 "--from-file",
                 "list",
                 "--null",
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

}  // namespace dgauth::commands
