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
  return read_inputs(std::move(named), {.path = directory.file("list", content)}, "", soon()).value();
}

std::vector<std::string> null_separated(std::string_view content) {
  const support::TemporaryFolder directory;
  return read_inputs({}, {.path = directory.file("list", content), .is_null_separated = true}, "", soon()).value();
}

}  // namespace

TEST_CASE("transcription::read_inputs takes the command line, then the list, each input once") {
  using Inputs = std::vector<std::string>;
  CHECK(read_inputs({"b", "a", "b"}, {}, "", soon()).value() == Inputs{"b", "a"});
  CHECK(listed("a\r\n\r\n  \t\nb") == Inputs{"a", "b"});
  CHECK(listed("c\na\n", {"b", "a"}) == Inputs{"b", "a", "c"});
  CHECK(listed("\xEF\xBB\xBF"
               "a\r\n") == Inputs{"a"});
  CHECK(listed(" a b \t \n\tc\t\r\n") == Inputs{" a b", "\tc"});
  CHECK(listed("# all\na\n \t# some\n#b.wav\n./#c.wav\n#") == Inputs{"a", "./#c.wav"});
  CHECK(listed("\xEF\xBB\xBF# all\na #1\nhttps://x.example/#b") == Inputs{"a #1", "https://x.example/#b"});
  CHECK(listed("-\n") == Inputs{"-"});
  CHECK(listed("\n", {"a"}) == Inputs{"a"});
}

TEST_CASE("transcription::read_inputs: between NULs everything is part of a name") {
  using Inputs = std::vector<std::string>;
  CHECK(null_separated("a\0b\0"sv) == Inputs{"a", "b"});
  CHECK(null_separated("a\0\0#b\0 c \r\nd\t\0\xEF\xBB\xBF"
                       "e"sv) == Inputs{"a", "#b", " c \r\nd\t",
                                        "\xEF\xBB\xBF"
                                        "e"});
  CHECK(null_separated("a") == Inputs{"a"});
}

TEST_CASE("transcription::read_inputs: what cannot be a list, and two things that want stdin, are usage errors") {
  const support::TemporaryFolder directory;
  struct Row {
    std::vector<std::string> named;
    InputList list;
    std::string other_stdin, message, hint;
  };
  const Row rows[] = {
      {{}, {}, "", "no input given", "name it after the command, or use --from-file"},
      {{}, {directory.file("blank", "\n \n#a")}, "", "the --from-file list contains no input", ""},
      {{"a"},
       {directory.file("nul", "a\0b"sv)},
       "",
       "the --from-file list contains a NUL byte",
       "add --null if it comes from 'find -print0', else put one input on each line"},
      {{"a"},
       {directory.file("utf16",
                       "\xFF\xFE"
                       "a\0"sv)},
       "",
       "the --from-file list is encoded in UTF-16",
       "save it as UTF-8"},
      {{"a"},
       {directory.file("lines", "a\nb\n"), true},
       "",
       "the --from-file list contains no NUL byte",
       "leave out --null if it has one input on each line"},
      {{},
       {directory.file("dash", "a\n-\n")},
       "--api-key-file",
       "--api-key-file and - cannot both be read from stdin",
       ""},
      {{"-"}, {}, "--api-key-file", "--api-key-file and - cannot both be read from stdin", ""},
      {{"a"}, {"-"}, "--api-key-file", "--api-key-file and --from-file cannot both be read from stdin", ""},
      {{"a"},
       {directory.at("no-such-list")},
       "",
       "cannot read " + directory.at("no-such-list") + ": no such file or directory",
       ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.message);
    const auto inputs = read_inputs(row.named, row.list, row.other_stdin, soon());
    REQUIRE_FALSE(inputs.has_value());
    CHECK(inputs.error().kind == ErrorKind::usage);
    CHECK(inputs.error().message == row.message);
    CHECK(inputs.error().hint == row.hint);
  }
}

}  // namespace dgauth::transcription
