// SPDX-License-Identifier: MIT
#include "transcription/query.hpp"

#include <algorithm>

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
  add("model", options.model);
  add("language", options.language);
  add_flag("smart_format", options.smart_format);
  add_flag("diarize", options.diarize);
  add_flag("punctuate", options.punctuate);
  add_flag("paragraphs", options.paragraphs);
  add_flag("utterances", options.utterances || is_captions(format));
  add_flag("detect_language", options.detect_language);
  add_all("redact", options.redact);
  add_all("keyterm", options.keyterms);
  add_all("tag", options.tags);
  add("callback", options.callback);
  query.insert(query.end(), options.parameters.begin(), options.parameters.end());
  return query;
}

}  // namespace dgauth::transcription
