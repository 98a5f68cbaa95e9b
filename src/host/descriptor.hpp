// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string_view>
#include <utility>

namespace dgauth::host {

// Owns an open file descriptor.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;
  ~Descriptor();

  int get() const { return number_; }
  explicit operator bool() const { return number_ >= 0; }
  // Closes it now. False if the system reports that earlier writes were lost.
  bool close();

 private:
  int number_ = -1;
};

// Writes all of `bytes`, and waits where `descriptor` does not block. False on failure: errno says why.
bool write_all(int descriptor, std::string_view bytes);

// Waits until `descriptor` can be read or is at its end. False if that has not come before `deadline`.
bool wait_readable(int descriptor, std::chrono::steady_clock::time_point deadline);

}  // namespace dgauth::host
