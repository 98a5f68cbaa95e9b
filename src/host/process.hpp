// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace dgauth::host {

// To be called first in main. Fills descriptors 0 to 2 if they are closed, so that no file or socket becomes stdout
// (writing to a filled stdout fails); makes a closed pipe and a file that is too large errors of write instead of
// signals; makes it possible to wait for children; and prevents core dumps and, where the system allows it, that other
// processes of the user read this one's memory.
void prepare_process();

// For its lifetime this process has no environment variable `name`; children that are started then have none either.
class HiddenVariable {
 public:
  explicit HiddenVariable(const char* name);
  ~HiddenVariable();
  HiddenVariable(const HiddenVariable&) = delete;
  HiddenVariable& operator=(const HiddenVariable&) = delete;

 private:
  const char* name_;
  std::optional<std::string> value_;
};

// Raises the limit on open files as far as the system allows.
void allow_many_files();

// How many more files this process can open; counts no further than `enough`.
int free_descriptors(int enough);

}  // namespace dgauth::host
