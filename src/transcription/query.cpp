// SPDX-License-Identifier: MIT
#include "transcription/query.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "deepgram/listen_parameters.hpp"

namespace dgauth::transcription {
Result<http::Parameters> query_of(const QueryOptions& options, TranscriptFormat format) {
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
  std::vector<std::string_view> known;
  for (const deepgram::ListenParameter& parameter : deepgram::listen_parameters()) {
    known.push_back(parameter.name);
  }
  for (const auto& [name, value] : query) {
    if (deepgram::is_listen_parameter(name)) {
      continue;
    }
    const auto meant = nearest(name, known);
    doubts.push_back(fmt::format("unknown parameter {}, sent anyway{}", shortened(without_controls(name), 64),
                                 meant ? fmt::format("; did you mean {}?", *meant) : ""));
  }
  return doubts;
}

}  // namespace dgauth::transcription
