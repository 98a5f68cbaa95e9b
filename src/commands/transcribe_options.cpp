// SPDX-License-Identifier: MIT
#include "commands/transcribe_options.hpp"

#include <algorithm>
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

constexpr std::array<Word, 2> models = {{{"nova-3", "the default"}, {"nova-2", "the generation before"}}};
constexpr std::array<Word, 2> languages = {{{"en", "English"}, {"de-CH", "German as in Switzerland"}}};
constexpr std::array<Word, 3> redactions = {{
    {"pci", "payment card numbers"},
    {"pii", "names, addresses and other personal data"},
    {"numbers", "numbers of three digits or more"},
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
                : fail(ErrorKind::usage, fmt::format("must be a whole number from 1 to {}", most_jobs));
}

Result<std::array<std::string, 1>> parse_list_item(std::string_view text) {
  return std::array<std::string, 1>{std::string(text)};
}

Result<http::Parameters> parse_parameter(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return fail(ErrorKind::usage, "must be NAME=VALUE", "for example --param numerals=true");
  }
  return http::Parameters{{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))}};
}

void declare_files(std::vector<Option>& declared, TranscribeOptions& options) {
  declared.push_back({.names = "--from-file",
                      .value_name = "LIST",
                      .description = "Read more inputs from LIST, one per line",
                      .details = "Read more inputs from LIST, one per line; `-` is standard input. Empty lines, lines "
                                 "that begin with `#` and spaces at the end of a line are ignored; a file whose name "
                                 "begins with `#` is written `./#name`.",
                      .hint = {.kind = ValueKind::file},
                      .set = text_into(options.from_file)});
  declared.push_back({.names = "--null",
                      .description = "LIST is separated by NUL, not newline",
                      .details =
                          "The inputs of `--from-file` are separated by NUL bytes, as `find -print0` writes them. "
                          "They are taken as they are, without comments and with all spaces.",
                      .is_rare = true,
                      .set = flag_into(options.null_separated)});
  declared.push_back(
      {.names = "-j,--jobs",
       .value_name = "N",
       .description = "Parallel requests (default 4)",
       .details = "Number of inputs processed in parallel, 1 to 200; default 4. Fewer if the limit on open files "
                  "allows no more.",
       .set = parsed_into(options.jobs, parse_jobs)});
  declared.push_back(
      {.names = "--output-dir",
       .value_name = "DIR",
       .description = "Write each result to a file in DIR",
       .details = "Write each result to a file of its own in DIR (mode 0600), atomically, and nothing to standard "
                  "output. The directory is created if needed. A file is named after the last part of the path or "
                  "URL, followed by 8 hexadecimal digits that tell inputs with the same name apart. A path counts as "
                  "it reads once `./`, `//` and `..` are resolved; a relative and an absolute path are two inputs.",
       .hint = {.kind = ValueKind::directory},
       .set = text_into(options.output_dir)});
  declared.push_back(
      {.names = "--resume",
       .description = "Skip inputs that already have a result",
       .details = "Skip the inputs that already have a result in `--output-dir`, and remove what an interrupted run "
                  "left unfinished.",
       .set = flag_into(options.resume)});
  declared.push_back({.names = "--plain-names",
                      .description = "Name results talk.srt, without a digest",
                      .details =
                          "Name the results in `--output-dir` like the inputs, `talk.srt` for `talk.wav`, without "
                          "a digest. Existing files with these names are replaced. Two inputs with the same "
                          "name are an error.",
                      .excludes = "--resume",
                      .set = flag_into(options.plain_names)});
}

void declare_query_flags(std::vector<Option>& declared, transcription::QueryOptions& query) {
  declared.push_back({.names = "--smart-format",
                      .description = "Format dates, numbers and so on for reading",
                      .details = "Format dates, numbers and so on for reading (`smart_format=true`).",
                      .set = flag_into(query.smart_format)});
  declared.push_back({.names = "--diarize",
                      .description = "Label speakers",
                      .details = "Tell speakers apart, and label them (`diarize_model=latest`).",
                      .set = flag_into(query.diarize)});
  declared.push_back({.names = "--punctuate",
                      .description = "Add punctuation",
                      .details = "Add punctuation and capital letters (`punctuate=true`).",
                      .is_rare = true,
                      .set = flag_into(query.punctuate)});
  declared.push_back({.names = "--paragraphs",
                      .description = "Split the transcript into paragraphs",
                      .details = "Split the transcript into paragraphs (`paragraphs=true`).",
                      .is_rare = true,
                      .set = flag_into(query.paragraphs)});
  declared.push_back(
      {.names = "--utterances",
       .description = "Split the transcript at pauses",
       .details = "Split the transcript at pauses (`utterances=true`). Always on with `-o srt` and `-o vtt`.",
       .is_rare = true,
       .set = flag_into(query.utterances)});
  declared.push_back({.names = "--detect-language",
                      .description = "Detect the language",
                      .details = "Detect the language (`detect_language=true`).",
                      .is_rare = true,
                      .set = flag_into(query.detect_language)});
}

void declare_query(std::vector<Option>& declared, transcription::QueryOptions& query) {
  declared.push_back({.names = "-m,--model",
                      .value_name = "NAME",
                      .description = "Model (default nova-3)",
                      .details = "Model; default `nova-3`. It is always sent.",
                      .hint = {.kind = ValueKind::suggestion, .words = models},
                      .set = text_into(query.model)});
  declared.push_back({.names = "-l,--language",
                      .value_name = "TAG",
                      .description = "Language, for example en or de-CH",
                      .details = "Language of the speech, for example `en` or `de-CH`. Not given: the model's default.",
                      .hint = {.kind = ValueKind::suggestion, .words = languages},
                      .set = text_into(query.language)});
  declared.push_back(
      {.names = "--param",
       .value_name = "NAME=VALUE",
       .description = "Any query parameter of /v1/listen",
       .details = "Send this query parameter of /v1/listen, for example `--param numerals=true`. It replaces a "
                  "default or shorthand of the same name (not `--diarize`, which cannot be used with it). A name that "
                  "Deepgram does not document is sent too, with a warning. May be repeated.",
       .hint = {.kind = ValueKind::assignment, .words = parameter_words()},
       .is_repeatable = true,
       .set = appended_to(query.parameters, parse_parameter)});
  declare_query_flags(declared, query);
  declared.push_back({.names = "--redact",
                      .value_name = "KIND",
                      .description = "Remove pci, pii, numbers, ...",
                      .details =
                          "Remove sensitive words from the transcript: `pci` (payment cards), `pii` (personal data), "
                          "`numbers`, and others that Deepgram documents. May be repeated.",
                      .hint = {.kind = ValueKind::suggestion, .words = redactions},
                      .is_repeatable = true,
                      .is_rare = true,
                      .set = appended_to(query.redact, parse_list_item)});
  declared.push_back({.names = "--keyterm",
                      .value_name = "TERM",
                      .description = "Word or phrase to boost",
                      .details = "Word or phrase to recognise more readily, a name for example. May be repeated.",
                      .is_repeatable = true,
                      .is_rare = true,
                      .set = appended_to(query.keyterms, parse_list_item)});
  declared.push_back({.names = "--tag",
                      .value_name = "LABEL",
                      .description = "Label for usage reports",
                      .details = "Label of the request in Deepgram's usage reports. May be repeated.",
                      .is_repeatable = true,
                      .is_rare = true,
                      .set = appended_to(query.tags, parse_list_item)});
  declared.push_back(
      {.names = "--callback",
       .value_name = "URL",
       .description = "Have Deepgram send the transcript to URL",
       .details = "Have Deepgram send the transcript to URL. Standard output then shows the request id instead of a "
                  "transcript.",
       .is_rare = true,
       .set = text_into(query.callback)});
}

Option declare_inputs(std::vector<std::string>& inputs) {
  return {.value_name = "...", .is_repeatable = true, .set = [&inputs](std::string_view text) -> Result<void> {
            inputs.emplace_back(text);
            return {};
          }};
}

Declaration declare_transcribe(TranscribeOptions& options, Option inputs) {
  constexpr std::size_t count = 26;
  Declaration declaration;
  std::vector<Option>& declared = declaration.options;
  declared.reserve(count);
  declaration.arguments.push_back(std::move(inputs));
  declare_query(declared, options.query);
  declare_files(declared, options);
  declared.push_back(
      {.names = "--auth",
       .value_name = "KIND",
       .description = "Credential: key (default), grant, token or none",
       .details = "Credential to use: the API key (`key`, the default); a token that is minted for this run, and "
                  "again when it has expired between two inputs (`grant`); the token in `DEEPGRAM_ACCESS_TOKEN` "
                  "(`token`); or `none`, for a self-hosted server that needs no credential. The options for lifetime "
                  "and cache apply to `grant` only.",
       .hint = {.kind = ValueKind::word, .words = options::auth_words_and_none()},
       .set = parsed_into(options.auth, options::parse_auth_or_none)});
  const std::size_t first_of_mint = declared.size();
  options::declare_mint_options(declaration, options.mint);
  std::ranges::for_each(declared.begin() + static_cast<std::ptrdiff_t>(first_of_mint), declared.end(),
                        [](Option& option) { option.is_rare = true; });
  return declaration;
}

}  // namespace

Declaration declare_transcribe_url(TranscribeOptions& options) {
  Option inputs = declare_inputs(options.inputs);
  inputs.names = "URL";
  inputs.description = "Audio to transcribe";
  inputs.details =
      "URLs of the audio. Deepgram fetches them itself, so they must be reachable from the internet without a "
      "login.";
  return declare_transcribe(options, std::move(inputs));
}

Declaration declare_transcribe_file(TranscribeOptions& options) {
  Option inputs = declare_inputs(options.inputs);
  inputs.names = "FILE";
  inputs.description = "Audio files to transcribe (- for stdin)";
  inputs.details = "Audio files to transcribe; `-` is standard input.";
  inputs.hint.kind = ValueKind::file;
  return declare_transcribe(options, std::move(inputs));
}

}  // namespace dgauth::commands
