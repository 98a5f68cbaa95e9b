// SPDX-License-Identifier: MIT
#include <filesystem>

#include <doctest/doctest.h>

#include "cli/run.hpp"
#include "support/cases/verdict.hpp"
#include "support/temporary_folder.hpp"

// dgauth as a function against the cases that need no process, one file of cases/ a test.
#define CASES(stem) \
  TEST_CASE("cli::run: cases/" stem ".json") { dgauth::cases::check_cases(stem, dgauth::cli::run); }

CASES("base_url")
CASES("cache")
CASES("check_usage")
CASES("config")
CASES("config_command")
CASES("credentials")
CASES("dry_run")
CASES("errors_from_service")
CASES("github")
CASES("grant_formats")
CASES("grant_ttl")
CASES("header")
CASES("json_errors")
CASES("odd_replies")
CASES("out_file")
CASES("retries")
CASES("server_text")
CASES("transcribe_batch")
CASES("transcribe_file")
CASES("transcribe_url")
CASES("transcript_text")
CASES("usage")

TEST_CASE("cli::run: no file of cases/ is forgotten") {
  const std::string folder = std::string(DGAUTH_TESTS_DIR) + "/unit/cli";
  const std::string source = dgauth::support::content_of(folder + "/cases_test.cpp");
  for (const auto& entry : std::filesystem::directory_iterator(folder + "/cases")) {
    const std::string line = "CASES(\"" + entry.path().stem().string() + "\")";
    CAPTURE(line);
    CHECK(source.find(line) != std::string::npos);
  }
}
