// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <string_view>

// One function a parser of outside data. Each takes any bytes, promise 27: it returns 0, or ends the program where the
// parser broke what its header promises. libFuzzer calls them (driver.cpp), and the unit tests replay their corpus.
namespace dgauth::fuzz {

int fuzz_base_url(std::string_view bytes);
int fuzz_cache_entry(std::string_view bytes);
int fuzz_config(std::string_view bytes);
int fuzz_duration(std::string_view bytes);
int fuzz_error_body(std::string_view bytes);
int fuzz_event_reader(std::string_view bytes);
int fuzz_grant_reply(std::string_view bytes);
int fuzz_json_reader(std::string_view bytes);
int fuzz_jwt_claims(std::string_view bytes);
int fuzz_key_text(std::string_view bytes);
int fuzz_media_list(std::string_view bytes);
int fuzz_probe_answer(std::string_view bytes);
int fuzz_redactor(std::string_view bytes);
int fuzz_transcript(std::string_view bytes);

struct Target {
  std::string_view name;  // also of its directory in corpus/
  int (*run)(std::string_view bytes);
};

inline constexpr std::array<Target, 14> targets = {{
    {"base_url", fuzz_base_url},
    {"cache_entry", fuzz_cache_entry},
    {"config", fuzz_config},
    {"duration", fuzz_duration},
    {"error_body", fuzz_error_body},
    {"event_reader", fuzz_event_reader},
    {"grant_reply", fuzz_grant_reply},
    {"json_reader", fuzz_json_reader},
    {"jwt_claims", fuzz_jwt_claims},
    {"key_text", fuzz_key_text},
    {"media_list", fuzz_media_list},
    {"probe_answer", fuzz_probe_answer},
    {"redactor", fuzz_redactor},
    {"transcript", fuzz_transcript},
}};

}  // namespace dgauth::fuzz
