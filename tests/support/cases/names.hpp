// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "support/cases/json.hpp"

namespace dgauth::cases {

std::string replaced(std::string text, std::string_view from, std::string_view to);

// The placeholders of one case and what they stand for. {jwt+60} is a token that expires 60 s after noon.
class Names {
 public:
  // `known` by name, without braces. {token} is added.
  explicit Names(std::map<std::string, std::string> known);

  const std::string& operator[](const std::string& name) const { return known_.at(name); }

  std::string expand(std::string text);
  // The same of a regular expression: the values stand for themselves in it.
  std::string expand_pattern(std::string pattern);
  // Of every string in `value`.
  JsonDocument expand_all(const Json& value);
  // A text as cases write it: a string or number, a list of texts, {"repeat": text, "times": n}, {"latin1": text}.
  std::string bytes_of(const Json& text);

  std::vector<std::string> tokens() const;

 private:
  void learn_moments(std::string_view text);

  std::map<std::string, std::string> known_;
};

// Of each way to write a secret - plain, in base64, URL-encoded - the first piece of eight characters that `text`
// holds.
std::vector<std::string> leaks_in(std::string_view text, const std::vector<std::string>& secrets);

}  // namespace dgauth::cases
