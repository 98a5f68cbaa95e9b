// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <unistd.h>

#include "host/host.hpp"
#include "host/open_path.hpp"
#include "support/fake_clock.hpp"

namespace dgauth::support {

// The standard streams as buffers.
class FakeConsole final : public host::Console {
 public:
  std::string out;
  std::string err;
  bool in_is_a_terminal = false;
  bool out_is_a_terminal = false;
  bool err_is_a_terminal = false;
  std::size_t columns = 80;
  bool refuses_out = false;     // every write to stdout fails
  bool refuses_finish = false;  // what was written gets lost in the end
  bool is_finished = false;
  std::deque<std::string> typed;     // what ask_secret gets to read, line by line; then the end of file
  std::vector<std::string> prompts;  // what it showed
  std::function<void()> while_typing = [] {};

  using Console::write_err;
  using Console::write_out;
  Result<void> write_out(std::string_view bytes) override;
  void write_err(std::string_view bytes) override;
  Result<void> finish() override;
  bool in_is_terminal() const override { return in_is_a_terminal; }
  bool out_is_terminal() const override { return out_is_a_terminal; }
  bool err_is_terminal() const override { return err_is_a_terminal; }
  std::size_t out_columns() const override { return columns; }
  bool is_terminal(const std::string& path) const override {
    return in_is_a_terminal && host::descriptor_named(path) == STDIN_FILENO;
  }
  Result<Secret> ask_secret(std::string_view prompt, const std::string& path) override;
};

// A world where the environment is empty and it stays noon until a test moves the clock.
class TestHost {
 public:
  FakeConsole console;
  host::Environment::Variables variables;
  FakeClock clock;  // noon

  // As it is now; later changes of `variables` do not show in it.
  host::Host host();
};

// What FakeConsole fails with.
inline constexpr std::string_view lost_output = "cannot write stdout: the test says so";

}  // namespace dgauth::support
