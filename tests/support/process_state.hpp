// SPDX-License-Identifier: MIT
#pragma once

#include <string>

#include <sys/stat.h>

// State of the whole process, changed for the length of a scope.
namespace dgauth::support {

class Umask {
 public:
  explicit Umask(mode_t mask) : before_(::umask(mask)) {}
  Umask(const Umask&) = delete;
  Umask& operator=(const Umask&) = delete;
  ~Umask() { ::umask(before_); }

 private:
  mode_t before_;
};

class TimeZone {
 public:
  explicit TimeZone(const char* name);
  TimeZone(const TimeZone&) = delete;
  TimeZone& operator=(const TimeZone&) = delete;
  ~TimeZone();

 private:
  bool was_set_;
  std::string before_;
};

class WorkingFolder {
 public:
  explicit WorkingFolder(const std::string& path);
  WorkingFolder(const WorkingFolder&) = delete;
  WorkingFolder& operator=(const WorkingFolder&) = delete;
  ~WorkingFolder();

 private:
  std::string before_;
};

// Another file as stdin (descriptor 0).
class Stdin {
 public:
  explicit Stdin(const std::string& path);
  Stdin(const Stdin&) = delete;
  Stdin& operator=(const Stdin&) = delete;
  ~Stdin();

 private:
  int before_;
};

}  // namespace dgauth::support
