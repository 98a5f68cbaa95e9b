// SPDX-License-Identifier: MIT
#include "host/system_console.hpp"

#include <optional>

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "host/bounded_reader.hpp"
#include "host/descriptor.hpp"
#include "host/echo_off.hpp"
#include "host/open_path.hpp"
#include "host/system_error.hpp"

namespace dgauth::host {
namespace {

constexpr std::size_t longest_line = 4098;  // one byte more than the longest key and its newline
constexpr std::size_t usual_columns = 80;

}  // namespace

Result<void> SystemConsole::write_out(std::string_view bytes) {
  if (!write_all(STDOUT_FILENO, bytes)) {
    return system_failure(ErrorKind::output, "write to", "stdout");
  }
  return {};
}

void SystemConsole::write_err(std::string_view bytes) { write_all(STDERR_FILENO, bytes); }

Result<void> SystemConsole::finish() {
  // Some file systems report a full disk only on close. Descriptor 1 stays open, so that nothing else becomes stdout.
  Descriptor copy(::dup(STDOUT_FILENO));
  if (copy && !copy.close()) {
    return system_failure(ErrorKind::output, "write to", "stdout");
  }
  return {};
}

bool SystemConsole::in_is_terminal() const { return ::isatty(STDIN_FILENO) == 1; }
bool SystemConsole::out_is_terminal() const { return ::isatty(STDOUT_FILENO) == 1; }
bool SystemConsole::err_is_terminal() const { return ::isatty(STDERR_FILENO) == 1; }

std::size_t SystemConsole::out_columns() const {
  winsize size{};
  return ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0 ? size.ws_col : usual_columns;
}

bool SystemConsole::is_terminal(const std::string& path) const {
  if (const std::optional<int> number = descriptor_named(path)) {
    return ::isatty(*number) == 1;
  }
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0 || !S_ISCHR(status.st_mode)) {  // opening a pipe could wake its writer
    return false;
  }
  const Descriptor device = open_path(path, O_RDONLY | O_NONBLOCK | O_NOCTTY);
  return device && ::isatty(device.get()) == 1;
}

Result<Secret> SystemConsole::ask_secret(std::string_view prompt, const std::string& path) {
  const Descriptor terminal = open_path(path, O_RDWR | O_NOCTTY);
  BoundedReader line(terminal.get(), longest_line);
  ReadStatus status = ReadStatus::failed;
  {
    const EchoOff echo_off(terminal.get(), prompt);
    if (!echo_off) {
      return fail(ErrorKind::no_credential, "cannot switch off the echo of the terminal, so no key is read from it",
                  "pipe the key in, or name a file with --api-key-file");
    }
    write_err(prompt);
    status = line.read();  // a terminal gives one line at a time
    write_err("\n");
  }
  if (status == ReadStatus::failed || status == ReadStatus::none_yet) {
    return system_failure(ErrorKind::no_credential, "read", path);
  }
  return line.content();
}

}  // namespace dgauth::host
