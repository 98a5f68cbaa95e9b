// SPDX-License-Identifier: MIT
#include <algorithm>
#include <filesystem>

#include "fuzz/targets.hpp"
#include "support/printing.hpp"
#include "support/temporary_folder.hpp"

// Replays the corpus of the fuzzers. A broken promise ends the program: the case is the last that was told.
namespace dgauth::fuzz {

TEST_CASE("fuzz: every target takes its corpus, and every beginning of each file, promise 27") {
  for (const Target& target : targets) {
    CAPTURE(target.name);
    const std::filesystem::path directory = std::filesystem::path(DGAUTH_TESTS_DIR) / "fuzz/corpus" / target.name;
    int files = 0;
    for (const auto& file : std::filesystem::directory_iterator(directory)) {
      const std::string path = file.path().string();
      CAPTURE(path);
      const std::string bytes = support::content_of(path);
      CHECK(bytes.size() <= 2000);
      for (std::size_t size = 0; size <= bytes.size(); ++size) {
        target.run(std::string(bytes, 0, size));
      }
      CHECK(target.run(bytes) == 0);
      ++files;
    }
    CHECK(files >= 5);
  }
}

TEST_CASE("fuzz: every folder of the corpus belongs to a target") {
  for (const auto& directory : std::filesystem::directory_iterator(DGAUTH_TESTS_DIR "/fuzz/corpus")) {
    const std::string name = directory.path().filename().string();
    CAPTURE(name);
    CHECK(std::ranges::find(targets, std::string_view(name), &Target::name) != targets.end());
  }
}

}  // namespace dgauth::fuzz
