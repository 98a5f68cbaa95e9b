// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace dgauth::credentials {

// What is visibly not a secret, and why. Neither text repeats any of it.
struct Mistake {
  std::string what;  // a predicate: "contains a quotation mark"
  std::string hint;
};

// Whether something else was given in place of a secret, which messages call `noun` ("key", "token"): a line of a .env
// file, JSON, a template that was not filled in, a placeholder of a documentation, a secret that is still in quotes.
std::optional<Mistake> mistake_in(std::string_view text, std::string_view noun);

}  // namespace dgauth::credentials
