// SPDX-License-Identifier: MIT
#pragma once

#include <csignal>
#include <optional>
#include <string_view>

#include "host/cleanup_on_signal.hpp"

namespace dgauth::host {

// Switches off the echo of a terminal for its lifetime. A signal that ends the process restores the echo
// first. So does one that stops it (Ctrl-Z); when the process goes on, `prompt` is shown again. One object at a time.
class EchoOff {
 public:
  // The descriptor `terminal` stays open, and `prompt` lives, for as long as the object does.
  EchoOff(int terminal, std::string_view prompt);
  ~EchoOff();
  EchoOff(const EchoOff&) = delete;
  EchoOff& operator=(const EchoOff&) = delete;

  // False if it is not a terminal, or its echo cannot be switched off.
  explicit operator bool() const { return is_on_; }

 private:
  std::optional<CleanupOnSignal> restore_echo_on_signal_;
  struct sigaction stop_before_ {};
  bool is_on_ = false;
};

}  // namespace dgauth::host
