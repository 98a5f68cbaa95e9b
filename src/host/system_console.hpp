// SPDX-License-Identifier: MIT
#pragma once

#include "host/console.hpp"

namespace dgauth::host {

// Descriptors 0, 1 and 2 of this process, without a buffer.
class SystemConsole final : public Console {
 public:
  using Console::write_err;
  using Console::write_out;
  Result<void> write_out(std::string_view bytes) override;
  void write_err(std::string_view bytes) override;
  Result<void> finish() override;
  bool in_is_terminal() const override;
  bool out_is_terminal() const override;
  bool err_is_terminal() const override;
  std::size_t out_columns() const override;
  bool is_terminal(const std::string& path) const override;
  Result<Secret> ask_secret(std::string_view prompt, const std::string& path) override;
};

}  // namespace dgauth::host
