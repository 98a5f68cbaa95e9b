// SPDX-License-Identifier: MIT
#include "host/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

#include "host/cleanup_on_signal.hpp"
#include "host/descriptor.hpp"
#include "host/system_error.hpp"

namespace dgauth::host {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::milliseconds exit_check_interval{10};

volatile sig_atomic_t running_group = 0;

// Async-signal-safe.
void kill_running_group() {
  if (running_group != 0) {
    ::kill(-running_group, SIGKILL);
  }
}

// A child in a process group of its own, which goes with this object.
class Child {
 public:
  explicit Child(pid_t pid) : pid_(pid) {}
  ~Child() {
    if (!has_exited_) {
      ::kill(-pid_, SIGKILL);
      while (::waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
      }
    }
    running_group = 0;
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  bool has_exited() {
    has_exited_ = has_exited_ || ::waitpid(pid_, &status_, WNOHANG) == pid_;
    return has_exited_;
  }
  // Of a child that has exited.
  int status() const { return status_; }

 private:
  pid_t pid_;
  int status_ = 0;
  bool has_exited_ = false;
};

// In the child, between fork and exec: nothing but async-signal-safe calls. Tells `failure` why exec did not happen.
[[noreturn]] void exec_child(char* const* argv, int out, int failure) {
  ::setpgid(0, 0);
  ::signal(SIGPIPE, SIG_DFL);
  ::signal(SIGXFSZ, SIG_DFL);
  const int null = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (null >= 0 && ::dup2(null, STDIN_FILENO) >= 0 && ::dup2(out, STDOUT_FILENO) >= 0) {
    ::execvp(argv[0], argv);
  }
  const int reason = errno;
  [[maybe_unused]] const ssize_t told = ::write(failure, &reason, sizeof reason);
  ::_exit(127);
}

struct Pipe {
  Descriptor read_end;
  Descriptor write_end;
};

Pipe make_pipe() {
  std::array<int, 2> ends = {-1, -1};
#ifdef __linux__
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return {};
  }
#else
  if (::pipe(ends.data()) != 0) {
    return {};
  }
  ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
  ::fcntl(ends[1], F_SETFD, FD_CLOEXEC);
#endif
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

// The id of the new process, or -1: errno says why. From its first moment on it goes with this process.
pid_t start(char* const* argv, const Pipe& out, const Pipe& failure) {
  const BlockSignals block_signals;
  const pid_t pid = ::fork();
  if (pid == 0) {
    block_signals.restore();
    exec_child(argv, out.write_end.get(), failure.write_end.get());
  }
  if (pid > 0) {
    ::setpgid(pid, pid);  // also done by the child: whoever comes first
    running_group = pid;
  }
  return pid;
}

// Reads what is there without waiting. False at the end, or when `bytes` is full.
bool read_available(int descriptor, std::vector<char, WipingAllocator<char>>& bytes, std::size_t& size) {
  while (size < bytes.size()) {
    const ssize_t got = ::read(descriptor, bytes.data() + size, bytes.size() - size);
    if (got > 0) {
      size += static_cast<std::size_t>(got);
    } else if (got == 0) {
      return false;
    } else if (errno != EINTR) {
      return errno == EAGAIN;
    }
  }
  return false;
}

// What the child prints until it exits, has printed more than `limit`, or the deadline has come.
CommandOutput read_until_exit(Child& child, int descriptor, std::size_t limit, steady_clock::time_point deadline) {
  ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
  std::vector<char, WipingAllocator<char>> bytes(limit + 1);
  std::size_t size = 0;
  bool may_come_more = true;
  while (!child.has_exited() && size <= limit && steady_clock::now() < deadline) {
    const auto next_check = std::min(deadline, steady_clock::now() + exit_check_interval);
    if (may_come_more) {
      wait_readable(descriptor, next_check);
      may_come_more = read_available(descriptor, bytes, size);
    } else {
      std::this_thread::sleep_until(next_check);
    }
  }
  if (may_come_more) {
    read_available(descriptor, bytes, size);
  }
  return {.out = Secret({bytes.data(), std::min(size, limit)}), .is_whole = size <= limit};
}

std::string ending_of(int status) {
  return WIFSIGNALED(status) ? fmt::format("was ended by signal {}", WTERMSIG(status))
                             : fmt::format("ended with status {}", WEXITSTATUS(status));
}

}  // namespace

void prepare_process() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(number, F_GETFD) < 0) {
      // The lowest free number is taken, which is this one.
      if (::open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY) != number) {
        ::_exit(EXIT_FAILURE);  // nothing safe can be done, not even say so
      }
    }
  }
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);  // so is a file that grows past its limit
  const rlimit none{0, 0};
  ::setrlimit(RLIMIT_CORE, &none);
#ifdef __linux__
  ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

void allow_many_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
#ifdef __APPLE__
    files.rlim_cur = std::min<rlim_t>(OPEN_MAX, files.rlim_max);  // no more, says its manual
#else
    files.rlim_cur = files.rlim_max;
#endif
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
}

Result<CommandOutput> run_command(const std::vector<std::string>& argv, std::chrono::seconds timeout,
                                  std::size_t limit) {
  const auto deadline = steady_clock::now() + timeout;
  std::vector<char*> words;
  for (const std::string& word : argv) {
    words.push_back(const_cast<char*>(word.c_str()));
  }
  words.push_back(nullptr);

  const CleanupOnSignal kill_child_on_signal(kill_running_group);
  Pipe out = make_pipe();
  Pipe failure = make_pipe();
  const pid_t pid = out.read_end && failure.read_end ? start(words.data(), out, failure) : -1;
  if (pid < 0) {
    return fail(ErrorKind::config, fmt::format("cannot run {}: {}", argv[0], system_error_text(errno)));
  }
  Child child(pid);
  out.write_end.close();
  failure.write_end.close();
  int reason = 0;
  if (::read(failure.read_end.get(), &reason, sizeof reason) == sizeof reason) {
    return fail(ErrorKind::config, fmt::format("cannot run {}: {}", argv[0], system_error_text(reason)));
  }

  CommandOutput output = read_until_exit(child, out.read_end.get(), limit, deadline);
  if (!output.is_whole) {
    return output;
  }
  if (!child.has_exited()) {
    return fail(ErrorKind::config, fmt::format("{} did not end within {} s", argv[0], timeout.count()));
  }
  if (child.status() != 0) {
    return fail(ErrorKind::config, fmt::format("{} {}", argv[0], ending_of(child.status())));
  }
  return output;
}

}  // namespace dgauth::host
