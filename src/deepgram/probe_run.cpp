// SPDX-License-Identifier: MIT
#include "deepgram/probe_run.hpp"

#include <algorithm>
#include <utility>

#include "deepgram/requests.hpp"
#include "json/reader.hpp"

namespace dgauth::deepgram {
namespace {

constexpr std::size_t most_scopes = 100;
constexpr std::chrono::seconds longest_wait_for_identity{5};

// Forty hexadecimal digits, as a key has, that nobody's key is.
Credential bogus_key() {
  return {.kind = CredentialKind::api_key, .secret = Secret("0badc0de0badc0de0badc0de0badc0de0badc0de")};
}

class ProbeRun {
 public:
  ProbeRun(Api& api, const Credential& credential, http::RequestLimits limits)
      : api_(api), credential_(credential), limits_(limits), results_(nothing_probed("not asked for")) {}

  void ask(std::size_t index);
  void request_identity();
  ProbeResults run() {
    api_.run();
    return std::move(results_);
  }

 private:
  void ask_control(std::size_t index, http::Response answer);

  Api& api_;
  const Credential& credential_;
  http::RequestLimits limits_;
  ProbeResults results_;
};

void ProbeRun::ask(std::size_t index) {
  const Probe& probe = all_probes()[index];
  http::Request request = probe_request(probe, api_.base_url());
  const auto begin = std::chrono::steady_clock::now();
  api_.start_unjudged({.request = std::move(request), .credential = credential_, .limits = limits_},
                      [this, &probe, index, begin](Result<http::Response> answer) {
                        if (std::optional<ProbeResult> result = judge(probe, answer, api_.redactor())) {
                          if (!answer) {
                            const auto waited = std::chrono::steady_clock::now() - begin;
                            result->elapsed = std::chrono::duration_cast<std::chrono::milliseconds>(waited);
                          }
                          results_.results[index] = std::move(*result);
                        } else {
                          ask_control(index, std::move(*answer));
                        }
                      });
}

void ProbeRun::ask_control(std::size_t index, http::Response answer) {
  const Probe& probe = all_probes()[index];
  http::RequestLimits limits = limits_;
  limits.total = std::max(limits_.total - answer.elapsed, std::chrono::milliseconds(1));
  api_.start_unjudged({.request = probe_request(probe, api_.base_url()), .credential = bogus_key(), .limits = limits},
                      [this, &probe, index, answer = std::move(answer)](const Result<http::Response>& control) {
                        results_.results[index] = judge_with_control(probe, answer, control, api_.redactor());
                      });
}

void ProbeRun::request_identity() {
  http::RequestLimits limits = limits_;
  limits.retries = 0;  // it is for information only: no verdict waits for it
  limits.total = std::min<std::chrono::milliseconds>(limits_.total, longest_wait_for_identity);
  api_.start_unjudged({.request = identity_request(api_.base_url()), .credential = credential_, .limits = limits},
                      [this](const Result<http::Response>& answer) {
                        if (answer && answer->status == 200 && !answer->is_truncated) {
                          results_.identity = decode_identity(answer->body, api_.redactor());
                        }
                      });
}

}  // namespace

std::optional<Identity> decode_identity(std::string_view body, const Redactor& redactor) {
  const std::optional<json::Document> document = json::Document::parse(body);
  if (!document) {
    return std::nullopt;
  }
  const json::Value root = document->root();
  const json::Value scopes = root.member("scopes");
  if (!scopes.is_array() || scopes.size() > most_scopes) {
    return std::nullopt;
  }
  Identity identity;
  for (std::size_t i = 0; i < scopes.size(); ++i) {
    const std::optional<std::string_view> scope = scopes.at(i).as_string();
    if (!scope) {
      return std::nullopt;
    }
    identity.scopes.push_back(redactor.sanitized(*scope));
  }
  identity.key_id = redactor.sanitized(root.string_member("api_key_id").value_or(""));
  identity.created = redactor.sanitized(root.string_member("created").value_or(""));
  return identity;
}

http::Request identity_request(const BaseUrl& base_url) {
  return empty_request("GET", base_url.endpoint("/v1/auth/token"));
}

ProbeResults run_probes(Api& api, const Credential& credential, http::RequestLimits limits,
                        std::span<const std::string> names) {
  ProbeRun run(api, credential, limits);
  for (std::size_t i = 0; i < all_probes().size(); ++i) {
    if (std::ranges::find(names, all_probes()[i].name) != names.end()) {
      run.ask(i);
    }
  }
  run.request_identity();
  return run.run();
}

ProbeResults nothing_probed(std::string_view why) {
  ProbeResults findings;
  for (const Probe& probe : all_probes()) {
    findings.results.push_back({.name = probe.name, .detail = std::string(why)});
  }
  return findings;
}

}  // namespace dgauth::deepgram
