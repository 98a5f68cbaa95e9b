// SPDX-License-Identifier: MIT
#include "host/system_error.hpp"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

#include "base/shown.hpp"
#include "base/text.hpp"

namespace dgauth::host {

std::string system_error_text(int number) {
  const std::string text = std::generic_category().message(number);
  return text.empty() ? text : lower_case(text.substr(0, 1)) + text.substr(1);
}

tl::unexpected<Error> system_failure(ErrorKind kind, std::string_view what, const std::string& path) {
  const int reason = errno;
  return fail(kind, fmt::format("cannot {} {}: {}", what, shown_path(path), system_error_text(reason)));
}

}  // namespace dgauth::host
