// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "support/cases/json.hpp"

namespace dgauth::cases {

// One run of dgauth and what is expected of it, as tests/cli/README.md describes it; `each` is put in already.
struct Case {
  JsonDocument json;

  std::string name() const { return string_of(*member(json, "name")); }
};

// The cases of a file. Throws std::runtime_error, naming the case, for a field that there is not or that only a process
// can show (`sandbox`, `tls`, `takes`, accidents of the wire), and for two cases of one name.
std::vector<Case> cases_of(std::string_view text);

}  // namespace dgauth::cases
