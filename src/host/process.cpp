// SPDX-License-Identifier: MIT
#include "host/process.hpp"

#include <algorithm>
#include <climits>
#include <csignal>
#include <cstdlib>

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

namespace dgauth::host {

void prepare_process() {
  for (const int number : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
    if (::fcntl(number, F_GETFD) < 0) {
      // The lowest free number is taken, which is this one.
      if (::open("/dev/null", number == STDERR_FILENO ? O_WRONLY : O_RDONLY) != number) {
        ::_exit(EXIT_FAILURE);  // nothing safe can be done, not even an error message
      }
    }
  }
  ::signal(SIGPIPE, SIG_IGN);
  ::signal(SIGXFSZ, SIG_IGN);
  ::signal(SIGCHLD, SIG_DFL);  // where it is ignored, as a parent may leave it, waitpid cannot tell how a child ended
  rlimit core{};
  ::getrlimit(RLIMIT_CORE, &core);
  core.rlim_cur = 0;  // the hard limit stays: children inherit it, and cannot raise it
  ::setrlimit(RLIMIT_CORE, &core);
#ifdef __linux__
  ::prctl(PR_SET_DUMPABLE, 0);
#endif
}

HiddenVariable::HiddenVariable(const char* name) : name_(name) {
  if (const char* const value = ::getenv(name)) {
    value_ = value;
    ::unsetenv(name);
  }
}

HiddenVariable::~HiddenVariable() {
  if (value_) {
    ::setenv(name_, value_->c_str(), 1);
  }
}

void allow_many_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) == 0) {
#ifdef __APPLE__
    files.rlim_cur = std::min<rlim_t>(OPEN_MAX, files.rlim_max);  // the most that setrlimit(2) accepts there
#else
    files.rlim_cur = files.rlim_max;
#endif
    ::setrlimit(RLIMIT_NOFILE, &files);
  }
}

int free_descriptors(int enough) {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0) {
    return enough;
  }
  int found = 0;
  for (rlim_t number = 0; number < files.rlim_cur && found < enough; ++number) {
    found += ::fcntl(static_cast<int>(number), F_GETFD) < 0 ? 1 : 0;
  }
  return found;
}

}  // namespace dgauth::host
