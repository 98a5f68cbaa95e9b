// SPDX-License-Identifier: MIT
#include "host/run_command.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string_view>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <spawn.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/shown.hpp"
#include "host/bounded_reader.hpp"
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

// Owns a child that leads a process group: kills the group unless the child has exited.
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
    int status = 0;
    if (!has_exited_ && ::waitpid(pid_, &status, WNOHANG | WUNTRACED) == pid_) {
      const bool is_stopped = WIFSTOPPED(status);
      wants_terminal_ = is_stopped && (WSTOPSIG(status) == SIGTTIN || WSTOPSIG(status) == SIGTTOU);
      has_exited_ = !is_stopped;
      status_ = status;
    }
    return has_exited_;
  }
  // Whether it was stopped since it uses the terminal, which belongs to another process group. It will not go on.
  bool wants_terminal() const { return wants_terminal_; }
  // Of a child that has exited.
  int status() const { return status_; }

 private:
  pid_t pid_;
  int status_ = 0;
  bool has_exited_ = false;
  bool wants_terminal_ = false;
};

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

// What posix_spawn does in the child: a process group of its own, stdin from /dev/null, stdout to `out`, and the
// signals as a program expects them.
class SpawnSettings {
 public:
  SpawnSettings(int out, const sigset_t& mask) {
    ::posix_spawn_file_actions_init(&actions_);
    ::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    ::posix_spawn_file_actions_adddup2(&actions_, out, STDOUT_FILENO);
#ifdef __linux__
    // libcurl's descriptors, and whatever our caller left open.
    ::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1);
#endif
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    ::posix_spawnattr_setpgroup(&attributes_, 0);
    sigset_t ignored_by_us;
    ::sigemptyset(&ignored_by_us);
    ::sigaddset(&ignored_by_us, SIGPIPE);
    ::sigaddset(&ignored_by_us, SIGXFSZ);
    ::posix_spawnattr_setsigdefault(&attributes_, &ignored_by_us);
    ::posix_spawnattr_setsigmask(&attributes_, &mask);
  }
  ~SpawnSettings() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  const posix_spawn_file_actions_t* actions() const { return &actions_; }
  const posix_spawnattr_t* attributes() const { return &attributes_; }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

tl::unexpected<Error> cannot_run(const std::string& program, int reason) {
  return fail(ErrorKind::config, fmt::format("cannot run {}: {}", shown_path(program), system_error_text(reason)));
}

struct Program {
  std::string path{};
  int reason = ENOENT;  // why there is none, if `path` is empty
};

// What `name` means: a path if it has a slash, else the first program of that name in PATH. Places in PATH that depend
// on the current directory are passed over.
Program find_program(const std::string& name) {
  if (name.find('/') != std::string::npos) {
    return {.path = name};
  }
  const char* const variable = ::getenv("PATH");
  std::string_view places = variable == nullptr ? "/usr/bin:/bin" : variable;
  Program program;
  while (!places.empty()) {
    const std::string_view place = places.substr(0, places.find(':'));
    places.remove_prefix(std::min(place.size() + 1, places.size()));
    std::string path = fmt::format("{}/{}", place, name);
    struct stat status {};
    if (!place.starts_with('/') || ::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) {
      continue;
    }
    if (::access(path.c_str(), X_OK) == 0) {
      return {.path = std::move(path)};
    }
    program.reason = EACCES;
  }
  return program;
}

// The id of the new process, which kill_running_group kills from its first moment on.
Result<pid_t> start(const std::vector<std::string>& argv, int out) {
  const Program program = find_program(argv.front());
  if (program.path.empty()) {
    return cannot_run(argv.front(), program.reason);
  }
  std::vector<char*> words;
  for (const std::string& word : argv) {
    words.push_back(const_cast<char*>(word.c_str()));
  }
  words.push_back(nullptr);

  const BlockSignals block_signals;  // until running_group is set
  const SpawnSettings settings(out, block_signals.before());
  pid_t pid = 0;
  const int error =
      ::posix_spawn(&pid, program.path.c_str(), settings.actions(), settings.attributes(), words.data(), environ);
  if (error != 0) {
    return cannot_run(argv.front(), error);
  }
  running_group = pid;
  return pid;
}

// What the child prints until it exits, has printed more than `limit`, or the deadline has come.
CommandOutput read_until_exit(Child& child, int descriptor, std::size_t limit, steady_clock::time_point deadline) {
  ::fcntl(descriptor, F_SETFL, O_NONBLOCK);
  BoundedReader reader(descriptor, limit);
  ReadStatus last = ReadStatus::none_yet;
  while (!child.has_exited() && !child.wants_terminal() && reader.is_whole() && steady_clock::now() < deadline) {
    const auto next_check = std::min(deadline, steady_clock::now() + exit_check_interval);
    if (last == ReadStatus::none_yet) {
      wait_readable(descriptor, next_check);
      last = reader.read_available();
    } else {
      std::this_thread::sleep_until(next_check);
    }
  }
  reader.read_available();
  return {.out = reader.content(), .is_whole = reader.is_whole()};
}

std::string ending_of(int status) {
  return WIFSIGNALED(status) ? fmt::format("was ended by signal {}", WTERMSIG(status))
                             : fmt::format("exited with status {}", WEXITSTATUS(status));
}

}  // namespace

Result<void> check_program(const std::string& program) {
  const Program found = find_program(program);
  if (found.path.empty()) {
    return cannot_run(program, found.reason);
  }
  return ::access(found.path.c_str(), X_OK) == 0 ? Result<void>() : cannot_run(program, errno);
}

Result<CommandOutput> run_command(const std::vector<std::string>& argv, std::chrono::milliseconds timeout,
                                  std::size_t limit) {
  const auto deadline = steady_clock::now() + timeout;
  const CleanupOnSignal kill_child_on_signal(kill_running_group);
  Pipe out = make_pipe();
  if (!out.read_end) {
    return cannot_run(argv.front(), errno);
  }
  TRY_ASSIGN(const pid_t pid, start(argv, out.write_end.get()));
  Child child(pid);
  out.write_end.close();

  CommandOutput output = read_until_exit(child, out.read_end.get(), limit, deadline);
  if (!output.is_whole) {
    return output;
  }
  if (child.wants_terminal()) {
    return fail(ErrorKind::config,
                fmt::format("{} asks on the terminal, which is not available to it", shown_path(argv.front())));
  }
  if (!child.has_exited()) {
    return fail(ErrorKind::config, fmt::format("{} did not exit within {} s", shown_path(argv.front()),
                                               std::chrono::ceil<std::chrono::seconds>(timeout).count()));
  }
  if (child.status() != 0) {
    return fail(ErrorKind::config, fmt::format("{} {}", shown_path(argv.front()), ending_of(child.status())));
  }
  return output;
}

}  // namespace dgauth::host
