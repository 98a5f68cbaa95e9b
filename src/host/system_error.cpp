// SPDX-License-Identifier: MIT
#include "host/system_error.hpp"

#include <system_error>

#include "base/text.hpp"

namespace dgauth::host {

std::string system_error_text(int number) {
  const std::string text = std::generic_category().message(number);
  return text.empty() ? text : lower_case(text.substr(0, 1)) + text.substr(1);
}

}  // namespace dgauth::host
