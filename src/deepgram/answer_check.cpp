// SPDX-License-Identifier: MIT
#include "deepgram/answer_check.hpp"

#include <utility>

namespace dgauth::deepgram {
namespace {

constexpr std::string_view results_key = "results";
constexpr std::string_view id_key = "request_id";

// Not more than shows that `text` is too long.
void append_within(std::string& text, std::string_view part, std::size_t limit) {
  text += part.substr(0, limit + 1 - text.size());
}

}  // namespace

Result<void> AnswerCheck::feed(std::string_view piece) {
  TRY(body_.feed(piece));
  return body_.first().value_or('{') == '{' ? Result<void>() : fail(not_an_answer());
}

Result<void> AnswerCheck::finish() {
  TRY(body_.finish());
  return is_answer() ? Result<void>() : fail(not_an_answer());
}

Error AnswerCheck::not_an_answer() const {
  return body_.nonsense(kind_ == AnswerKind::callback
                            ? "the response contains no request_id, although there is a callback"
                            : "the response contains no transcript");
}

// Only the members of the root are looked at.
bool AnswerCheck::begin_object() {
  has_results_ = has_results_ || member_ == Member::results;
  return std::exchange(is_root_, false);
}

void AnswerCheck::key_part(std::string_view part) { append_within(key_, part, id_key.size()); }

void AnswerCheck::end_key() {
  member_ = Member::other;
  if (key_ == results_key && !std::exchange(had_results_, true)) {
    member_ = Member::results;
  } else if (key_ == id_key && !std::exchange(had_id_, true)) {
    member_ = Member::request_id;
  }
  key_.clear();
}

void AnswerCheck::string_part(std::string_view part) {
  if (member_ == Member::request_id) {
    append_within(id_, part, longest_id);
  }
}

void AnswerCheck::end_string() {
  has_id_ = has_id_ || (member_ == Member::request_id && !id_.empty() && id_.size() <= longest_id);
}

}  // namespace dgauth::deepgram
