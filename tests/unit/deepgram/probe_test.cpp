// SPDX-License-Identifier: MIT
#include "deepgram/probe.hpp"

#include <set>
#include <string>
#include <vector>

#include "support/http_printing.hpp"

namespace dgauth::deepgram {
namespace {

BaseUrl base(std::string_view text) {
  const Result<BaseUrl> url = BaseUrl::parse(text);
  REQUIRE(url.has_value());
  return *url;
}

TEST_CASE("deepgram::all_probes: the eight of them, in the order of the reports") {
  std::vector<std::string> names;
  for (const Probe& probe : all_probes()) {
    names.emplace_back(probe.name);
    CHECK(&probe_of(probe.id) == &probe);
    CHECK(name_of(probe.id) == probe.name);
  }
  CHECK(names ==
        std::vector<std::string>{"grant", "listen", "speak", "read", "listen-ws", "speak-ws", "agent-ws", "manage"});
}

TEST_CASE("deepgram::probe_request: the global agent has a host of its own") {
  const Probe& agent = probe_of(ProbeId::agent_ws);
  CHECK(probe_request(agent, BaseUrl()).url == "https://agent.deepgram.com/v1/agent/converse");
  struct Row {
    std::string_view base_url;
    std::string_view url;
  };
  for (const Row& row : {
           Row{"https://api.deepgram.com", "https://agent.deepgram.com/v1/agent/converse"},
           Row{"https://api.deepgram.com/", "https://agent.deepgram.com/v1/agent/converse"},
           Row{"https://API.deepgram.com", "https://agent.deepgram.com/v1/agent/converse"},
           Row{"https://api.deepgram.com:443", "https://agent.deepgram.com/v1/agent/converse"},
           Row{"https://api.eu.deepgram.com", "https://api.eu.deepgram.com/v1/agent/converse"},
           Row{"https://api.deepgram.com/x", "https://api.deepgram.com/x/v1/agent/converse"},
           Row{"https://proxy.example/deepgram", "https://proxy.example/deepgram/v1/agent/converse"},
           Row{"http://localhost:8080", "http://localhost:8080/v1/agent/converse"},
       }) {
    CAPTURE(row.base_url);
    CHECK(probe_request(agent, base(row.base_url)).url == row.url);
  }
  CHECK(probe_request(probe_of(ProbeId::listen_ws), BaseUrl()).url ==
        "https://api.deepgram.com/v1/listen?model=nova-3");
}

TEST_CASE("deepgram::probe_request: what has a handshake for its proof is one, without a body") {
  for (const Probe& probe : all_probes()) {
    CAPTURE(probe.name);
    const http::Request request = probe_request(probe, BaseUrl());
    const bool is_handshake = probe.name.ends_with("-ws");
    CHECK(request.upgrade.has_value() == is_handshake);
    CHECK((request.method == "GET") == (is_handshake || probe.id == ProbeId::manage));
    CHECK(request.body.empty() == (request.method == "GET"));
    CHECK(request.authorization.empty());
  }
}

TEST_CASE("deepgram::probe_request: each handshake has a key of its own") {
  std::set<std::string> keys;
  for (int i = 0; i < 50; ++i) {
    keys.insert(probe_request(probe_of(ProbeId::listen_ws), BaseUrl()).upgrade->key);
  }
  CHECK(keys.size() == 50);
  CHECK(keys.begin()->size() == 24);
}

}  // namespace
}  // namespace dgauth::deepgram
