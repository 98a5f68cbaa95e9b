// SPDX-License-Identifier: MIT
#include "deepgram/transcription_hint.hpp"

#include "support/printing.hpp"

namespace dgauth::deepgram {
namespace {

// How the hint begins.
std::string hint(int status, std::string code = {}, std::string message = {}) {
  const std::string_view text = transcription_hint(status, {.code = std::move(code), .message = std::move(message)});
  return std::string(text.substr(0, 24));
}

}  // namespace

TEST_CASE("deepgram::transcription_hint: the code says more than the status") {
  CHECK(hint(400, "REMOTE_CONTENT_ERROR") == hint(500, "REMOTE_CONTENT_ERROR"));
  CHECK(hint(400, "REMOTE_CONTENT_ERROR").starts_with("it is Deepgram that"));
  CHECK(hint(400, "ASR_PAYMENT_REQUIRED") == hint(402));
  CHECK(hint(403, "INSUFFICIENT_PERMISSIONS").starts_with("use a key with the scope"));
}

TEST_CASE("deepgram::transcription_hint: the words of the message decide, in whatever case, and the first row counts") {
  CHECK(hint(400, "REMOTE_CONTENT_ERROR", "returned a CLIENT ERROR: 403").starts_with("the server that has"));
  CHECK(hint(400, "REMOTE_CONTENT_ERROR", "Too many redirects").starts_with("give the URL"));
  CHECK(hint(400, "", "failed to process audio: corrupt").starts_with("check that this is an"));
  CHECK(hint(400, "", "No such model/language/tier combination").starts_with("check --model and"));
  CHECK(hint(403, "", "no access to the requested model").starts_with("the project's plan"));
  CHECK(hint(404, "", "model UUID not found").starts_with("check --model: a custom"));
}

TEST_CASE("deepgram::transcription_hint: a status that leaves open whether it was billed says so") {
  for (const int status : {408, 499, 500, 502, 503, 504}) {
    CAPTURE(status);
    CHECK(hint(status).starts_with("try again later; what"));
  }
}

TEST_CASE("deepgram::transcription_hint: nothing more to say than for any other request") {
  for (const int status : {200, 302, 400, 401, 403, 404, 501}) {
    CAPTURE(status);
    CHECK(hint(status).empty());
  }
}

}  // namespace dgauth::deepgram
