// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace dgauth {

// `line`, changed so that a CI runner finds no command in it. GitHub's runner looks for `::` after any white space at
// the start of a line; it and Azure's agent look for `##[` and `##vso[` anywhere. Both ignore invisible characters.
// A space is put after the first character of such a mark: `: :error::`, `# #[error]`.
std::string without_workflow_commands(std::string_view line);

}  // namespace dgauth
