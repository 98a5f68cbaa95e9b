// SPDX-License-Identifier: MIT
#include "session/base_url_choice.hpp"

#include <utility>

#include <fmt/format.h>

namespace dgauth::session {
namespace {

constexpr std::string_view base_url_variable = "DEEPGRAM_BASE_URL";

ChosenUrl url_of(const credentials::Profile& profile) {
  return {.url = profile.base_url->named_by("profile " + profile.name), .is_explicit = true};
}

}  // namespace

Result<ChosenUrl> choose_base_url(const options::GlobalOptions& global, const host::Environment& environment,
                                  const credentials::KeySearch& search) {
  if (const std::optional<deepgram::BaseUrl>& url = global.base_url) {
    return ChosenUrl{.url = url->source().empty() ? url->named_by("--base-url") : *url, .is_explicit = true};
  }
  const bool profile_has_one = search.profile && search.profile->base_url;
  if (profile_has_one && search.profile_is_explicit) {
    return url_of(*search.profile);
  }
  if (const std::string_view text = environment.get(base_url_variable); !text.empty()) {
    Result<deepgram::BaseUrl> url = deepgram::BaseUrl::parse(text);
    if (!url) {
      return fail_at(base_url_variable, ErrorKind::config, std::move(url.error()));
    }
    return ChosenUrl{.url = url->named_by(std::string(base_url_variable)), .is_explicit = false};
  }
  if (profile_has_one) {
    return url_of(*search.profile);
  }
  return ChosenUrl{.url = deepgram::BaseUrl(), .is_explicit = true};
}

std::string warning_of(const ChosenUrl& chosen) {
  return fmt::format("{} (from {}) is not a Deepgram host; your credential will be sent to it", chosen.url.host(),
                     chosen.url.source());
}

std::string with_source(const deepgram::BaseUrl& url) {
  return fmt::format("{}, from {}", url.text(), url.source().empty() ? "the default" : url.source());
}

}  // namespace dgauth::session
