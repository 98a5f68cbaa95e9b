// SPDX-License-Identifier: MIT
#include "host/make_directory.hpp"

#include "support/printing.hpp"
#include "support/process_state.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::host {

using support::TemporaryFolder;

TEST_CASE("host::make_directory makes a private directory, and leaves one that is there") {
  const TemporaryFolder directory;
  {
    const support::Umask umask(0577);
    REQUIRE(make_directory(directory.at("new")).has_value());
  }
  CHECK(support::mode_of(directory.at("new")) == 0700);
  CHECK(make_directory(directory.at("new")).has_value());
  const Result<void> file = make_directory(directory.file("file", "x"));
  REQUIRE_FALSE(file.has_value());
  CHECK(file.error().kind == ErrorKind::usage);
  const Result<void> orphan = make_directory(directory.at("a/b"));
  REQUIRE_FALSE(orphan.has_value());
  CHECK(orphan.error().kind == ErrorKind::output);
}

}  // namespace dgauth::host
