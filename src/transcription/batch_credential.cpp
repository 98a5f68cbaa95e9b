// SPDX-License-Identifier: MIT
#include <utility>

#include "transcription/batch.hpp"

// Which credential the inputs of a batch go with, and when they go once more with another.
namespace dgauth::transcription {
namespace {

// How far the service's clock may be from ours: a token that has no more life than this may have expired over there.
constexpr std::chrono::seconds clock_tolerance{2};

}  // namespace

void Batch::renew_credential() {
  is_renewing_ = true;
  // The input that is the next may have spent some of its time, and been refused.
  const Job& next = jobs_[todo_.front()];
  credential_.give_fresh(api_, plan_.limits.after(time_spent(next)).total,
                         [this](const Result<deepgram::Credential>& renewed) {
                           is_renewing_ = false;
                           is_just_renewed_ = renewed.has_value();
                           if (!renewed) {
                             stop(renewed.error());
                           }
                           start_more();
                         });
}

// For an attempt that begins now, perhaps long after the input was started.
void Batch::give_credential(std::size_t input, deepgram::TakeCredential take) {
  const std::chrono::milliseconds time_left = plan_.limits.after(time_spent(jobs_[input])).total;
  credential_.give_fresh(api_, time_left, [this, input, take = std::move(take)](Result<deepgram::Credential> fresh) {
    jobs_[input].serial = credential_.serial();
    jobs_[input].expires_at = credential_.expires_at();
    if (!fresh) {
      stop(fresh.error());
    }
    take(std::move(fresh));
  });
}

// After a token was refused: nothing was transcribed. It may have expired on the way, and once it may have been
// revoked.
bool Batch::may_go_again(std::size_t input, const Error& error) {
  Job& job = jobs_[input];
  const bool is_refused = error.kind == ErrorKind::refused && error.http_status == 401;
  const bool has_repeat = job.repeats <= plan_.limits.retries && time_spent(job) < plan_.limits.total;
  if (!is_refused || !credential_.is_renewable() || !has_repeat || stopped_ || (job.file && !job.file->can_rewind())) {
    return false;
  }
  const bool was_fresh = !job.expires_at || *job.expires_at > context_.host.clock.now() + clock_tolerance;
  if (was_fresh && job.was_refused_fresh) {
    return false;
  }
  job.was_refused_fresh = was_fresh;
  ++job.repeats;
  credential_.invalidate(job.serial);
  return true;
}

std::chrono::milliseconds Batch::time_spent(const Job& job) const {
  const auto now = context_.host.clock.steady_now();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now - job.began_at.value_or(now));
}

}  // namespace dgauth::transcription
