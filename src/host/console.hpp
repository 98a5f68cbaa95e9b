// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/result.hpp"
#include "base/secret.hpp"

namespace dgauth::host {

// The three standard streams. Results go to stdout, everything else to stderr.
class Console {
 public:
  virtual ~Console() = default;

  // Writes all of `bytes`, without a buffer. ErrorKind::output if that fails.
  virtual Result<void> write_out(std::string_view bytes) = 0;
  Result<void> write_out(const Secret& text) { return write_out(text.reveal()); }
  // Ignores errors: there is nowhere to report them.
  virtual void write_err(std::string_view bytes) = 0;
  void write_err(const Secret& text) { write_err(text.reveal()); }
  // Called after the last write_out. ErrorKind::output if the system reports only now that earlier writes were lost.
  virtual Result<void> finish() = 0;

  virtual bool in_is_terminal() const = 0;
  virtual bool out_is_terminal() const = 0;
  virtual bool err_is_terminal() const = 0;
  // How wide a line on stdout may be: the columns of the terminal, or 80 where it is none or does not say.
  virtual std::size_t out_columns() const = 0;

  // Whether `path` leads to a terminal: "-", /dev/stdin, /dev/tty, …
  virtual bool is_terminal(const std::string& path) const = 0;
  // Shows `prompt` on stderr and reads one line, newline included, from the terminal at `path` without echo. The
  // terminal is restored afterwards, also if a signal ends or stops the process. Empty at end of file.
  // ErrorKind::no_credential if the echo cannot be switched off or the terminal cannot be read.
  virtual Result<Secret> ask_secret(std::string_view prompt, const std::string& path) = 0;
};

}  // namespace dgauth::host
