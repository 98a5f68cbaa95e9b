// SPDX-License-Identifier: MIT
#include <array>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "cli/run.hpp"
#include "support/made_up.hpp"
#include "support/printing.hpp"
#include "support/scripted_transport.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_host.hpp"

// What every command makes of everything that libcurl may tell of an attempt: one table, made by running them all and
// compared whole with fault_matrix.txt. tests/cli/fault_matrix_test.py has the same on the wire.
namespace dgauth::cli {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using support::AttemptScript;

constexpr milliseconds for_ever = std::chrono::hours(9);
constexpr std::string_view minted = R"({"access_token":"fake-token-of-the-matrix","expires_in":60})";

struct Fault {
  std::string_view phase;
  std::string_view name;
  AttemptScript script;
};

http::CurlFacts before_sending(CURLcode code) { return {.code = code}; }
http::CurlFacts after_sending(CURLcode code) { return {.code = code, .was_connected = true}; }
http::CurlFacts only_sent() { return {.was_connected = true}; }

// What comes once the request is there. A body of its own stands for any.
std::vector<Fault> faults() {
  const std::string half = R"({"results":{"channels":[)";
  return {
      {"resolve", "no such name", {.facts = before_sending(CURLE_COULDNT_RESOLVE_HOST)}},
      {"resolve", "stall", {.after = for_ever}},
      {"proxy", "no such name", {.facts = before_sending(CURLE_COULDNT_RESOLVE_PROXY)}},
      {"proxy", "no connection", {.facts = before_sending(CURLE_PROXY)}},
      {"proxy", "refuse with 407", {.facts = {.code = CURLE_RECV_ERROR, .proxy_status = 407}}},
      {"proxy", "cannot be used", {.facts = {.code = CURLE_COULDNT_CONNECT, .detail = "Unsupported proxy 'x'"}}},
      {"connect", "refuse", {.facts = before_sending(CURLE_COULDNT_CONNECT)}},
      {"TLS", "reset", {.facts = before_sending(CURLE_SSL_CONNECT_ERROR)}},
      {"TLS", "wrong certificate", {.facts = before_sending(CURLE_PEER_FAILED_VERIFICATION)}},
      {"TLS", "client certificate wanted", {.facts = before_sending(CURLE_SSL_CLIENTCERT)}},
      {"TLS", "no trust store", {.facts = before_sending(CURLE_SSL_CACERT_BADFILE)}},
      {"send", "reset", {.facts = after_sending(CURLE_SEND_ERROR)}},
      {"send", "kept connection lost", {.facts = after_sending(CURLE_SEND_FAIL_REWIND)}},
      {"send", "GOAWAY", {.facts = after_sending(CURLE_HTTP2)}},
      {"status line", "cut", {.facts = after_sending(CURLE_GOT_NOTHING)}},
      {"status line", "reset", {.facts = after_sending(CURLE_RECV_ERROR)}},
      {"status line", "stall", {.facts = only_sent(), .after = for_ever}},
      {"status line", "garbage", {.facts = after_sending(CURLE_WEIRD_SERVER_REPLY)}},
      {"status line", "HTTP/0.9", {.facts = after_sending(CURLE_UNSUPPORTED_PROTOCOL)}},
      {"status line", "302", {.facts = only_sent(), .status = 302}},
      {"status line", "401", {.facts = only_sent(), .status = 401}},
      {"status line", "402", {.facts = only_sent(), .status = 402}},
      {"status line", "403", {.facts = only_sent(), .status = 403}},
      {"status line", "408", {.facts = only_sent(), .status = 408}},
      {"status line", "429", {.facts = only_sent(), .status = 429}},
      {"status line", "429, 3 s", {.facts = only_sent(), .status = 429, .retry_after = seconds(3)}},
      {"status line", "429, a day", {.facts = only_sent(), .status = 429, .retry_after = std::chrono::hours(24)}},
      {"status line", "503", {.facts = only_sent(), .status = 503}},
      {"headers", "cut", {.facts = after_sending(CURLE_RECV_ERROR)}},
      {"headers", "RST", {.facts = after_sending(CURLE_HTTP2_STREAM)}},
      {"body", "cut", {.facts = after_sending(CURLE_PARTIAL_FILE), .body = half}},
      {"body", "reset", {.facts = after_sending(CURLE_RECV_ERROR), .body = half}},
      {"body", "RST", {.facts = after_sending(CURLE_HTTP2_STREAM), .body = half}},
      {"body", "stall", {.facts = only_sent(), .body = half, .after = for_ever}},
      {"body",
       "bad chunk",
       {.facts = {.code = CURLE_RECV_ERROR,
                  .detail = "Illegal or missing hexadecimal sequence in chunked-encoding",
                  .was_connected = true},
        .body = half}},
      {"body", "ends too early", {.facts = only_sent(), .body = half}},
      {"body", "oversize", {.facts = only_sent(), .body = "{", .is_truncated = true}},
      {"body", "empty", {.facts = only_sent()}},
      {"body", "garbage", {.facts = only_sent(), .body = "<html>"}},
      {"body", "null", {.facts = only_sent(), .body = "null"}},
      {"body", "an error", {.facts = only_sent(), .body = R"({"err_code":"FORBIDDEN","err_msg":"m"})"}},
      {"here", "no memory", {.facts = before_sending(CURLE_OUT_OF_MEMORY)}},
      {"here", "a bug", {.facts = before_sending(CURLE_URL_MALFORMAT)}},
  };
}

struct Line {
  std::string_view name;
  std::vector<std::string> words;
  bool mint_is_good = false;  // the fault befalls what comes after it
};

const std::vector<Line> lines = {
    {"grant", {"grant"}},
    {"header", {"header"}},
    {"check", {"check", "--probe", "grant,listen"}},
    {"check a grant", {"check", "--probe", "listen", "--auth", "grant"}, true},
    {"url", {"transcribe-url", "https://media.example/a"}},
    {"json", {"transcribe-url", "https://media.example/a", "--json"}},
    {"srt", {"transcribe-url", "https://media.example/a", "-o", "srt"}},
    {"two", {"transcribe-url", "-j1", "https://media.example/a", "https://media.example/b"}},
    {"two as json", {"transcribe-url", "-j1", "https://media.example/a", "https://media.example/b", "--json"}},
    {"with a grant", {"transcribe-url", "https://media.example/a", "--auth", "grant"}, true},
    {"file", {"transcribe-file", "FILE"}},
    {"into a directory", {"transcribe-url", "https://media.example/a", "--json", "--output-dir", "DIRECTORY"}},
};

struct Seen {
  int status = 0;
  std::string_view out;
  std::size_t attempts = 0;
  std::size_t files = 0;
  bool is_in_time = true;

  std::string text() const {
    return fmt::format("{}, {}, {}{}{}", status, out, attempts, files == 0 ? "" : ", a file",
                       is_in_time ? "" : ", TOO LATE");
  }
};

Seen run(const Line& line, const Fault& fault, bool has_retries) {
  const support::TemporaryFolder folder;
  const std::string file = folder.file("a.wav", "RIFF");
  std::vector<std::string> words = line.words;
  for (std::string& word : words) {
    word = word == "FILE" ? file : word == "DIRECTORY" ? folder.at("out") : word;
  }
  words.insert(words.end(), {"--timeout", "20"});
  if (!has_retries) {
    words.insert(words.end(), {"--retries", "0"});
  }
  support::TestHost world;
  world.variables = {{"DEEPGRAM_API_KEY", std::string(support::fake_key)}};
  support::ScriptedAttempts attempts{.clock = world.clock, .script = [&](const http::Request& request) {
                                       const bool is_mint = request.url.find("/auth/grant") != std::string::npos;
                                       return is_mint && line.mint_is_good
                                                  ? AttemptScript{.facts = only_sent(), .body = std::string(minted)}
                                                  : fault.script;
                                     }};
  const auto began = world.clock.steady;
  Seen seen;
  seen.status = static_cast<int>(cli::run(words, world.host(), attempts.factory()));
  // The second of two inputs begins when the first has ended.
  const seconds longest = seconds(20) * (line.name.starts_with("two") ? 2 : 1);
  seen.is_in_time = world.clock.steady - began <= longest + seconds(1);
  seen.out = world.console.out.empty() ? "empty" : "whole";
  seen.attempts = attempts.paths.size();
  seen.files = std::filesystem::exists(folder.at("out")) ? [&folder] {
    const std::filesystem::directory_iterator entries(folder.at("out"));
    return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
  }() : 0;
  CHECK(world.console.err.find("fake-token-of-the-matrix") == std::string::npos);
  CHECK(world.console.err.find(support::fake_key) == std::string::npos);
  return seen;
}

// One row for the commands that do alike: exit status, stdout, attempts; then the same with retries, if it differs.
std::string table() {
  std::string text = "With --retries 0: exit status, stdout, attempts. Then by default, where that differs.\n\n";
  for (const Fault& fault : faults()) {
    std::vector<std::string> results;
    std::map<std::string, std::string> names;
    for (const Line& line : lines) {
      const std::string once = run(line, fault, false).text();
      const std::string retried = run(line, fault, true).text();
      const std::string result = once == retried ? once : fmt::format("{} | {}", once, retried);
      if (!names.contains(result)) {
        results.push_back(result);
      }
      names[result] += (names[result].empty() ? "" : ", ") + std::string(line.name);
    }
    for (const std::string& result : results) {
      text += fmt::format("{:<12} {:<26} {:<32} {}\n", fault.phase, fault.name, result, names.at(result));
    }
  }
  return text;
}

}  // namespace

TEST_CASE("cli::run: what each command makes of each fault, promises 14, 15 and 16") {
  const std::string golden = std::string(DGAUTH_TESTS_DIR) + "/unit/cli/fault_matrix.txt";
  const std::string seen = table();
  if (std::getenv("DGAUTH_WRITE_FAULT_MATRIX") != nullptr) {
    std::ofstream(golden) << seen;
  }
  CHECK(support::content_of(golden) == seen);
}

TEST_CASE("cli::run: a token that is minted again has no more time than the input that waits for it, promise 14") {
  support::TestHost world;
  world.variables = {{"DEEPGRAM_API_KEY", std::string(support::fake_key)}};
  int mints = 0;
  support::ScriptedAttempts attempts{
      .clock = world.clock, .script = [&mints](const http::Request& request) {
        if (request.url.find("/auth/grant") == std::string::npos) {
          return AttemptScript{.facts = only_sent(), .status = 429, .retry_after = seconds(2)};
        }
        const bool is_first = ++mints == 1;
        return AttemptScript{.facts = only_sent(),
                             .body = R"({"access_token":"fake-token-of-the-matrix","expires_in":1})",
                             .after = is_first ? milliseconds(0) : for_ever};
      }};
  const auto began = world.clock.steady;
  const ExitStatus status =
      cli::run({"transcribe-url", "https://media.example/a", "--auth", "grant", "--ttl", "1", "--timeout", "4"},
               world.host(), attempts.factory());
  CHECK(status == ExitStatus::network);
  CHECK(mints == 2);
  CHECK(world.clock.steady - began <= seconds(5));
}

}  // namespace dgauth::cli
