// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "host/console.hpp"

namespace dgauth::cli {

// A console that shows what begins a message (error:, warning:, hint:) in colour on stderr, and all else as it is.
class ColouredConsole final : public host::Console {
 public:
  explicit ColouredConsole(host::Console& plain) : plain_(plain) {}

  using Console::write_err;
  using Console::write_out;
  Result<void> write_out(std::string_view bytes) override { return plain_.write_out(bytes); }
  void write_err(std::string_view bytes) override;
  Result<void> finish() override { return plain_.finish(); }
  bool in_is_terminal() const override { return plain_.in_is_terminal(); }
  bool out_is_terminal() const override { return plain_.out_is_terminal(); }
  bool err_is_terminal() const override { return plain_.err_is_terminal(); }
  std::size_t out_columns() const override { return plain_.out_columns(); }
  bool is_terminal(const std::string& path) const override { return plain_.is_terminal(path); }
  Result<Secret> ask_secret(std::string_view prompt, const std::string& path) override {
    return plain_.ask_secret(prompt, path);
  }

 private:
  host::Console& plain_;
};

}  // namespace dgauth::cli
