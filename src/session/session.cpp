// SPDX-License-Identifier: MIT
#include "session/session.hpp"

#include <utility>

#include <fmt/format.h>

namespace dgauth::session {
namespace {

constexpr std::string_view base_url_variable = "DEEPGRAM_BASE_URL";

struct ChosenUrl {
  deepgram::BaseUrl url;
  std::string source;
  bool is_explicit = false;  // named by a flag or a profile
};

Result<ChosenUrl> choose_base_url(const Context& context, const credentials::KeySearch& search) {
  if (context.global.base_url) {
    return ChosenUrl{.url = *context.global.base_url, .source = "the command line", .is_explicit = true};
  }
  const bool profile_has_one = search.profile && search.profile->base_url;
  if (profile_has_one && search.profile_is_explicit) {
    return ChosenUrl{
        .url = *search.profile->base_url, .source = "profile " + search.profile->name, .is_explicit = true};
  }
  if (const std::string_view text = context.host.environment.get(base_url_variable); !text.empty()) {
    Result<deepgram::BaseUrl> url = deepgram::BaseUrl::parse(text);
    if (!url) {
      return fail_at(base_url_variable, ErrorKind::config, std::move(url.error()));
    }
    return ChosenUrl{.url = std::move(*url), .source = std::string(base_url_variable), .is_explicit = false};
  }
  if (profile_has_one) {
    return ChosenUrl{
        .url = *search.profile->base_url, .source = "profile " + search.profile->name, .is_explicit = true};
  }
  return ChosenUrl{.url = deepgram::BaseUrl(), .source = "default", .is_explicit = true};
}

}  // namespace

Result<Session> Session::open(const Context& context) {
  Session session(context);
  const host::Environment& environment = context.host.environment;
  const Result<credentials::Config> config = credentials::load_config(context.global.config, environment);
  if (!config) {
    return fail(config.error());
  }
  Result<std::optional<credentials::Profile>> profile =
      credentials::find_profile(*config, context.global.profile, environment);
  if (!profile) {
    return fail(std::move(profile.error()));
  }
  session.key_search_ = {.key_file = context.global.api_key_file,
                         .profile = std::move(*profile),
                         .profile_is_explicit = !context.global.profile.empty()};
  Result<ChosenUrl> chosen = choose_base_url(context, session.key_search_);
  if (!chosen) {
    return fail(std::move(chosen.error()));
  }
  if (!chosen->is_explicit && !chosen->url.is_loopback() && !chosen->url.is_deepgram()) {
    context.messages.warn(fmt::format("{} from {} is no host of Deepgram, and gets to see the credential",
                                      chosen->url.host(), chosen->source));
  }
  context.messages.trace(fmt::format("base URL {}, from {}", chosen->url.text(), chosen->source));
  session.base_url_ = std::move(chosen->url);
  return session;
}

Result<credentials::FoundSecret> Session::find_key() const {
  Result<credentials::FoundSecret> key = credentials::find_api_key(key_search_, context_->host, context_->messages);
  if (key) {
    context_->messages.trace(
        fmt::format("API key from {}, fingerprint {}", key->source, credentials::fingerprint(key->secret)));
  }
  return key;
}

Result<std::string> Session::placeholder_for_key() const {
  if (credentials::search_needs_action(key_search_, context_->host)) {
    return "<key>";
  }
  const Result<credentials::FoundSecret> key = find_key();
  if (!key && key.error().kind != ErrorKind::no_credential) {
    return fail(key.error());
  }
  return key ? "<redacted>" : "<key>";
}

Result<std::unique_ptr<http::Client>> Session::make_client(std::function<void()> on_tick) const {
  Result<http::TrustStore> trust_store = http::find_trust_store(context_->global.cacert, context_->host.environment);
  if (!trust_store) {
    return fail(std::move(trust_store.error()));
  }
  return context_->make_client(
      {.trust_store = std::move(*trust_store),
       .now = context_->host.now,
       .trace = [messages = context_->messages](std::string_view text) { messages.trace(text); },
       .on_tick = std::move(on_tick)});
}

http::RequestLimits Session::limits(std::chrono::seconds total) const {
  http::RequestLimits limits;
  limits.total = context_->global.timeout.value_or(total);
  limits.connect =
      context_->global.connect_timeout.value_or(std::chrono::duration_cast<std::chrono::seconds>(limits.connect));
  limits.retries = context_->global.retries.value_or(limits.retries);
  return limits;
}

}  // namespace dgauth::session
