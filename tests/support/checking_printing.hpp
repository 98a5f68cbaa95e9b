// SPDX-License-Identifier: MIT
#pragma once

#include "checking/report_formats.hpp"
#include "support/deepgram_printing.hpp"
#include "support/probe_printing.hpp"

namespace dgauth::checking {

inline doctest::String toString(const Unmet& unmet) {
  return support::braced("Unmet", unmet.probe, unmet.expected, unmet.got);
}

inline doctest::String toString(const CheckPlan& plan) {
  return support::braced("Plan", plan.probes, plan.expectations.must_pass, plan.expectations.must_fail);
}

inline doctest::String toString(const Subject& subject) {
  return support::braced("Subject", subject.kind, subject.source, subject.fingerprint, subject.is_new_token);
}

inline doctest::String toString(ReportFormat format) { return doctest::toString(static_cast<int>(format)); }

}  // namespace dgauth::checking
