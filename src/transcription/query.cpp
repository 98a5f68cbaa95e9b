// SPDX-License-Identifier: MIT
#include "transcription/query.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"

namespace dgauth::transcription {
namespace {

// Flux transcribes live audio only. Source: developers.deepgram.com/docs/flux/quickstart.
bool only_streams(const http::Parameters& query) {
  constexpr std::string_view family = "flux-";
  return std::ranges::any_of(query, [family](const auto& parameter) {
    return parameter.first == "model" && lower_case(parameter.second).starts_with(family);
  });
}

}  // namespace

Result<http::Parameters> query_of(const QueryOptions& options, TranscriptFormat format) {
  const auto count = [&options](std::string_view name) {
    return std::ranges::count(options.parameters, name, &http::Parameters::value_type::first);
  };
  if (count("model") > 1) {
    return fail(ErrorKind::usage, "--param model=NAME is given twice", "choose one model");
  }
  for (const std::string_view name : {"diarize", "diarize_model"}) {
    if (options.diarize && count(name) > 0) {
      return fail(ErrorKind::usage, fmt::format("--diarize cannot be used with --param {}=VALUE", name),
                  "leave out one of them");
    }
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
  add("diarize_model", options.diarize ? "latest" : "");  // `diarize` is deprecated
  add_flag("punctuate", options.punctuate);
  add_flag("paragraphs", options.paragraphs);
  add_flag("utterances", options.utterances || is_captions(format));
  add_flag("detect_language", options.detect_language);
  add_all("redact", options.redact);
  add_all("keyterm", options.keyterms);
  add_all("tag", options.tags);
  add("callback", options.callback);
  query.insert(query.end(), options.parameters.begin(), options.parameters.end());
  if (only_streams(query)) {
    return fail(ErrorKind::usage, "flux models only work with live audio, on /v2/listen",
                "use another model for recordings, for example -m nova-3");
  }
  return query;
}

}  // namespace dgauth::transcription
