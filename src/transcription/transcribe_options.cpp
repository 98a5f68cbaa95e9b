// SPDX-License-Identifier: MIT
#include "transcription/transcribe_options.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/whole_number.hpp"
#include "deepgram/listen_parameters.hpp"
#include "options/option_binding.hpp"

namespace dgauth::transcription {
namespace {

Result<std::optional<session::Auth>> parse_auth_or_none(std::string_view text) {
  if (text == "none") {
    return std::nullopt;
  }
  if (const Result<session::Auth> auth = session::parse_auth(text)) {
    return *auth;
  }
  return fail(ErrorKind::usage, "is not key, grant, token or none");
}

Result<int> parse_jobs(std::string_view text) {
  const std::optional<int> number = parse_whole_number(text, 1, most_jobs);
  return number ? Result<int>(*number)
                : fail(ErrorKind::usage, fmt::format("is not a whole number from 1 to {}", most_jobs));
}

Result<std::string> parse_name(std::string_view text) {
  if (text.empty()) {
    return fail(ErrorKind::usage, "needs a value");
  }
  return std::string(text);
}

Result<std::vector<std::string>> parse_list_item(std::string_view text) {
  return parse_name(text).map([](std::string name) { return std::vector{std::move(name)}; });
}

Result<http::Parameters> parse_parameter(std::string_view text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string_view::npos || equals == 0) {
    return fail(ErrorKind::usage, "is not NAME=VALUE", "for example --param numerals=true");
  }
  return http::Parameters{{std::string(text.substr(0, equals)), std::string(text.substr(equals + 1))}};
}

void declare_inputs(CLI::App& app, MediaKind kind, TranscribeOptions& options) {
  const bool is_url = kind == MediaKind::url;
  app.add_option(is_url ? "URL" : "FILE", options.inputs,
                 is_url ? "What to transcribe" : "What to transcribe; - is stdin")
      ->option_text("...");
  options::bind_text(app, "--from-file", options.from_file, "LIST", "More of them, one a line; - is stdin");
  options::bind_value(app, "-j,--jobs", options.jobs, parse_jobs, "N", "How many at a time (4)");
  options::bind_text(app, "--output-dir", options.output_dir, "DIR", "Write each result to a file there");
  options::bind_flag(app, "--resume", options.resume, "Skip inputs whose file is there");
}

}  // namespace

void declare_transcribe(CLI::App& app, MediaKind kind, TranscribeOptions& options) {
  declare_inputs(app, kind, options);
  options::bind_value(app, "--auth", options.auth, parse_auth_or_none, "KIND", "key (default), grant, token or none");
  session::declare_mint_options(app, options.mint);
  options::bind_value(app, "-m,--model", options.model, parse_name, "NAME", "Model (nova-3)");
  options::bind_value(app, "-l,--language", options.language, parse_name, "TAG", "Language, like en or de-CH");
  options::bind_list(app, "--param", options.parameters, parse_parameter, "NAME=VALUE", "Any parameter of /v1/listen");
  options::bind_flag(app, "--smart-format", options.smart_format, "Format dates, numbers and the like");
  options::bind_flag(app, "--diarize", options.diarize, "Tell speakers apart");
  options::bind_flag(app, "--punctuate", options.punctuate, "Add punctuation");
  options::bind_flag(app, "--paragraphs", options.paragraphs, "Split the text into paragraphs");
  options::bind_flag(app, "--utterances", options.utterances, "Split the speech at silences");
  options::bind_flag(app, "--detect-language", options.detect_language, "Find out the language");
  options::bind_list(app, "--redact", options.redact, parse_list_item, "KIND", "Leave out pci, pii, numbers, ...");
  options::bind_list(app, "--keyterm", options.keyterms, parse_list_item, "TERM", "A word to listen for");
  options::bind_list(app, "--tag", options.tags, parse_list_item, "LABEL", "Label for usage reports");
  options::bind_value(app, "--callback", options.callback, parse_name, "URL", "Where Deepgram sends the transcript");
}

Result<http::Parameters> query_of(const TranscribeOptions& options, TranscriptFormat format) {
  const auto count = [&options](std::string_view name) {
    return std::ranges::count(options.parameters, name, &http::Parameters::value_type::first);
  };
  if (count("model") > 1) {
    return fail(ErrorKind::usage, "--param says twice which model");
  }
  http::Parameters query;
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty() && count(name) == 0) {
      query.emplace_back(name, value);
    }
  };
  const auto add_flag = [&](const char* name, bool is_wanted) { add(name, is_wanted ? "true" : ""); };
  const auto add_all = [&](const char* name, const std::vector<std::string>& values) {
    std::ranges::for_each(values, [&](const std::string& value) { add(name, value); });
  };
  const bool has_captions = format == TranscriptFormat::srt || format == TranscriptFormat::vtt;
  add("model", options.model);
  add("language", options.language);
  add_flag("smart_format", options.smart_format);
  add_flag("diarize", options.diarize);
  add_flag("punctuate", options.punctuate);
  add_flag("paragraphs", options.paragraphs);
  add_flag("utterances", options.utterances || has_captions);
  add_flag("detect_language", options.detect_language);
  add_all("redact", options.redact);
  add_all("keyterm", options.keyterms);
  add_all("tag", options.tags);
  add("callback", options.callback);
  query.insert(query.end(), options.parameters.begin(), options.parameters.end());
  return query;
}

std::vector<std::string> warnings_for(const http::Parameters& query) {
  std::vector<std::string> doubts;
  for (const auto& [name, value] : query) {
    if (deepgram::is_listen_parameter(name)) {
      continue;
    }
    const auto meant = nearest(name, deepgram::listen_parameters());
    doubts.push_back(fmt::format("unknown parameter {}, sent anyway{}", shortened(without_controls(name), 64),
                                 meant ? fmt::format("; did you mean {}?", *meant) : ""));
  }
  return doubts;
}

}  // namespace dgauth::transcription
