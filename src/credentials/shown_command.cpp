// SPDX-License-Identifier: MIT
#include "credentials/shown_command.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/shown.hpp"

namespace dgauth::credentials {
namespace {

bool is_plain(char c) {
  const bool is_alphanumeric = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  return is_alphanumeric || std::string_view("/._-+,:@%=").find(c) != std::string_view::npos;
}

// `path` as an operand: quoted if a shell needs it, and never mistaken for an option.
std::string shell_operand(std::string_view path) {
  std::string operand = fmt::format("{}{}", path.starts_with('-') ? "./" : "", path);
  if (!operand.empty() && std::ranges::all_of(operand, is_plain)) {
    return operand;
  }
  std::string quoted = "'";
  for (const char c : operand) {
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return quoted + "'";
}

}  // namespace

std::string how_to_make_private(std::string_view path) {
  return shown_text(path) == path && shown_path(path) == path ? "run chmod 600 " + shell_operand(path)
                                                              : "run chmod 600 with the name of this file";
}

}  // namespace dgauth::credentials
