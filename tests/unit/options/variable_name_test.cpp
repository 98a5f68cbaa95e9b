// SPDX-License-Identifier: MIT
#include "options/variable_name.hpp"

#include "support/printing.hpp"

namespace dgauth::options {

using namespace std::string_view_literals;

TEST_CASE("options::parse_variable_name takes what a shell does") {
  for (const std::string_view name :
       {"T", "_", "_1", "a", "DEEPGRAM_ACCESS_TOKEN", "camelCase9", "HOME_TOKEN", "MYPATH", "PATHS", "XLD_PRELOAD",
        "LD", "DYLD", "GITHUB", "RUNNER", "path", "Path", "ENVIRONMENT"}) {
    CAPTURE(name);
    CHECK(parse_variable_name(name) == std::string(name));
  }
}

TEST_CASE("options::parse_variable_name refuses what is no name, or changes how programs run") {
  for (const std::string_view name : {""sv,
                                      "1A"sv,
                                      "A-B"sv,
                                      "A B"sv,
                                      "A=B"sv,
                                      "A."sv,
                                      "$A"sv,
                                      "A;id"sv,
                                      "A\n"sv,
                                      "A\0"sv,
                                      "\xC3\x84"sv,
                                      " A"sv,
                                      "A "sv,
                                      "A'"sv,
                                      "PATH"sv,
                                      "HOME"sv,
                                      "IFS"sv,
                                      "ENV"sv,
                                      "BASH_ENV"sv,
                                      "PROMPT_COMMAND"sv,
                                      "NODE_OPTIONS"sv,
                                      "LD_PRELOAD"sv,
                                      "LD_LIBRARY_PATH"sv,
                                      "LD_"sv,
                                      "DYLD_INSERT_LIBRARIES"sv,
                                      "GITHUB_TOKEN"sv,
                                      "GITHUB_ENV"sv,
                                      "RUNNER_TEMP"sv}) {
    CAPTURE(name);
    const Result<std::string> result = parse_variable_name(name);
    REQUIRE_FALSE(result.has_value());
    CHECK(result.error().kind == ErrorKind::usage);
    CHECK_FALSE(result.error().message.empty());
  }
}

}  // namespace dgauth::options
