// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/error.hpp"
#include "base/secret.hpp"

namespace dgauth::credentials {

// What a mint failed with, left for the processes that wait for its token.
struct MintFailure {
  std::int64_t serial = 0;  // from 1; each failure of the same token has another
  Error error;
};

// Whether another process that asks for the same token would be told the same: what the service decided about the key,
// but not what befell this process, its network or its time limit.
bool concerns_all(const Error& error);

// `{"serial","kind","message","hint","http_status","request_id"}`. It holds no secret, as no Error does.
std::string encode_failure(const MintFailure& failure);

// nullopt for anything else, a failure that does not concern all included.
std::optional<MintFailure> decode_failure(const Secret& text);

}  // namespace dgauth::credentials
