// SPDX-License-Identifier: MIT
#include "base/version.hpp"

namespace dgauth {

std::string_view version() { return DGAUTH_VERSION; }

}  // namespace dgauth
