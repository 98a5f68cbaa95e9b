// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dgauth::cli {

// Whether `dgauth help WORD` shows a topic, one of commands::help_topics().
bool is_help_topic(std::string_view word);

// The text of a topic; of the first for a word that is not one.
std::string topic_help(std::string_view topic);

}  // namespace dgauth::cli
