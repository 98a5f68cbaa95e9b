// SPDX-License-Identifier: MIT
#include <cstddef>
#include <cstdint>

#include "fuzz/targets.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

// DGAUTH_FUZZ_TARGET is one function of targets.hpp.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return dgauth::fuzz::DGAUTH_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
}
