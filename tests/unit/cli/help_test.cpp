// SPDX-License-Identifier: MIT
#include "cli/help.hpp"

#include "support/printing.hpp"

namespace dgauth::cli {

TEST_CASE("cli::help_text tells a command's own options and those of every command") {
  const std::string help = help_text("grant");
  for (const std::string_view part : {"--var NAME", "-c,--config FILE", "-o takes token (default), json, "}) {
    CHECK(help.find(part) != std::string::npos);
  }
  CHECK(help.find("--auth") == std::string::npos);
  CHECK(help_text("").find("transcribe-file") != std::string::npos);
}

TEST_CASE("cli::help_text shows how to call a command with arguments") {
  CHECK(help_text("transcribe-url")
            .starts_with("Transcribe audio at URLs\n"
                         "Usage: dgauth transcribe-url [OPTIONS] [URL...]\n"
                         "\n"
                         "Arguments:\n"
                         "  URL ...                     Audio to transcribe\n"
                         "\n"
                         "Options:\n"));
}

}  // namespace dgauth::cli
