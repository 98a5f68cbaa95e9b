// SPDX-License-Identifier: MIT
#include "output/dotenv.hpp"

#include <string>

#include "support/printing.hpp"

namespace dgauth::output {
namespace {

std::string with_token(std::string_view content) {
  return std::string(with_dotenv_line(content, "T", Secret("new")).reveal());
}

}  // namespace

TEST_CASE("output::with_dotenv_line sets the line of its name and leaves everything else as it is") {
  struct Row {
    std::string_view content, expected;
  };
  const Row rows[] = {
      {"", "T=new\n"},
      {"A=1\n", "A=1\nT=new\n"},
      {"A=1", "A=1\nT=new\n"},
      {"A=1\r\n", "A=1\r\nT=new\r\n"},
      {"A=1\r\nB=2", "A=1\r\nB=2\r\nT=new\r\n"},
      {"# c\n\nA=1\nT=old\nB=2\n", "# c\n\nA=1\nT=new\nB=2\n"},
      {"T=old", "T=new"},
      {"T=\nA=1", "T=new\nA=1"},
      {"T=old\r\nA=1\r\n", "T=new\r\nA=1\r\n"},
      {"export T=old\n", "export T=new\n"},
      {"  export\tT = 'old' # why\n", "  export\tT =new # why\n"},
      {"T=old # keep me\n", "T=new # keep me\n"},
      {"T=old#no comment\n", "T=new\n"},
      {"T= # c\n", "T=new # c\n"},
      {"T=old\rB=2\r", "T=new\rB=2\r"},
      {"T=1\nA=1\nT=2\n", "T=new\nA=1\nT=new\n"},
      {"TT=1\nXT=2\nexportT=3\nexport_T=4\n# T=5\nT\nA=T=6\n",
       "TT=1\nXT=2\nexportT=3\nexport_T=4\n# T=5\nT\nA=T=6\nT=new\n"},
      {"A=\"one\nT=inside\n\"\nT=old\n", "A=\"one\nT=inside\n\"\nT=new\n"},
      {"A='one\nT=inside'\n", "A='one\nT=inside'\nT=new\n"},
      {"A=\"one \\\" two\nT=inside\"\nT=old\n", "A=\"one \\\" two\nT=inside\"\nT=new\n"},
      {"A='back\\'\nT=old\n", "A='back\\'\nT=new\n"},
      {"T=\"old\nolder\" # c\nA=1\n", "T=new # c\nA=1\n"},
      {"A=\"never closed\nT=old\n", "A=\"never closed\nT=new\n"},
      {"A=it's\nT=old\nB=it's\n", "A=it's\nT=new\nB=it's\n"},
      {"# don't\nT=old\n", "# don't\nT=new\n"},
      {"\xEF\xBB\xBFT=old\n", "\xEF\xBB\xBFT=new\n"},
      {"\xEF\xBB\xBF", "\xEF\xBB\xBFT=new\n"},
      {"\n\n", "\n\nT=new\n"},
      {"export", "export\nT=new\n"},
      {"=\nT=\"", "=\nT=new"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.content);
    CHECK(with_token(row.content) == row.expected);
    CHECK(with_token(row.expected) == row.expected);
  }
}

TEST_CASE("output::has_api_key sees a key that would be lost") {
  const std::string key = "fa4e0003fa4e0003fa4e0003fa4e0003fa4e0003";
  for (const std::string& content : {"T=" + key + "\n", "A=1\nexport T=\"" + key + "\"\nB=2", "T='" + key + "' # c\n",
                                     "T=" + key + " # c\n", "T=x\nT=" + key + "\n"}) {
    CAPTURE(content);
    CHECK(has_api_key(content, "T"));
    CHECK_FALSE(has_api_key(content, "U"));
  }
  CHECK_FALSE(has_api_key("T=" + key + "0\n# T=" + key + "\nT=eyJ.eyJ.x\n", "T"));
}

}  // namespace dgauth::output
