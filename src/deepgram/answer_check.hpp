// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"
#include "deepgram/answer_body.hpp"

namespace dgauth::deepgram {

// What a transcription is answered with.
enum class AnswerKind {
  transcript,  // an object whose `results` are an object
  callback,    // an object whose `request_id` is a string that is not empty: the transcript goes elsewhere
};

// Checks the body of a success as it comes, and keeps nothing of it but the id. Every error is of ErrorKind::service.
class AnswerCheck final : private json::EventHandler {
 public:
  static constexpr std::size_t longest_id = 1024;  // a longer one is not an id

  explicit AnswerCheck(AnswerKind kind) : kind_(kind) {}
  AnswerCheck(const AnswerCheck&) = delete;
  AnswerCheck& operator=(const AnswerCheck&) = delete;

  // An error as soon as the body cannot be JSON any more, or is another value than an object.
  Result<void> feed(std::string_view piece);
  // An error if the body, which ends here, is not whole, or is not an answer of that kind.
  Result<void> finish();
  // The value of `request_id`; as the service sent it.
  const std::string& request_id() const { return id_; }

 private:
  bool begin_object() override;
  void end_object() override {}
  bool begin_array() override { return false; }
  void end_array() override {}
  void key_part(std::string_view part) override;
  void end_key() override;
  void string_part(std::string_view part) override;
  void end_string() override;
  void number_part(std::string_view /*part*/) override {}
  void end_number() override {}
  void literal(std::string_view /*word*/) override {}

  // Whether what has come so far holds all that the kind asks for.
  bool is_answer() const { return kind_ == AnswerKind::callback ? has_id_ : has_results_; }
  Error not_an_answer() const;

  // What the value is that comes next. Of several members with one name the first counts.
  enum class Member { other, results, request_id };

  AnswerKind kind_;
  AnswerBody body_{*this};
  bool is_root_ = true;  // the object that comes next
  std::string key_;
  Member member_ = Member::other;
  bool had_results_ = false;
  bool had_id_ = false;
  bool has_results_ = false;
  bool has_id_ = false;
  std::string id_;
};

}  // namespace dgauth::deepgram
