// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "commands/pages.hpp"

// Text set for a terminal of 80 columns, each line ended by a newline.
namespace dgauth::cli {

// The paragraphs of `text` wrapped, each line after `indent` spaces. What is literal loses its backticks and is kept
// on one line; a line to type, which begins with dgauth, is in quotes instead.
std::string wrapped(std::string_view text, std::size_t indent);

struct Entry {
  std::string name;
  std::string_view text;
};

// The names in one column, the texts wrapped in a second one.
std::string table(std::span<const Entry> entries);

// Each name on a line of its own, the text wrapped below it.
std::string definitions(std::span<const Entry> entries);

// "-m, --model NAME".
std::string option_name(const options::Option& option);

// Each status with what it means.
std::string status_table(std::span<const commands::StatusMeaning> statuses);

// A line with `title`, and an empty one before it.
std::string heading(std::string_view title);

}  // namespace dgauth::cli
