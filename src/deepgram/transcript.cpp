// SPDX-License-Identifier: MIT
#include "deepgram/transcript.hpp"

#include "deepgram/answer_check.hpp"
#include "deepgram/transcript_reader.hpp"

namespace dgauth::deepgram {

Result<Transcript> decode_transcript(std::string_view body) {
  TranscriptReader reader;
  TRY(reader.feed(body));
  return reader.finish();
}

Result<std::string> decode_callback_reply(std::string_view body) {
  AnswerCheck check(AnswerKind::callback);
  TRY(check.feed(body));
  TRY(check.finish());
  return check.request_id();
}

}  // namespace dgauth::deepgram
