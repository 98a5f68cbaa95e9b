// SPDX-License-Identifier: MIT
#pragma once

#include <bitset>
#include <initializer_list>
#include <span>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "deepgram/probe.hpp"

namespace dgauth::deepgram {

// Some of the probes.
class ProbeSet {
 public:
  ProbeSet() = default;
  ProbeSet(std::initializer_list<ProbeId> ids) : ProbeSet(std::span(ids.begin(), ids.size())) {}
  explicit ProbeSet(std::span<const ProbeId> ids);
  static ProbeSet all();

  bool has(ProbeId id) const { return bits_[static_cast<std::size_t>(id)]; }
  bool empty() const { return bits_.none(); }
  // In the order of all_probes().
  std::vector<ProbeId> ids() const;

  // Those in both, in either, and in the first alone.
  friend ProbeSet operator&(ProbeSet a, ProbeSet b) { return ProbeSet(a.bits_ & b.bits_); }
  friend ProbeSet operator|(ProbeSet a, ProbeSet b) { return ProbeSet(a.bits_ | b.bits_); }
  friend ProbeSet operator-(ProbeSet a, ProbeSet b) { return ProbeSet(a.bits_ & ~b.bits_); }
  bool operator==(const ProbeSet&) const = default;

 private:
  using Bits = std::bitset<probe_count>;
  explicit ProbeSet(Bits bits) : bits_(bits) {}
  Bits bits_;
};

// The probes whose names, exactly as written, stand between the commas of `text`; one may be named twice.
// ErrorKind::usage if a name is not known; the message begins with a predicate and does not repeat the name.
Result<std::vector<ProbeId>> parse_probes(std::string_view text);

}  // namespace dgauth::deepgram
