// SPDX-License-Identifier: MIT
#include "deepgram/answer_check.hpp"

#include "support/printing.hpp"

namespace dgauth::deepgram {
namespace {

// The message of the error for `body`, in two pieces; empty if it is an answer.
std::string verdict(AnswerKind kind, std::string_view body, std::size_t cut) {
  AnswerCheck check(kind);
  for (const std::string_view piece : {body.substr(0, cut), body.substr(cut)}) {
    if (const Result<void> fed = check.feed(piece); !fed) {
      return fed.error().message;
    }
  }
  const Result<void> finished = check.finish();
  return finished ? "" : finished.error().message;
}

}  // namespace

TEST_CASE("deepgram::AnswerCheck: an answer is a whole JSON object with what its kind asks for, however it is cut") {
  const std::string not_json = "the response is not JSON, so it did not come from Deepgram";
  const std::string not_whole = "the response is incomplete";
  const std::string no_transcript = "the response contains no transcript";
  const std::string no_id = "the response contains no request_id, although there is a callback";
  struct Row {
    std::string body, transcript, callback;
  };
  for (const Row& row : {
           Row{R"({"results":{}})", "", no_id},
           Row{R"( {"a":[{"b":{}}],"results":{"x":1},"request_id":"r"} )", "", ""},
           Row{R"({"request_id":"r-1"})", no_transcript, ""},
           Row{R"({"request_id":"r-1","request_id":7})", no_transcript, ""},
           Row{R"({"request_id":7,"request_id":"r-1"})", no_transcript, no_id},
           Row{R"({"request_id":""})", no_transcript, no_id},
           Row{R"({"request_id":")" + std::string(1024, 'x') + R"("})", no_transcript, ""},
           Row{R"({"request_id":")" + std::string(1025, 'x') + R"("})", no_transcript, no_id},
           Row{R"({"results":{},"results":7})", "", no_id},
           Row{R"({"results":7,"results":{}})", no_transcript, no_id},
           Row{R"({"results":[]})", no_transcript, no_id},
           Row{R"({"results":null})", no_transcript, no_id},
           Row{R"({"results ":{}})", no_transcript, no_id},
           Row{R"({"a":{"results":{},"request_id":"r"}})", no_transcript, no_id},
           Row{R"([{"results":{},"request_id":"r"}])", no_transcript, no_id},
           Row{R"({"err_code":"FORBIDDEN","err_msg":"Insufficient permissions."})", no_transcript, no_id},
           Row{"{}", no_transcript, no_id},
           Row{"null", no_transcript, no_id},
           Row{"3", no_transcript, no_id},
           Row{"\"results\"", no_transcript, no_id},
           Row{"", not_json, not_json},
           Row{" ", not_json, not_json},
           Row{"<html>", not_json, not_json},
           Row{"{nonsense}", not_json, not_json},
           Row{R"({"results":{}}{})", not_json, not_json},
           Row{"{\"results\":{},\"a\":\"\xFF\"}", not_json, not_json},
           Row{R"({"results":{"a":{}})", not_whole, not_whole},
           Row{R"({"results":{}, "request_id":"r)", not_whole, not_whole},
       }) {
    CAPTURE(row.body);
    for (std::size_t cut = 0; cut <= std::min<std::size_t>(row.body.size(), 100); ++cut) {
      CHECK(verdict(AnswerKind::transcript, row.body, cut) == row.transcript);
      CHECK(verdict(AnswerKind::callback, row.body, cut) == row.callback);
    }
  }
}

}  // namespace dgauth::deepgram
