// SPDX-License-Identifier: MIT
#include <algorithm>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/early_options.hpp"
#include "cli/parser.hpp"
#include "cli/run.hpp"
#include "host/new_file.hpp"
#include "support/fake_client.hpp"
#include "support/heap_watch.hpp"
#include "support/printing.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_host.hpp"

// Every command with every allocation failing, one at a time, and for good: the right result, or status 1 with one
// line. libcurl's allocations are not among them: tests/cli/memory_test.py has those.
namespace dgauth::cli {
namespace {

using support::fake_key;
using Words = std::vector<std::string>;

constexpr std::size_t stride = 5;  // of failures for good, which end a run at the same places
constexpr std::size_t plenty = std::numeric_limits<std::size_t>::max();
constexpr std::string_view no_memory = "dgauth: error: out of memory\n";
constexpr std::string_view no_memory_json =
    R"({"error":{"kind":"internal","exit_status":1,"message":"out of memory","hint":null,"http_status":null,)"
    R"("request_id":null}})"
    "\n";
constexpr std::string_view fake_signature = "fake-signature-of-a-url";
constexpr std::string_view fake_token = "fake-token-that-nobody-may-see-in-part";

http::Response answered(const http::Request& request) {
  http::Response response;
  response.status = 200;
  if (request.url.find("/auth/grant") != std::string::npos) {
    response.body = fmt::format(R"({{"access_token":"{}","expires_in":60}})", fake_token);
  } else if (request.url.find("/listen") != std::string::npos && request.method == "POST") {
    response.body = R"({"metadata":{"request_id":"r"},"results":{"channels":[{"alternatives":[{"transcript":"hello",)"
                    R"("words":[{"word":"hello","start":0.1,"end":0.5}]}]}]}})";
  } else {
    response.status = 403;
    response.body = R"({"err_code":"INSUFFICIENT_PERMISSIONS","err_msg":"not allowed","request_id":"r"})";
  }
  return response;
}

struct Run {
  ExitStatus status{};
  std::string out;
  std::string err;
  bool was_short_of_memory = false;
  std::size_t granted = 0;  // allocations
};

// The words in a directory of their own, `FOLDER` in them replaced by it.
Run run(Words words, const std::string& directory, std::size_t nth, bool for_good) {
  for (std::string& word : words) {
    if (const std::size_t at = word.find("FOLDER"); at != std::string::npos) {
      word.replace(at, std::string_view("FOLDER").size(), directory);
    }
  }
  support::TestHost world;
  world.variables = {{"DEEPGRAM_API_KEY", std::string(fake_key)},
                     {"XDG_CACHE_HOME", directory + "/cache"},
                     {"XDG_CONFIG_HOME", directory + "/config"},
                     {"GITHUB_OUTPUT", directory + "/github"}};
  support::FakeClient client;
  client.answers_with([](const http::Request& request) -> Result<http::Response> { return answered(request); });
  const host::Host host = world.host();
  const http::ClientFactory factory = client.factory();
  Run done;
  {
    const support::ScarceMemory scarce(nth, for_good);
    done.status = cli::run(words, host, factory);
    done.was_short_of_memory = scarce.has_failed();
    done.granted = scarce.granted();
  }
  done.out = world.console.out;
  done.err = world.console.err;
  return done;
}

constexpr std::size_t most_alone = 700;  // about so many allocations of a line fail alone

std::size_t allocations_of_parsing(const Words& words) {
  const support::ScarceMemory scarce(plenty, false);
  static_cast<void>(find_early_options(words) && parse(words));
  return scarce.granted();
}

std::ptrdiff_t unfinished_files_in(const support::TemporaryFolder& folder) {
  const std::filesystem::recursive_directory_iterator entries(folder.path());
  return std::count_if(begin(entries), end(entries), [](const std::filesystem::directory_entry& entry) {
    return entry.path().filename().string().starts_with(host::unfinished_prefix);
  });
}

bool holds_part_of(std::string_view text, std::string_view secret) {
  constexpr std::size_t part = 8;
  for (std::size_t at = 0; at + part <= secret.size(); ++at) {
    if (text.find(secret.substr(at, part)) != std::string_view::npos) {
      return true;
    }
  }
  return false;
}

void check(const Run& run, const Run& usual) {
  for (const std::string_view secret : {fake_token, fake_key, fake_signature}) {
    CHECK_FALSE(holds_part_of(run.err, secret));
  }
  if (run.status == usual.status) {
    const bool is_right = run.out == usual.out;
    CHECK(is_right);
    return;
  }
  CHECK(run.status == ExitStatus::failed);
  const bool ends_with_it = run.err.ends_with(no_memory) || run.err.ends_with(no_memory_json);
  CHECK(ends_with_it);
  CHECK_FALSE(holds_part_of(run.out, fake_token));
  CHECK_FALSE(holds_part_of(run.out, fake_key));
}

}  // namespace

TEST_CASE("cli::run with any allocation failing, promise 27") {
  const support::TemporaryFolder folder;
  folder.file("a.wav", "RIFF");
  folder.file("list", "https://media.example/a\nhttps://media.example/b\n");
  std::filesystem::create_directory(folder.at("config"));
  const std::vector<Words> lines = {
      {"grant", "--ttl", "60"},
      {"grant", "--json"},
      {"grant", "--cache", "-v"},
      {"grant", "-o", "dotenv", "--out", "FOLDER/env"},
      {"grant", "-o", "github"},
      {"grant", "--dry-run"},
      {"header", "-o", "ws"},
      {"check", "--json", "-v"},
      {"check", "-o", "junit", "--report", "FOLDER/r.md"},
      {"transcribe-url", "https://media.example/a.wav?k=fake-signature-of-a-url"},
      {"transcribe-url", "--from-file", "FOLDER/list", "--json"},
      {"transcribe-file", "FOLDER/a.wav", "-o", "srt", "--output-dir", "FOLDER/results", "--auth", "grant"},
      {"completion", "zsh"},
      {"cache", "clear"},
      {"check", "--help"},
      {"grant", "--unknown"},
  };
  for (const Words& words : lines) {
    CAPTURE(words);
    const auto reset = [&folder] {
      for (const char* const name : {"cache", "results", "github", "env", "r.md"}) {
        std::filesystem::remove_all(folder.at(name));
      }
    };
    reset();
    const Run usual = run(words, folder.path(), plenty, false);
    // Reading the command line is the same for all of them.
    const std::size_t first = &words == &lines.front() ? 0 : allocations_of_parsing(words);
    // Help and completion scripts are made of thousands of allocations that are alike.
    const std::size_t step = 1 + usual.granted / most_alone;
    for (const bool for_good : {false, true}) {
      bool was_short = true;
      for (std::size_t nth = first; was_short; nth += for_good ? step * stride : step) {
        CAPTURE(nth);
        CAPTURE(for_good);
        reset();
        const Run outcome = run(words, folder.path(), nth, for_good);
        was_short = outcome.was_short_of_memory;
        CHECK(unfinished_files_in(folder) == 0);
        check(outcome, usual);
      }
    }
  }
}

}  // namespace dgauth::cli
