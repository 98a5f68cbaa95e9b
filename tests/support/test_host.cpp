// SPDX-License-Identifier: MIT
#include "support/test_host.hpp"

#include "support/heap_watch.hpp"

namespace dgauth::support {

Result<void> FakeConsole::write_out(std::string_view bytes) {
  const AmpleMemory ample;
  if (refuses_out) {
    return fail(ErrorKind::output, std::string(lost_output));
  }
  out += bytes;
  return {};
}

void FakeConsole::write_err(std::string_view bytes) {
  const AmpleMemory ample;
  err += bytes;
}

Result<void> FakeConsole::finish() {
  is_finished = true;
  return refuses_finish ? fail(ErrorKind::output, std::string(lost_output)) : Result<void>();
}

Result<Secret> FakeConsole::ask_secret(std::string_view prompt, const std::string& /*path*/) {
  prompts.emplace_back(prompt);
  while_typing();
  if (typed.empty()) {
    return Secret();
  }
  Secret line(typed.front());
  typed.pop_front();
  return line;
}

host::Host TestHost::host() {
  return {.console = console, .environment = host::Environment(variables), .clock = clock.clock()};
}

}  // namespace dgauth::support
