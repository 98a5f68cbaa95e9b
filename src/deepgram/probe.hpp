// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "deepgram/base_url.hpp"
#include "http/message.hpp"

// What a credential may do, found out by requests that cost nothing: their query is valid, their body is not usable, so
// nothing is transcribed, synthesised or billed.
namespace dgauth::deepgram {

// The probes, in the order of the reports.
enum class ProbeId : std::uint8_t { grant, listen, speak, read, listen_ws, speak_ws, agent_ws, manage };

inline constexpr std::size_t probe_count = 8;

// How the response to a probe shows that the credential is accepted.
enum class Proof : std::uint8_t {
  token,             // 200 with an access token
  projects,          // 200 with a list of projects
  validation_error,  // 400 about the body, where a bogus key is refused: then authentication came first
  handshake,         // 101 with the right Sec-WebSocket-Accept
};

struct Probe {
  ProbeId id;
  std::string_view name;   // on the command line and in reports
  std::string_view right;  // what a pass shows, in a few words
  Proof proof;
  std::string_view method;
  std::string_view path;
  std::string_view query;
  std::string_view body;
  std::string_view details;  // what it asks for and how, in a whole sentence
};

// All of them: the place of each is its id.
std::span<const Probe, probe_count> all_probes();

const Probe& probe_of(ProbeId id);

inline std::string_view name_of(ProbeId id) { return probe_of(id).name; }

// The request of `probe`, without a credential.
http::Request probe_request(const Probe& probe, const BaseUrl& base_url);

}  // namespace dgauth::deepgram
