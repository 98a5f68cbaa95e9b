// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace dgauth::host {

// The three standard streams. stdout carries what was asked for, stderr everything else.
class Console {
 public:
  virtual ~Console() = default;

  // Writes all of `bytes` at once; ErrorKind::output when that fails.
  virtual Result<void> write_out(std::string_view bytes) = 0;
  Result<void> write_out(const Secret& text) { return write_out(text.reveal()); }
  // Losing a message is no failure: nobody is left to tell.
  virtual void write_err(std::string_view bytes) = 0;
  void write_err(const Secret& text) { write_err(text.reveal()); }
  // Says that nothing more goes to stdout. ErrorKind::output when what was written did not get there after all.
  virtual Result<void> finish() = 0;

  virtual bool in_is_terminal() const = 0;
  virtual bool out_is_terminal() const = 0;
  virtual bool err_is_terminal() const = 0;

  // Shows `prompt` on stderr and reads one line from the terminal on stdin without echo. The terminal is restored
  // at the end, also by a signal that ends or stops the process. Empty at end of file.
  virtual Result<Secret> ask_secret(std::string_view prompt) = 0;
};

}  // namespace dgauth::host
