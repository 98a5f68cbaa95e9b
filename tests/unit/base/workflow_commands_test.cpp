// SPDX-License-Identifier: MIT
#include "base/workflow_commands.hpp"

#include <array>
#include <string_view>

#include "support/printing.hpp"

namespace dgauth {

TEST_CASE("without_workflow_commands leaves no mark that a runner would find") {
  struct Row {
    std::string_view line;
    std::string_view expected;
  };
  constexpr std::array rows = {
      Row{"", ""},
      Row{"plain", "plain"},
      Row{":", ":"},
      Row{"#[", "#["},
      Row{"::", ": :"},
      Row{"::error::x", ": :error::x"},
      Row{" \t::error::x", " \t: :error::x"},
      Row{"\xE3\x80\x80::x", "\xE3\x80\x80: :x"},  // U+3000
      Row{"\xEF\xBB\xBF::x", "\xEF\xBB\xBF: :x"},  // U+FEFF
      Row{":\xC2\xAD:x", ": \xC2\xAD:x"},          // U+00AD
      Row{"a ::error::", "a ::error::"},           // not at the start
      Row{"a ##[x", "a # #[x"},                    // anywhere
      Row{"a ##vso[x", "a # #vso[x"},              // anywhere
      Row{"##[##[", "# #[# #["},
      Row{"###[", "## #["},
      Row{"#\xE2\x80\x8D#[", "# \xE2\x80\x8D#["},        // U+200D
      Row{"##v\xE2\x81\xA0so[", "# #v\xE2\x81\xA0so["},  // U+2060
      Row{"## [", "## ["},
      Row{"\xFF::x", "\xFF::x"},  // no UTF-8, so no white space
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.line));
    CHECK(without_workflow_commands(row.line) == row.expected);
    CHECK(without_workflow_commands(row.expected) == row.expected);
  }
}

}  // namespace dgauth
