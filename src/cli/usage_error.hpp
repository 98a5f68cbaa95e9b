// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.hpp"
#include "commands/command.hpp"
#include "options/declaration.hpp"

namespace dgauth::cli {

// An option that the command line may hold, and how often it does.
struct KnownOption {
  const options::Option* option = nullptr;
  std::size_t count = 0;
  const commands::Command* command = nullptr;  // whose it is; nullptr: every command's
};

// A command line that the parser refused.
struct RefusedLine {
  const std::vector<std::string>& args;
  std::vector<KnownOption> known;              // of every command, then of the one that was met
  std::vector<std::string> left_over;          // the words that are neither options, nor values, nor arguments
  const commands::Command* command = nullptr;  // the one that was met; nullptr: none
};

// The hint that names the help of `command`, or of the options of every command for nullptr.
std::string help_hint(const commands::Command* command);

// What is wrong with it, in our words: the parser's repeat what was typed.
Error usage_error(const RefusedLine& line);

// Whether `text` begins with a dash, also one of those that web pages and word processors put in place of `-`. Not `-`
// alone.
bool begins_with_dash(std::string_view text);

// `word` is one argument too many of `command`.
Error unexpected_argument(std::string_view word, const commands::Command& command);

// `word` is where an argument can be, and begins with a dash: one too many, or one that a word processor made.
Error dashed_argument(std::string_view word);

// What is wrong where `args` give a flag a value, which the parser lets pass for some values. nullopt if they do not.
// The flags are those of `command`, or of every command for nullptr.
std::optional<Error> flag_with_value(const std::vector<std::string>& args, const options::Declaration& declaration,
                                     const commands::Command* command);

}  // namespace dgauth::cli
