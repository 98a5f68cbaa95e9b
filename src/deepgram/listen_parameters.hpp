// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/url.hpp"

namespace dgauth::deepgram {

struct ListenParameter {
  std::string_view name;
  std::string_view meaning;  // in a few words
};

// The query parameters of POST /v1/listen, sorted by name. Source: deepgram-api-specs (openapi.yml).
std::span<const ListenParameter> listen_parameters();

// Whether it is one of those. The service may know more by now.
bool is_listen_parameter(std::string_view name);

// Warnings about `query`: one for each name that is not a documented parameter, with the one that may be meant.
std::vector<std::string> warnings_for(const http::Parameters& query);

}  // namespace dgauth::deepgram
