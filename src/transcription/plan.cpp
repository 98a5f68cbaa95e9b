// SPDX-License-Identifier: MIT
#include "transcription/plan.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <system_error>
#include <unordered_map>

#include <fmt/format.h>

#include "deepgram/requests.hpp"

namespace dgauth::transcription {
namespace {

constexpr std::size_t largest_response = 256 * 1024 * 1024;  // but of JSON that is streamed

std::string_view extension_of(TranscriptFormat format) {
  switch (format) {
    case TranscriptFormat::json: return "json";
    case TranscriptFormat::srt: return "srt";
    case TranscriptFormat::vtt: return "vtt";
    case TranscriptFormat::text: break;
  }
  return "txt";
}

}  // namespace

bool Plan::has_callback() const {
  return std::ranges::find(query, "callback", &http::Parameters::value_type::first) != query.end();
}

http::Request request_for(const Plan& plan, const Input& input) {
  http::Request request = deepgram::listen_request(plan.base_url, plan.query);
  request.body_limit = largest_response;
  if (input.kind == InputKind::url) {
    deepgram::set_media_url(request, input.text);
  } else {
    deepgram::set_media_file(request, nullptr, input.media_type);
  }
  return request;
}

std::string result_name(const Input& input, TranscriptFormat format) {
  return fmt::format("{}.{}", input.file_stem, extension_of(format));
}

Result<void> check_result_names(const std::vector<Input>& inputs, TranscriptFormat format, ResultNames names,
                                const std::string& directory) {
  std::unordered_map<std::string_view, const Input*> owners;
  for (const Input& input : inputs) {
    const std::string name = result_name(input, format);
    if (const auto [other, is_new] = owners.emplace(input.file_stem, &input); !is_new) {
      return fail(
          ErrorKind::usage,
          fmt::format("the results of {} and {} would both be named {}", other->second->shown, input.shown, name),
          names == ResultNames::plain ? "leave out --plain-names, or transcribe them in separate runs with "
                                        "different output directories"
                                      : "transcribe them in separate runs with different output directories");
    }
    std::error_code unknown;
    if (input.kind == InputKind::file &&
        std::filesystem::equivalent(fmt::format("{}/{}", directory, name), input.text, unknown)) {
      return fail(ErrorKind::usage, fmt::format("the result of {} would replace it", input.shown),
                  "choose another --output-dir");
    }
  }
  return {};
}

void find_obstacles(std::vector<Input>& inputs, TranscriptFormat format, const std::string& directory) {
  for (Input& input : inputs) {
    const std::string path = fmt::format("{}/{}", directory, result_name(input, format));
    std::error_code unreadable;
    if (std::filesystem::symlink_status(path, unreadable).type() == std::filesystem::file_type::directory) {
      input.obstacle = fmt::format("cannot write {}: it is a directory", path);
    }
  }
}

void find_results(std::vector<Input>& inputs, TranscriptFormat format, const std::string& directory) {
  for (Input& input : inputs) {
    const std::string path = fmt::format("{}/{}", directory, result_name(input, format));
    std::error_code unreadable;
    input.has_result = std::filesystem::is_regular_file(path, unreadable) &&
                       (format == TranscriptFormat::srt || !std::filesystem::is_empty(path, unreadable));
  }
}

}  // namespace dgauth::transcription
