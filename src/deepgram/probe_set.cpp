// SPDX-License-Identifier: MIT
#include "deepgram/probe_set.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.hpp"

namespace dgauth::deepgram {
namespace {

Result<ProbeId> parse_probe(std::string_view name) {
  const auto probes = all_probes();
  if (const auto probe = std::ranges::find(probes, name, &Probe::name); probe != probes.end()) {
    return probe->id;
  }
  std::array<std::string_view, probe_count> known;
  std::ranges::transform(probes, known.begin(), &Probe::name);
  const auto meant = nearest(name, known);
  return fail(
      ErrorKind::usage, "has a name that is not a probe",
      meant ? fmt::format("did you mean {}?", *meant) : fmt::format("use one or more of: {}", fmt::join(known, ",")));
}

}  // namespace

ProbeSet::ProbeSet(std::span<const ProbeId> ids) {
  for (const ProbeId id : ids) {
    bits_.set(static_cast<std::size_t>(id));
  }
}

ProbeSet ProbeSet::all() { return ProbeSet(Bits().set()); }

std::vector<ProbeId> ProbeSet::ids() const {
  std::vector<ProbeId> found;
  for (const Probe& probe : all_probes()) {
    if (has(probe.id)) {
      found.push_back(probe.id);
    }
  }
  return found;
}

Result<std::vector<ProbeId>> parse_probes(std::string_view text) {
  std::vector<ProbeId> ids;
  while (true) {
    const std::size_t comma = text.find(',');
    TRY_ASSIGN(const ProbeId id, parse_probe(text.substr(0, comma)));
    ids.push_back(id);
    if (comma == std::string_view::npos) {
      return ids;
    }
    text.remove_prefix(comma + 1);
  }
}

}  // namespace dgauth::deepgram
