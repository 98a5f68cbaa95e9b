// SPDX-License-Identifier: MIT
#include "transcription/input_list.hpp"

#include <chrono>

#include "support/printing.hpp"

#include "support/temporary_folder.hpp"

namespace dgauth::transcription {
namespace {

using namespace std::string_view_literals;

std::chrono::steady_clock::time_point soon() { return std::chrono::steady_clock::now() + std::chrono::seconds(20); }

std::vector<std::string> listed(std::string_view content, std::vector<std::string> named = {}) {
  const support::TemporaryFolder directory;
  return read_inputs(std::move(named), directory.file("list", content), "", soon()).value();
}

}  // namespace

TEST_CASE("transcription::read_inputs takes the command line, then the list, each input once") {
  using Inputs = std::vector<std::string>;
  CHECK(read_inputs({"b", "a", "b"}, "", "", soon()).value() == Inputs{"b", "a"});
  CHECK(listed("a\r\n\r\n  \t\nb") == Inputs{"a", "b"});
  CHECK(listed("c\na\n", {"b", "a"}) == Inputs{"b", "a", "c"});
  CHECK(listed("\xEF\xBB\xBF"
               "a\r\n") == Inputs{"a"});
  CHECK(listed(" a b \n") == Inputs{" a b "});
  CHECK(listed("-\n") == Inputs{"-"});
  CHECK(listed("\n", {"a"}) == Inputs{"a"});
}

TEST_CASE("transcription::read_inputs: what cannot be a list, and two things that want stdin, are usage errors") {
  const support::TemporaryFolder directory;
  struct Row {
    std::vector<std::string> named;
    std::string from_file;
    std::string other_stdin, message;
  };
  const Row rows[] = {
      {{}, "", "", "there is nothing to transcribe"},
      {{}, directory.file("blank", "\n \n"), "", "there is nothing to transcribe"},
      {{"a"}, directory.file("nul", "a\0b"sv), "", "the list of --from-file holds a NUL"},
      {{}, directory.file("dash", "a\n-\n"), "--api-key-file", "--api-key-file and - cannot both be read from stdin"},
      {{"-"}, "", "--api-key-file", "--api-key-file and - cannot both be read from stdin"},
      {{"a"}, "-", "--api-key-file", "--api-key-file and --from-file cannot both be read from stdin"},
      {{"a"},
       directory.at("no-such-list"),
       "",
       "cannot read " + directory.at("no-such-list") + ": no such file or directory"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const auto inputs = read_inputs(row.named, row.from_file, row.other_stdin, soon());
    REQUIRE_FALSE(inputs.has_value());
    CHECK(inputs.error().kind == ErrorKind::usage);
    CHECK(inputs.error().message == row.message);
  }
}

}  // namespace dgauth::transcription
