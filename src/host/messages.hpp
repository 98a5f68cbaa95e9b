// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

#include "host/console.hpp"

namespace dgauth::host {

// What a command says on stderr besides its result, one line each: `dgauth: note: …` always, `dgauth: warning: …`
// unless --quiet, `dgauth: trace: …` with --verbose.
class Messages {
 public:
  Messages(Console& console, bool is_quiet, bool is_verbose)
      : console_(&console), is_quiet_(is_quiet), is_verbose_(is_verbose) {}

  void note(std::string_view text) const;
  void warn(std::string_view text) const;
  void trace(std::string_view text) const;
  bool is_quiet() const { return is_quiet_; }
  bool is_verbose() const { return is_verbose_; }

 private:
  Console* console_;
  bool is_quiet_;
  bool is_verbose_;
};

}  // namespace dgauth::host
