// SPDX-License-Identifier: MIT
#include <algorithm>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/digest.hpp"
#include "support/cases/names.hpp"
#include "support/hostile_check.hpp"

// No report of check holds a secret, though the server repeats it in every form and every place. promise 19
namespace dgauth::commands {
namespace {

using support::asks;
using support::Form;
using support::reply;
using support::run_check;

// A secret as a server might repeat it.
std::vector<std::string> echoes_of(const std::string& secret) {
  std::string escaped;
  std::string escaped_low;
  for (const char c : secret) {
    const bool stays = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       std::string_view("_.-~").find(c) != std::string_view::npos;
    escaped += stays ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
    escaped_low += stays ? std::string(1, c) : fmt::format("%{:02x}", static_cast<unsigned char>(c));
  }
  std::vector<std::string> echoes = {secret, escaped, escaped_low};
  for (const char* prefix : {"", "x", "xy", "Token ", "Bearer ", "token, ", ":"}) {
    const std::string encoded(base64(prefix + secret));
    echoes.push_back(encoded);
    echoes.push_back(encoded.substr(0, encoded.find_last_not_of('=') + 1));
    echoes.push_back(cases::replaced(cases::replaced(encoded, "+", "-"), "/", "_"));
  }
  return echoes;
}

// Nothing of `secret` on either stream, wherever the server says one of `echoes`. "Token " and "Bearer" in
// base64 are not secret.
void check_kept(const std::string& secret, const std::vector<std::string>& echoes, const std::vector<std::string>& args,
                const host::Environment::Variables& variables, int requests, const std::string& minted = {}) {
  for (const std::string& echo : echoes) {
    const std::string said = support::quoted(echo);
    const support::CheckAnswer answer = [&](const http::Request& request) {
      if (asks(request, "POST", "/v1/auth/grant") && !minted.empty()) {
        return reply(200, fmt::format(R"({{"access_token":"{}","expires_in":60}})", minted));
      }
      return asks(request, "GET", "/v1/auth/token")
                 ? reply(200, fmt::format(R"({{"api_key_id":{0},"scopes":[{0}],"created":{0}}})", said))
                 : reply(403,
                         fmt::format(R"({{"err_code":{0},"err_msg":"You sent {1}.","request_id":{0}}})", said,
                                     said.substr(1, said.size() - 2)),
                         "dg-error", echo);
    };
    for (const Form& form : support::forms) {
      std::vector<std::string> words = args;
      words.insert(words.end(), {"-o", form.name, "-v"});
      const support::FakeConsole console = run_check(words, variables, requests, answer);
      std::vector<std::string> leaks = cases::leaks_in(console.out + console.err, {secret});
      std::erase_if(leaks, [](const std::string& leak) { return leak == "VG9rZW4g" || leak == "QmVhcmVy"; });
      INFO(std::string(form.name) << " " << echo);
      CHECK_MESSAGE(leaks.empty(), (console.out + console.err));
      CHECK(console.out.find("ou sent") != std::string::npos);
    }
  }
}

constexpr const char* token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmYWtlIn0.bm90IGEgc2lnbmF0dXJl";

}  // namespace

TEST_CASE("check: no report holds the key, promise 19") {
  const std::string key = "fake+key/with;odd~characters&0123456789";
  check_kept(key, echoes_of(key), {}, {{"DEEPGRAM_API_KEY", key}}, 9);
}

TEST_CASE("check: no report holds the token, promise 19") {
  check_kept(token, echoes_of(token), {"--auth", "token"}, {{"DEEPGRAM_ACCESS_TOKEN", token}}, 9);
}

TEST_CASE("check: no report holds the key that minted the token, nor the token, promise 19") {
  const host::Environment::Variables variables = {{"DEEPGRAM_API_KEY", std::string(support::fake_key)}};
  check_kept(std::string(support::fake_key), echoes_of(std::string(support::fake_key)), {"--auth", "grant"}, variables,
             10, token);
  check_kept(token, echoes_of(token), {"--auth", "grant"}, variables, 10, token);
}

TEST_CASE("check: no report holds the token of the probe grant, promise 19") {
  check_kept(token, {token}, {}, {{"DEEPGRAM_API_KEY", std::string(support::fake_key)}}, 9, token);
}

}  // namespace dgauth::commands
