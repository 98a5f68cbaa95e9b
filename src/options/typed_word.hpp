// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "options/declaration.hpp"

// A word that was typed where only some are known. It may be a secret that slipped.
namespace dgauth::options {

// `word` in quotes if it is at most 16 of [a-z-], as names are; else `otherwise`.
std::string quoted_word(std::string_view word, std::string_view otherwise);

// "did you mean NAME?" for the one of `names` that is nearest to `word`, whatever its case, with `_` for `-`; empty if
// none is near.
std::string suggestion(std::string_view word, std::span<const std::string_view> names);
std::string suggestion(std::string_view word, std::span<const Word> words);

}  // namespace dgauth::options
