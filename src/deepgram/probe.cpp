// SPDX-License-Identifier: MIT
#include "deepgram/probe.hpp"

#include <array>
#include <string>

#include "deepgram/requests.hpp"
#include "http/websocket.hpp"

namespace dgauth::deepgram {
namespace {

// clang-format off
constexpr std::array<Probe, probe_count> probes = {{
    {ProbeId::grant, "grant", "mint temporary tokens", Proof::token, "POST", "/v1/auth/grant", "", R"({"ttl_seconds":1})",
     "Mint a temporary token, which is valid for one second."},
    {ProbeId::listen, "listen", "transcribe", Proof::validation_error, "POST", "/v1/listen", "?model=nova-3", R"({"url":""})",
     "Transcribe: a request that names no recording."},
    {ProbeId::speak, "speak", "synthesise speech", Proof::validation_error, "POST", "/v1/speak", "?model=aura-2-thalia-en", R"({"text":""})",
     "Synthesise speech: a request without text."},
    {ProbeId::read, "read", "analyse text", Proof::validation_error, "POST", "/v1/read", "?language=en&summarize=v2", "{}",
     "Analyse text: a request without text."},
    {ProbeId::listen_ws, "listen-ws", "transcribe a stream", Proof::handshake, "GET", "/v1/listen", "?model=nova-3", "",
     "Transcribe a live stream: opens the WebSocket, authenticated by its subprotocol as browsers do it, and closes it at once."},
    {ProbeId::speak_ws, "speak-ws", "synthesise a stream", Proof::handshake, "GET", "/v1/speak", "?model=aura-2-thalia-en", "",
     "Synthesise speech as a stream: opens the WebSocket in the same way."},
    {ProbeId::agent_ws, "agent-ws", "talk to an agent", Proof::handshake, "GET", "/v1/agent/converse", "", "",
     "Talk to a voice agent: opens the WebSocket in the same way."},
    {ProbeId::manage, "manage", "list projects", Proof::projects, "GET", "/v1/projects", "", "",
     "Use the management API: lists the projects. Regional hosts have no management API, so there the result is `unknown`."},
}};
// clang-format on

constexpr bool is_each_at_its_id() {
  for (std::size_t i = 0; i < probes.size(); ++i) {
    if (static_cast<std::size_t>(probes[i].id) != i) {
      return false;
    }
  }
  return true;
}
static_assert(is_each_at_its_id());

// The global API has the agent on a host of its own; regions and other bases serve it themselves (docs, regional
// endpoints).
std::string url_of(const Probe& probe, const BaseUrl& base_url) {
  const bool is_global_agent = probe.id == ProbeId::agent_ws && base_url == BaseUrl();
  const std::string url =
      is_global_agent ? "https://agent.deepgram.com" + std::string(probe.path) : base_url.endpoint(probe.path);
  return url + std::string(probe.query);
}

}  // namespace

std::span<const Probe, probe_count> all_probes() { return probes; }

const Probe& probe_of(ProbeId id) { return probes[static_cast<std::size_t>(id)]; }

http::Request probe_request(const Probe& probe, const BaseUrl& base_url) {
  http::Request request = empty_request(probe.method, url_of(probe, base_url));
  request.wanted_headers.emplace_back("dg-error");
  if (probe.proof == Proof::handshake) {
    request.upgrade = {.key = http::make_websocket_key(), .subprotocol = {}};
    return request;
  }
  if (!probe.body.empty()) {
    request.headers.push_back({"Content-Type", "application/json"});
    request.body = probe.body;
  }
  return request;
}

}  // namespace dgauth::deepgram
