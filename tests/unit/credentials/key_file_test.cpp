// SPDX-License-Identifier: MIT
#include <fmt/format.h>

#include "credentials/api_key.hpp"
#include "support/printing.hpp"
#include "support/process_state.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_host.hpp"

namespace dgauth::credentials {
namespace {

using support::TemporaryFolder;
using support::TestHost;

Result<FoundSecret> found(const KeySearch& search, TestHost& world) {
  return find_api_key(search, world.host(), host::Messages(world.console, false, false));
}

}  // namespace

TEST_CASE("credentials::find_api_key: a mounted secret may be named by a relative path") {
  const TemporaryFolder directory;
  directory.file("key", "fake-key\n", 0444);
  const support::WorkingFolder here(directory.path());
  TestHost world;
  world.variables = {{"CREDENTIALS_DIRECTORY", directory.path()}};
  REQUIRE(found({"key", {}, false}, world).has_value());
  CHECK(world.console.err == "");
}

TEST_CASE("credentials::find_api_key: the advised command works for any name of a file") {
  const TemporaryFolder directory;
  const support::WorkingFolder here(directory.path());
  struct Row {
    std::string name;
    std::string_view advice;
  };
  for (const Row& row : {Row{"my key", "run chmod 600 'my key'"}, Row{"-k", "run chmod 600 ./-k"},
                         Row{"it's", "run chmod 600 'it'\\''s'"}, Row{"a.key", "run chmod 600 a.key"},
                         Row{"a\nb", "run chmod 600 with the name of this file"}}) {
    directory.file(row.name, "fake-key\n", 0644);
    TestHost world;
    REQUIRE(found({row.name, {}, false}, world).has_value());
    CHECK(world.console.err.ends_with(fmt::format("is readable by other users: {}\n", row.advice)));
  }
}

TEST_CASE("credentials::find_api_key: ~ is the shell's, and says so where no shell has seen it") {
  TestHost world;
  world.variables = {{"DEEPGRAM_API_KEY_FILE", "~/nowhere.key"}};
  const Result<FoundSecret> key = found({}, world);
  REQUIRE_FALSE(key.has_value());
  CHECK(key.error().hint == "~ is not expanded here: write the path in full");
  CHECK(found({"/nowhere.key", {}, false}, world).error().hint == "");
}

}  // namespace dgauth::credentials
