// SPDX-License-Identifier: MIT
#include "support/made_up.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/digest.hpp"

namespace dgauth::support {
namespace {

std::string base64url(std::string_view bytes) {
  std::string text(base64(bytes));
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  text.erase(text.find_last_not_of('=') + 1);
  return text;
}

}  // namespace

std::string jwt_with(std::string_view payload) {
  return fmt::format("{}.{}.{}", base64url(R"({"typ":"JWT","alg":"HS256"})"), base64url(payload),
                     base64url("fake signature"));
}

std::string jwt_expiring(std::chrono::seconds after_noon) {
  const auto expiry = std::chrono::duration_cast<std::chrono::seconds>((noon + after_noon).time_since_epoch());
  return jwt_with(fmt::format(R"({{"exp":{}}})", expiry.count()));
}

}  // namespace dgauth::support
