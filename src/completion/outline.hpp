// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "options/declaration.hpp"

// Completion scripts, made from what the commands declare.
namespace dgauth::completion {

// A command as a completion script knows it.
struct CommandOutline {
  std::string_view name;
  std::string_view summary;
  std::span<const options::Word> formats{};  // of -o
  options::Declaration declaration{};        // its own options and arguments
  bool takes_global_options = true;
};

struct Outline {
  options::Declaration global;  // the options of every command
  std::vector<CommandOutline> commands{};
};

// The text of a completion script, which needs nothing but its shell.
std::string bash_script(const Outline& outline);
std::string zsh_script(const Outline& outline);
std::string fish_script(const Outline& outline);

// An option or an argument, with all commands that have just this one.
struct Shared {
  const options::Option* option = nullptr;
  std::vector<std::string_view> commands;
};

// The options, or the arguments, that are the commands' own, in the order of their declaration.
std::vector<Shared> shared_options(const Outline& outline);
std::vector<Shared> shared_arguments(const Outline& outline);

// Every format of a command once.
std::vector<options::Word> all_formats(const Outline& outline);

// The names of an option: "-c" and "--config".
std::vector<std::string_view> names_of(const options::Option& option);
std::vector<std::string_view> names_of(std::span<const options::Word> words);

// "a b c".
std::string joined(std::span<const std::string_view> words, std::string_view separator = " ");

// `words` on lines of at most 100 characters, each after the first behind `indent`, with `line_end` before each
// newline.
std::string wrapped(std::span<const std::string_view> words, std::string_view separator, std::string_view line_end,
                    std::string_view indent);

// `text` with a backslash before each of `special`.
std::string escaped(std::string_view text, std::string_view special);

}  // namespace dgauth::completion
