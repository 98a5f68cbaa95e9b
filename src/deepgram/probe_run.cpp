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

// Forty hexadecimal digits, as a key has, but nobody's key.
Credential bogus_key() {
  return {.kind = CredentialKind::api_key, .secret = Secret("0badc0de0badc0de0badc0de0badc0de0badc0de")};
}

class ProbeRun {
 public:
  ProbeRun(Api& api, const Credential& credential, http::RequestLimits limits, const host::Clock& clock)
      : api_(api), credential_(credential), limits_(limits), clock_(clock), results_(nothing_probed("not asked for")) {}

  void ask(const Probe& probe);
  void request_identity();
  ProbeResults run() {
    api_.run();
    sanitize_again();
    return std::move(results_);
  }

 private:
  void ask_control(const Probe& probe, ProbeResult undecided);
  Inquiry inquiry_of(const Probe& probe) const {
    return {.purpose = probe.proof == Proof::token ? Purpose::grant : Purpose::other,
            .kind = credential_.kind,
            .source = credential_.source,
            .base_url = api_.base_url()};
  }
  void sanitize_again();
  void keep(ProbeResult result) { results_.probes[static_cast<std::size_t>(result.probe)] = std::move(result); }

  Api& api_;
  const Credential& credential_;
  http::RequestLimits limits_;
  const host::Clock& clock_;
  ProbeResults results_;
};

void ProbeRun::ask(const Probe& probe) {
  api_.start_unjudged({.request = probe_request(probe, api_.base_url()), .credential = credential_, .limits = limits_},
                      [this, &probe, begin = clock_.steady_now()](const Result<http::Response>& response) {
                        Judgement judgement = judge(probe, response, inquiry_of(probe), api_.redactor());
                        if (judgement.needs_control) {
                          ask_control(probe, std::move(judgement.result));
                          return;
                        }
                        if (!response) {
                          judgement.result.elapsed =
                              std::chrono::duration_cast<std::chrono::milliseconds>(clock_.steady_now() - begin);
                        }
                        keep(std::move(judgement.result));
                      });
}

void ProbeRun::ask_control(const Probe& probe, ProbeResult undecided) {
  const http::RequestLimits limits = limits_.after(undecided.elapsed);
  api_.start_unjudged({.request = probe_request(probe, api_.base_url()), .credential = bogus_key(), .limits = limits},
                      [this, undecided = std::move(undecided)](const Result<http::Response>& control) mutable {
                        keep(judge_with_control(std::move(undecided), control));
                      });
}

void ProbeRun::request_identity() {
  http::RequestLimits limits = limits_;
  limits.retries = 0;  // it is for information only: no verdict waits for it
  limits.total = std::min<std::chrono::milliseconds>(limits_.total, longest_wait_for_identity);
  api_.start_unjudged({.request = identity_request(api_.base_url()), .credential = credential_, .limits = limits},
                      [this](const Result<http::Response>& response) {
                        if (response && response->status == 200 && !response->is_truncated) {
                          results_.identity = decode_identity(response->body, api_.redactor());
                        }
                      });
}

// The token that the grant probe has minted may be in what came before it was known.
void ProbeRun::sanitize_again() {
  const Redactor& redactor = api_.redactor();
  for (ProbeResult& result : results_.probes) {
    result.detail = redactor.sanitized(result.detail);
    result.request_id = redactor.shown_id(result.request_id);
  }
  if (results_.identity) {
    results_.identity->key_id = redactor.sanitized(results_.identity->key_id);
    results_.identity->created = redactor.sanitized(results_.identity->created);
    for (std::string& scope : results_.identity->scopes) {
      scope = redactor.sanitized(scope);
    }
  }
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

ProbeResults run_probes(Api& api, const Credential& credential, http::RequestLimits limits, ProbeSet probes,
                        const host::Clock& clock) {
  ProbeRun run(api, credential, limits, clock);
  for (const ProbeId id : probes.ids()) {
    run.ask(probe_of(id));
  }
  run.request_identity();
  return run.run();
}

ProbeResults nothing_probed(std::string_view why) {
  ProbeResults results;
  for (const Probe& probe : all_probes()) {
    results.probes.push_back({.probe = probe.id, .detail = std::string(why)});
  }
  return results;
}

}  // namespace dgauth::deepgram
