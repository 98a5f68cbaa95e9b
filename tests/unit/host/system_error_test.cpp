// SPDX-License-Identifier: MIT
#include "host/system_error.hpp"

#include <cerrno>

#include "support/printing.hpp"

namespace dgauth::host {

TEST_CASE("host::system_failure names what failed, the path and errno's reason") {
  errno = ENOENT;
  const tl::unexpected<Error> failure = system_failure(ErrorKind::config, "read", "/a/b");
  CHECK(failure.value().kind == ErrorKind::config);
  CHECK(failure.value().message == "cannot read /a/b: no such file or directory");
}

TEST_CASE("host::system_failure does not repeat a secret in a path's place, promise 19") {
  errno = ENOENT;
  CHECK(system_failure(ErrorKind::output, "write", "-").value().message ==
        "cannot write stdin: no such file or directory");
  errno = ENOENT;
  const std::string pasted(40, 'a');
  CHECK(system_failure(ErrorKind::output, "write", pasted).value().message.find(pasted) == std::string::npos);
}

}  // namespace dgauth::host
