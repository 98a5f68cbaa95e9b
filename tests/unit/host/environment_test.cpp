// SPDX-License-Identifier: MIT
#include "host/environment.hpp"

#include <array>

#include "support/printing.hpp"

namespace dgauth::host {

TEST_CASE("host::Environment: an empty variable counts as unset, and can be told from one") {
  const Environment environment({{"SET", "value"}, {"EMPTY", ""}});
  CHECK(environment.get("SET") == "value");
  CHECK(environment.get("EMPTY") == "");
  CHECK(environment.get("MISSING") == "");
  CHECK_FALSE(environment.is_set_but_empty("SET"));
  CHECK(environment.is_set_but_empty("EMPTY"));
  CHECK_FALSE(environment.is_set_but_empty("MISSING"));
  CHECK(environment.get("set") == "");
}

TEST_CASE("host::Environment::of_process copies NAME=value") {
  constexpr std::array<const char*, 7> variables = {
      "A=1", "EMPTY=", "URL=https://h.example/?a=b", "NO_EQUALS", "=x", "B= two words ", nullptr};
  const Environment environment = Environment::of_process(variables.data());
  CHECK(environment.get("A") == "1");
  CHECK(environment.is_set_but_empty("EMPTY"));
  CHECK(environment.get("URL") == "https://h.example/?a=b");
  CHECK(environment.get("B") == " two words ");
  CHECK(environment.get("NO_EQUALS") == "");
}

}  // namespace dgauth::host
