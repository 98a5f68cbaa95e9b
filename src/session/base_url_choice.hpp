// SPDX-License-Identifier: MIT
#pragma once

#include "base/result.hpp"
#include "credentials/api_key.hpp"
#include "deepgram/base_url.hpp"
#include "host/environment.hpp"
#include "options/global_options.hpp"

namespace dgauth::session {

struct ChosenUrl {
  deepgram::BaseUrl url;     // with its source, unless it is the default
  bool is_explicit = false;  // named by a flag or a profile, or the default

  // Whether the user should be told that the credential goes to this host.
  bool is_unexpected() const { return !is_explicit && !url.is_loopback() && !url.is_deepgram(); }
};

// --base-url or --region, the profile if it is explicit, DEEPGRAM_BASE_URL, the profile, the default. ErrorKind::config
// for a variable that is no base URL.
Result<ChosenUrl> choose_base_url(const options::GlobalOptions& global, const host::Environment& environment,
                                  const credentials::KeySearch& search);

// What is said of a host that is_unexpected.
std::string warning_of(const ChosenUrl& chosen);

// As -v says it: "https://…, from DEEPGRAM_BASE_URL".
std::string with_source(const deepgram::BaseUrl& url);

}  // namespace dgauth::session
