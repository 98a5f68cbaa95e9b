// SPDX-License-Identifier: MIT
#include "deepgram/transcription_hint.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace dgauth::deepgram {
namespace {

// A row fits if all that it says is so; the first that fits counts.
struct Row {
  int status;              // 0: any
  std::string_view code;   // empty: any
  std::string_view words;  // lower case, somewhere in the message; empty: any
  std::string_view hint;
};

constexpr std::string_view reach =
    "it is Deepgram that fetches the URL: it must be public and need no login; 'dgauth transcribe-file' sends a local "
    "copy";
constexpr std::string_view not_audio =
    "check that this is an audio or video file; raw audio also needs --param with its encoding";
constexpr std::string_view busy = "try again later; what was sent may have been transcribed, and billed, all the same";

// clang-format off
constexpr std::array rows = {
  Row{0, "REMOTE_CONTENT_ERROR", "client error", "the server that has the media refused Deepgram: is the URL right, public and not expired?"},
  Row{0, "REMOTE_CONTENT_ERROR", "too many redirects", "give the URL that the redirects lead to, or try again: this comes and goes"},
  Row{0, "REMOTE_CONTENT_ERROR", "", reach},
  Row{400, "", "publicly routable", reach},
  Row{400, "", "failed to process audio", not_audio},
  Row{400, "", "could not process the json payload", "check the URL"},
  Row{0, "INVALID_JSON", "", "check the URL"},
  Row{400, "", "callback url", "a callback is http or https on port 80, 443, 8080 or 8443"},
  Row{0, "INVALID_QUERY_PARAMETER", "", "check --param and the other options of the request; --dry-run shows it"},
  Row{400, "", "model/language/tier", "check --model and --language: not every model speaks every language"},
  Row{402, "", "", "add credit to the project in the Deepgram console"},
  Row{0, "ASR_PAYMENT_REQUIRED", "", "add credit to the project in the Deepgram console"},
  Row{0, "", "access to the requested model", "the project's plan does not include this model: choose another with --model"},
  Row{0, "UNAUTHORIZED_FEATURES_REQUESTED", "", "the project's plan does not include a feature that was asked for: see --param"},
  Row{0, "INSUFFICIENT_PERMISSIONS", "", "use a key with the scope usage:write; 'dgauth check' shows what a key can do"},
  Row{404, "", "uuid", "check --model: a custom model is named by its UUID"},
  Row{408, "", "", busy},
  Row{411, "", "", "the length of the media is not known: save it to a file and use 'dgauth transcribe-file FILE'"},
  Row{413, "", "", "the media is too large: send it in parts, or only its audio, compressed"},
  Row{414, "", "", "the query is too long: use fewer or shorter --param, --keyterm and --redact"},
  Row{415, "", "", "the type of the media is not supported: convert it to WAV, FLAC, MP3 or the like"},
  Row{422, "", "", "the request arrived incomplete, or the file is damaged: check the file, try again"},
  Row{429, "", "", "wait a little, and use fewer --jobs: the limit counts for the whole project"},
  Row{499, "", "", busy},
  Row{500, "", "", busy},
  Row{502, "", "", busy},
  Row{503, "", "", busy},
  Row{504, "", "", busy},
};
// clang-format on

}  // namespace

std::string_view transcription_hint(int status, const ErrorBody& body) {
  const std::string message = lower_case(body.message);
  const auto fits = [&](const Row& row) {
    return (row.status == 0 || row.status == status) && (row.code.empty() || row.code == body.code) &&
           message.find(row.words) != std::string::npos;
  };
  const auto* const row = std::ranges::find_if(rows, fits);
  return row == rows.end() ? std::string_view() : row->hint;
}

}  // namespace dgauth::deepgram
