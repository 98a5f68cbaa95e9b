// SPDX-License-Identifier: MIT
#include "cli/version.hpp"

namespace dgauth::cli {

std::string_view version() { return DGAUTH_VERSION; }

}  // namespace dgauth::cli
