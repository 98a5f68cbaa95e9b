// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dgauth {

// `line`, in which a CI runner finds no command to itself. GitHub's runner looks for `::` behind any white space at the
// start of a line, it and Azure's agent for `##[` and `##vso[` anywhere in it; both overlook characters that do not
// show. Such a mark gets a blank behind its first character: `: :error::`, `# #[error]`.
std::string without_workflow_commands(std::string_view line);

}  // namespace dgauth
