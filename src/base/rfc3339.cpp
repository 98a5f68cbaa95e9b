// SPDX-License-Identifier: MIT
#include "base/rfc3339.hpp"

#include <fmt/chrono.h>

namespace dgauth {

std::string rfc3339(std::chrono::system_clock::time_point time) {
  // Given a time_point, fmt 9 prints local time.
  return fmt::format("{:%FT%TZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(time)));
}

}  // namespace dgauth
