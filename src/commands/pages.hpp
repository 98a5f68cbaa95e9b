// SPDX-License-Identifier: MIT
#pragma once

#include <span>

#include "commands/command.hpp"

namespace dgauth::commands {

extern const Page program_page;  // dgauth as a whole: every status and every variable
extern const Page grant_page;
extern const Page header_page;
extern const Page transcribe_url_page;
extern const Page transcribe_file_page;
extern const Page check_page;
extern const Page config_page;
extern const Page cache_page;
extern const Page completion_page;

// Every variable that dgauth reads, in the order of the alphabet.
std::span<const options::Word> environment_variables();

// What `dgauth help` can tell of besides the commands; cli::topic_help has the texts.
std::span<const options::Word> help_topics();

}  // namespace dgauth::commands
