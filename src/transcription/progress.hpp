// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "host/console.hpp"
#include "host/input_file.hpp"

namespace dgauth::transcription {

// How far a run is.
struct ProgressState {
  std::size_t total = 1;  // inputs
  std::size_t done = 0;
  std::size_t failed = 0;
  std::uint64_t sent = 0;             // of a single file
  std::optional<std::uint64_t> size;  // of a single file; nullopt: none, or its size is unknown
  std::chrono::milliseconds elapsed{};
};

// One line of at most 79 characters: of one input the bytes sent with a bar, then a spinner with the time; of several
// how many are done, have failed and are left.
std::string progress_line(const ProgressState& state);

// Shows progress on stderr, on a line that is written over and over again, and counts the inputs that have
// ended. Shows nothing unless stderr is a terminal.
class Progress {
 public:
  using Clock = std::function<std::chrono::steady_clock::time_point()>;

  Progress(host::Console& console, bool is_wanted, std::size_t total, Clock now);
  ~Progress() { clear(); }
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // The file that is being sent, of a run with one input.
  void set_file(std::shared_ptr<host::InputFile> file) { file_ = std::move(file); }
  void count(bool is_ok);
  bool is_on() const { return is_on_; }
  // Draws the line again, a few times a second at most.
  void tick();
  // Takes the line away, so that something else can be written.
  void clear();
  // The same, for good.
  void stop();

 private:
  host::Console& console_;
  bool is_on_;
  Clock now_;
  ProgressState state_;
  std::shared_ptr<host::InputFile> file_;
  std::chrono::steady_clock::time_point begin_ = now_();
  std::chrono::steady_clock::time_point next_draw_ = begin_;
  std::size_t drawn_ = 0;  // characters on the line
};

}  // namespace dgauth::transcription
