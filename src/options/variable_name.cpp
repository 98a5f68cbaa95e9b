// SPDX-License-Identifier: MIT
#include "options/variable_name.hpp"

#include <algorithm>
#include <array>

namespace dgauth::options {
namespace {

constexpr std::array<std::string_view, 7> reserved = {"PATH",     "HOME",           "IFS",         "ENV",
                                                      "BASH_ENV", "PROMPT_COMMAND", "NODE_OPTIONS"};
constexpr std::array<std::string_view, 4> reserved_prefixes = {"LD_", "DYLD_", "GITHUB_", "RUNNER_"};

constexpr bool may_begin_name(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }
constexpr bool may_follow_in_name(char c) { return may_begin_name(c) || (c >= '0' && c <= '9'); }

}  // namespace

Result<std::string> parse_variable_name(std::string_view text) {
  if (text.empty() || !may_begin_name(text.front()) || !std::ranges::all_of(text, may_follow_in_name)) {
    return fail(ErrorKind::usage, "must be a variable name: letters, digits and _, and no digit first");
  }
  const bool is_reserved =
      std::ranges::find(reserved, text) != reserved.end() ||
      std::ranges::any_of(reserved_prefixes, [text](auto prefix) { return text.starts_with(prefix); });
  if (is_reserved) {
    return fail(ErrorKind::usage, "must not be a variable that changes how programs run", "choose another name");
  }
  return std::string(text);
}

}  // namespace dgauth::options
