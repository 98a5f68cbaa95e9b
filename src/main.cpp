// SPDX-License-Identifier: MIT
#include <exception>
#include <string>
#include <vector>

#include <unistd.h>

#include "cli/run.hpp"
#include "host/cleanup_on_signal.hpp"
#include "host/process.hpp"
#include "host/system_console.hpp"
#include "http/curl_client.hpp"

namespace {

// Where an exception cannot be thrown, for want of memory or since a library does not let it through.
[[noreturn]] void end_program() noexcept {
  dgauth::host::clean_up_now();
  dgauth::host::SystemConsole console;
  ::_exit(static_cast<int>(dgauth::cli::report_exception(console, false)));
}

// Before the objects of libraries are made, which takes memory, too.
[[gnu::constructor(101)]] void prepare_for_the_end() { std::set_terminate(end_program); }

}  // namespace

int main(int argc, char** argv) {
  dgauth::host::prepare_process();
  dgauth::host::SystemConsole console;
  try {
    const dgauth::host::Host host{.console = console,
                                  .environment = dgauth::host::Environment::of_process(environ),
                                  .clock = dgauth::host::system_clock()};
    const std::vector<std::string> args(argv + (argc > 0 ? 1 : 0), argv + argc);
    return static_cast<int>(dgauth::cli::run(args, host, dgauth::http::make_curl_client));
  } catch (...) {  // of a failed copy: run() lets none out
    return static_cast<int>(dgauth::cli::report_exception(console, false));
  }
}
