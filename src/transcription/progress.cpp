// SPDX-License-Identifier: MIT
#include "transcription/progress.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include <fmt/format.h>

namespace dgauth::transcription {
namespace {

constexpr std::chrono::milliseconds first_wait{300};  // what is done by then needs no progress
constexpr std::chrono::milliseconds between_draws{100};
constexpr std::uint64_t bar_width = 30;
constexpr std::string_view spinner = "|/-\\";

std::string megabytes(std::uint64_t bytes) { return fmt::format("{:.1f}", static_cast<double>(bytes) / 1e6); }

std::string seconds(std::chrono::milliseconds time) {
  const auto count = time.count() / 1000;
  return count < 60 ? fmt::format("{} s", count) : fmt::format("{}:{:02} min", count / 60, count % 60);
}

char spinner_at(std::chrono::milliseconds elapsed) {
  return spinner[static_cast<std::size_t>(elapsed / between_draws) % spinner.size()];
}

std::string upload_line(std::uint64_t sent, std::uint64_t size) {
  const auto filled =
      static_cast<std::size_t>(static_cast<double>(bar_width) * static_cast<double>(sent) / static_cast<double>(size));
  return fmt::format("sending [{:<{}}] {} of {} MB, {} %", std::string(filled, '='), bar_width, megabytes(sent),
                     megabytes(size), static_cast<int>(100.0 * static_cast<double>(sent) / static_cast<double>(size)));
}

}  // namespace

std::string progress_line(const ProgressState& state) {
  const char turning = spinner_at(state.elapsed);
  if (state.total > 1) {
    return fmt::format("{} {} done, {} failed, {} left, {}", turning, state.done, state.failed,
                       state.total - state.done - state.failed, seconds(state.elapsed));
  }
  if (state.size && state.sent < *state.size) {
    return upload_line(state.sent, *state.size);
  }
  if (!state.size && state.sent > 0) {
    return fmt::format("{} {} MB sent, {}", turning, megabytes(state.sent), seconds(state.elapsed));
  }
  return fmt::format("{} waiting for the transcript, {}", turning, seconds(state.elapsed));
}

Progress::Progress(host::Console& console, bool is_wanted, std::size_t total, Clock now)
    : console_(console), is_on_(is_wanted && console.err_is_terminal()), now_(std::move(now)) {
  state_.total = total;
  next_draw_ += first_wait;
}

void Progress::count(bool is_ok) { ++(is_ok ? state_.done : state_.failed); }

void Progress::tick() {
  const std::chrono::steady_clock::time_point now = now_();
  if (!is_on_ || now < next_draw_) {
    return;
  }
  next_draw_ = now + between_draws;
  state_.elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(now - begin_);
  if (file_) {
    state_.sent = file_->position();
    state_.size = file_->size();
  }
  const std::string line = progress_line(state_);
  // Spaces over what was longer before: not every terminal knows how to erase a line.
  console_.write_err(fmt::format("\r{:<{}}", line, drawn_));
  drawn_ = std::max(drawn_, line.size());
}

void Progress::stop() {
  clear();
  is_on_ = false;
}

void Progress::clear() {
  if (drawn_ > 0) {
    console_.write_err(fmt::format("\r{:{}}\r", "", drawn_));
    drawn_ = 0;
  }
}

}  // namespace dgauth::transcription
