// SPDX-License-Identifier: MIT
#include "host/environment.hpp"

#include <array>

#include "support/heap_watch.hpp"
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

TEST_CASE("host::Environment wipes its copies, promise 26") {
  constexpr std::string_view keys[] = {"short-key", "fake0key0of0no0account0for0unit0tests0ab"};
  for (const std::string_view key : keys) {
    const std::string line = "K=" + std::string(key);
    const std::array<const char*, 2> variables = {line.c_str(), nullptr};
    const support::HeapWatch watch(key);
    {
      const Environment environment = Environment::of_process(variables.data());
      const Environment copy = environment;
      CHECK(copy.get("K").size() == key.size());
    }
    CHECK(watch.blocks_freed() > 0);
    CHECK(watch.blocks_with_word() == 0);
  }
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
