// SPDX-License-Identifier: MIT
#include "commands/transcribe_options.hpp"

#include <array>

#include <fmt/format.h>

#include "base/whole_number.hpp"
#include "deepgram/listen_parameters.hpp"

namespace dgauth::commands {
namespace {

using options::appended_to;
using options::Declaration;
using options::flag_into;
using options::Option;
using options::parsed_into;
using options::text_into;
using options::ValueKind;
using options::Word;

constexpr std::array<Word, 3> redactions = {{
    {"pci", "numbers of payment cards"},
    {"pii", "names, addresses and the like"},
    {"numbers", "three digits and more"},
}};

// What /v1/listen understands.
std::span<const Word> parameter_words() {
  static const std::vector<Word> words = [] {
    std::vector<Word> made;
    for (const auto& [name, meaning] : deepgram::listen_parameters()) {
      made.push_back({.name = name, .meaning = meaning});
    }
    return made;
  }();
  return words;
}

Result<int> parse_jobs(std::string_view text) {
  const std::optional<int> number = parse_whole_number(text, 1, most_jobs);
  return number ? Result<int>(*number)
                : fail(ErrorKind::usage, fmt::format("is not a whole number from 1 to {}", most_jobs));
}

Result<std::array<std::string, 1>> parse_list_item(std::string_view text) {
  return std::array<std::string, 1>{std::string(text)};
}

Result<http::Parameters> parse_parameter(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return fail(ErrorKind::usage, "is not NAME=VALUE", "for example --param numerals=true");
  }
  return http::Parameters{{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))}};
}

void declare_files(std::vector<Option>& declared, TranscribeOptions& options) {
  declared.push_back({.names = "--from-file",
                      .value_name = "LIST",
                      .description = "More of them, one a line; - is stdin",
                      .hint = {.kind = ValueKind::file},
                      .set = text_into(options.from_file)});
  declared.push_back({.names = "-j,--jobs",
                      .value_name = "N",
                      .description = "How many at a time (4)",
                      .set = parsed_into(options.jobs, parse_jobs)});
  declared.push_back({.names = "--output-dir",
                      .value_name = "DIR",
                      .description = "Write each result to a file there",
                      .hint = {.kind = ValueKind::directory},
                      .set = text_into(options.output_dir)});
  declared.push_back(
      {.names = "--resume", .description = "Skip inputs whose file is there", .set = flag_into(options.resume)});
}

void declare_query_flags(std::vector<Option>& declared, transcription::QueryOptions& query) {
  declared.push_back({.names = "--smart-format",
                      .description = "Format dates, numbers and the like",
                      .set = flag_into(query.smart_format)});
  declared.push_back({.names = "--diarize", .description = "Tell speakers apart", .set = flag_into(query.diarize)});
  declared.push_back({.names = "--punctuate", .description = "Add punctuation", .set = flag_into(query.punctuate)});
  declared.push_back(
      {.names = "--paragraphs", .description = "Split the text into paragraphs", .set = flag_into(query.paragraphs)});
  declared.push_back(
      {.names = "--utterances", .description = "Split the speech at silences", .set = flag_into(query.utterances)});
  declared.push_back(
      {.names = "--detect-language", .description = "Find out the language", .set = flag_into(query.detect_language)});
}

void declare_query(std::vector<Option>& declared, transcription::QueryOptions& query) {
  declared.push_back(
      {.names = "-m,--model", .value_name = "NAME", .description = "Model (nova-3)", .set = text_into(query.model)});
  declared.push_back({.names = "-l,--language",
                      .value_name = "TAG",
                      .description = "Language, like en or de-CH",
                      .set = text_into(query.language)});
  declared.push_back({.names = "--param",
                      .value_name = "NAME=VALUE",
                      .description = "Any parameter of /v1/listen",
                      .hint = {.kind = ValueKind::assignment, .words = parameter_words()},
                      .is_repeatable = true,
                      .set = appended_to(query.parameters, parse_parameter)});
  declare_query_flags(declared, query);
  declared.push_back({.names = "--redact",
                      .value_name = "KIND",
                      .description = "Leave out pci, pii, numbers, ...",
                      .hint = {.kind = ValueKind::word, .words = redactions},
                      .is_repeatable = true,
                      .set = appended_to(query.redact, parse_list_item)});
  declared.push_back({.names = "--keyterm",
                      .value_name = "TERM",
                      .description = "A word to listen for",
                      .is_repeatable = true,
                      .set = appended_to(query.keyterms, parse_list_item)});
  declared.push_back({.names = "--tag",
                      .value_name = "LABEL",
                      .description = "Label for usage reports",
                      .is_repeatable = true,
                      .set = appended_to(query.tags, parse_list_item)});
  declared.push_back({.names = "--callback",
                      .value_name = "URL",
                      .description = "Where Deepgram sends the transcript",
                      .set = text_into(query.callback)});
}

Option declare_inputs(std::vector<std::string>& inputs) {
  return {.value_name = "...", .is_repeatable = true, .set = [&inputs](std::string_view text) -> Result<void> {
            inputs.emplace_back(text);
            return {};
          }};
}

Declaration declare_transcribe(TranscribeOptions& options, Option inputs) {
  constexpr std::size_t count = 24;
  Declaration declaration;
  std::vector<Option>& declared = declaration.options;
  declared.reserve(count);
  declaration.arguments.push_back(std::move(inputs));
  declare_files(declared, options);
  declared.push_back({.names = "--auth",
                      .value_name = "KIND",
                      .description = "key (default), grant, token or none",
                      .hint = {.kind = ValueKind::word, .words = options::auth_words_and_none()},
                      .set = parsed_into(options.auth, options::parse_auth_or_none)});
  options::declare_mint_options(declaration, options.mint);
  declare_query(declared, options.query);
  return declaration;
}

}  // namespace

Declaration declare_transcribe_url(TranscribeOptions& options) {
  Option inputs = declare_inputs(options.inputs);
  inputs.names = "URL";
  inputs.description = "What to transcribe";
  return declare_transcribe(options, std::move(inputs));
}

Declaration declare_transcribe_file(TranscribeOptions& options) {
  Option inputs = declare_inputs(options.inputs);
  inputs.names = "FILE";
  inputs.description = "What to transcribe; - is stdin";
  inputs.hint.kind = ValueKind::file;
  return declare_transcribe(options, std::move(inputs));
}

}  // namespace dgauth::commands
