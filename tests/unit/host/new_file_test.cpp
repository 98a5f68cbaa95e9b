// SPDX-License-Identifier: MIT
#include "host/new_file.hpp"

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <vector>

#include <sys/stat.h>

#include "host/cleanup_on_signal.hpp"
#include "host/files.hpp"
#include "support/forked.hpp"
#include "support/printing.hpp"
#include "support/temporary_folder.hpp"

namespace dgauth::host {
namespace {

using support::TemporaryFolder;

}  // namespace

TEST_CASE("NewFile is there when it is finished, whole and private, and not before") {
  const TemporaryFolder directory;
  const mode_t umask_before = ::umask(0);
  Result<std::unique_ptr<NewFile>> file = NewFile::create(directory.at("a.txt"));
  ::umask(umask_before);
  REQUIRE(file.has_value());
  REQUIRE((*file)->write("first, ").has_value());
  REQUIRE((*file)->write("second").has_value());
  CHECK_FALSE(file_exists(directory.at("a.txt")));
  CHECK(directory.size() == 1);
  REQUIRE((*file)->finish().has_value());
  file->reset();
  CHECK(support::content_of(directory.at("a.txt")) == "first, second");
  CHECK(support::mode_of(directory.at("a.txt")) == 0600);
  CHECK(directory.size() == 1);
}

TEST_CASE("NewFile says whether only this file cannot be written") {
  const TemporaryFolder directory;
  REQUIRE(::mkdir(directory.at("taken").c_str(), 0700) == 0);
  const Result<std::unique_ptr<NewFile>> taken = NewFile::create(directory.at("taken"));
  REQUIRE(taken.has_value());
  const Result<void> renamed = (*taken)->finish();
  CHECK(renamed.error().kind == ErrorKind::output);
  CHECK(renamed.error().is_of_one_file);
  CHECK_FALSE(NewFile::create(directory.at("missing/a")).error().is_of_one_file);

  REQUIRE(::mkdir(directory.at("gone").c_str(), 0700) == 0);
  const Result<std::unique_ptr<NewFile>> lost = NewFile::create(directory.at("gone/a"));
  REQUIRE(lost.has_value());
  REQUIRE(std::filesystem::remove_all(directory.at("gone")) == 2);
  CHECK_FALSE((*lost)->finish().error().is_of_one_file);
}

TEST_CASE("NewFile that is not finished leaves what was there before") {
  const TemporaryFolder directory;
  directory.file("a.txt", "old");
  {
    const Result<std::unique_ptr<NewFile>> file = NewFile::create(directory.at("a.txt"));
    REQUIRE(file.has_value());
    REQUIRE((*file)->write("new").has_value());
  }
  CHECK(support::content_of(directory.at("a.txt")) == "old");
  CHECK(directory.size() == 1);
}

TEST_CASE("NewFile cannot be made in a folder that is not there") {
  const TemporaryFolder directory;
  const Result<std::unique_ptr<NewFile>> file = NewFile::create(directory.at("nowhere/a.txt"));
  REQUIRE_FALSE(file.has_value());
  CHECK(file.error().kind == ErrorKind::output);
}

TEST_CASE("NewFile that is being written is no leftover") {
  const TemporaryFolder directory;
  const Result<std::unique_ptr<NewFile>> file = NewFile::create(directory.at("a.txt"));
  REQUIRE(file.has_value());
  directory.file(".dgauth-killed", "half");
  REQUIRE(remove_unfinished_files(directory.path()).has_value());
  CHECK(directory.size() == 1);
  REQUIRE((*file)->write("whole").has_value());
  REQUIRE((*file)->finish().has_value());
  CHECK(support::content_of(directory.at("a.txt")) == "whole");
}

TEST_CASE("NewFile: a signal that ends the process removes all that are being written, promise 24") {
  const TemporaryFolder directory;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGQUIT}) {
    CAPTURE(signal);
    const support::ForkedEnd end = support::run_forked([&] {
      std::vector<std::unique_ptr<NewFile>> files;
      for (const std::string_view name : {"a", "b", "finished", "given up", "c"}) {
        files.push_back(NewFile::create(directory.at(name)).value());
        static_cast<void>(files.back()->write("half"));
      }
      static_cast<void>(files[2]->finish());
      files[3].reset();
      {
        const CleanupOnSignal another([] {});
      }
      ::raise(signal);
      return EXIT_SUCCESS;
    });
    CHECK(end.signal == signal);
    CHECK(support::content_of(directory.at("finished")) == "half");
    CHECK(directory.size() == 1);
  }
}

TEST_CASE("write_private_file removes what a killed run left of the same file, and nothing else") {
  const TemporaryFolder directory;
  const support::ForkedEnd end = support::run_forked([&] {
    const auto ours = NewFile::create(directory.at("a")).value();
    const auto others = NewFile::create(directory.at("b")).value();
    ::raise(SIGKILL);
    return EXIT_SUCCESS;
  });
  CHECK(end.signal == SIGKILL);
  REQUIRE(directory.size() == 2);
  const Result<std::unique_ptr<NewFile>> being_written = NewFile::create(directory.at("a"));
  REQUIRE(write_private_file(directory.at("a"), Secret(std::string_view("x"))).has_value());
  CHECK(directory.size() == 3);  // the file, that of b, and that which is being written
  CHECK(support::content_of(directory.at("a")) == "x");
  REQUIRE((*being_written)->finish().has_value());
}

TEST_CASE("remove_unfinished_files removes ours and nothing else") {
  const TemporaryFolder directory;
  directory.file(".dgauth-a1b2c3", "half");
  directory.file(".other", "x");
  directory.file("a.txt", "x");
  REQUIRE(remove_unfinished_files(directory.path()).has_value());
  CHECK_FALSE(file_exists(directory.at(".dgauth-a1b2c3")));
  CHECK(directory.size() == 2);
  CHECK_FALSE(remove_unfinished_files(directory.at("nowhere")).has_value());
}

}  // namespace dgauth::host
