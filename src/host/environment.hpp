// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "base/wiping_allocator.hpp"

namespace dgauth::host {

// The environment variables at the start of the program. dgauth treats an empty variable as unset everywhere;
// is_set_but_empty exists so that a message can say so.
class Environment {
 public:
  using Variables = std::map<std::string, std::string, std::less<>>;

  Environment() = default;
  explicit Environment(const Variables& variables);
  // Copies a null-terminated array of `NAME=value`.
  static Environment of_process(const char* const* variables);

  // The value; empty if the variable is unset.
  std::string_view get(std::string_view name) const;
  bool is_set_but_empty(std::string_view name) const;

 private:
  // A value may be a key. A short one is inside the node of the map, which is wiped too.
  std::map<std::string, WipedString, std::less<>, WipingAllocator<std::pair<const std::string, WipedString>>>
      variables_;
};

}  // namespace dgauth::host
