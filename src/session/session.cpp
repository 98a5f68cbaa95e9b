// SPDX-License-Identifier: MIT
#include "session/session.hpp"

#include <utility>

#include <fmt/format.h>

namespace dgauth::session {
namespace {

constexpr std::string_view base_url_variable = "DEEPGRAM_BASE_URL";

struct ChosenUrl {
  deepgram::BaseUrl url;     // with its source, unless it is the default
  bool is_explicit = false;  // named by a flag or a profile
};

ChosenUrl url_of(const credentials::Profile& profile) {
  return {.url = profile.base_url->named_by("profile " + profile.name), .is_explicit = true};
}

Result<ChosenUrl> choose_base_url(const Context& context, const credentials::KeySearch& search) {
  if (const std::optional<deepgram::BaseUrl>& url = context.global.base_url) {
    return ChosenUrl{.url = url->source().empty() ? url->named_by("--base-url") : *url, .is_explicit = true};
  }
  const bool profile_has_one = search.profile && search.profile->base_url;
  if (profile_has_one && search.profile_is_explicit) {
    return url_of(*search.profile);
  }
  if (const std::string_view text = context.host.environment.get(base_url_variable); !text.empty()) {
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

}  // namespace

Result<std::unique_ptr<Session>> Session::open(const Context& context, std::chrono::seconds total) {
  std::unique_ptr<Session> session(new Session(context, total));
  const host::Environment& environment = context.host.environment;
  if (!context.global.cacert.empty()) {  // a mistake on the command line comes before a key command is run
    TRY_ASSIGN(session->trust_store_,
               session->in_time(http::find_trust_store(context.global.cacert, environment,
                                                       session->at_most(credentials::read_timeout))));
  }
  TRY_ASSIGN(const credentials::Config config,
             session->in_time(credentials::load_config(context.global.config, environment,
                                                       session->at_most(credentials::read_timeout))));
  TRY_ASSIGN(std::optional<credentials::Profile> profile,
             credentials::find_profile(config, context.global.profile, environment));
  session->key_search_ = {.key_file = context.global.api_key_file,
                          .profile = std::move(profile),
                          .profile_is_explicit = !context.global.profile.empty()};
  if (!session->key_search_.profile && !config.profiles.empty()) {
    session->key_search_.unchosen =
        fmt::format("{} has the profiles {}", config.path, credentials::names_of_profiles(config));
  }
  TRY_ASSIGN(ChosenUrl chosen, choose_base_url(context, session->key_search_));
  if (!chosen.is_explicit && !chosen.url.is_loopback() && !chosen.url.is_deepgram()) {
    context.messages.warn(fmt::format("{} (from {}) is not a Deepgram host; your credential will be sent to it",
                                      chosen.url.host(), chosen.url.source()));
  }
  context.messages.trace(fmt::format("base URL {}, from {}", chosen.url.text(),
                                     chosen.url.source().empty() ? "the default" : chosen.url.source()));
  session->base_url_ = std::move(chosen.url);
  return session;
}

Result<credentials::FoundSecret> Session::find_key() {
  key_search_.time_left = time_left();
  TRY_ASSIGN(credentials::FoundSecret key, in_time(credentials::find_api_key(key_search_, host(), messages())));
  ends_at_ += key.prompt_time;
  redactor_.add(key.secret);
  messages().trace(fmt::format("API key from {}, fingerprint {}", key.source, credentials::fingerprint(key.secret)));
  return key;
}

Result<credentials::FoundSecret> Session::find_access_token() {
  TRY_ASSIGN(credentials::FoundSecret token, credentials::find_access_token(host().environment));
  redactor_.add(token.secret);
  messages().trace(
      fmt::format("access token from {}, fingerprint {}", token.source, credentials::fingerprint(token.secret)));
  return token;
}

Result<std::string> Session::placeholder_for_key() {
  if (credentials::search_needs_action(key_search_, host())) {
    return "<key>";
  }
  const Result<credentials::FoundSecret> key = find_key();
  if (!key && key.error().kind != ErrorKind::no_credential) {
    return fail(key.error());
  }
  return key ? "<redacted>" : "<key>";
}

Result<deepgram::Api*> Session::api() {
  if (!api_) {
    if (!trust_store_.is_chosen()) {
      TRY_ASSIGN(trust_store_,
                 in_time(http::find_trust_store({}, host().environment, at_most(credentials::read_timeout))));
    }
    TRY_ASSIGN(client_, context_.make_client(
                            {.trust_store = trust_store_,
                             .clock = host().clock,
                             .trace = [messages = messages()](std::string_view text) { messages.trace(text); }}));
    api_.emplace(*client_, base_url_, redactor_);
  }
  return &*api_;
}

Result<http::RequestLimits> Session::limits_left() const {
  const std::chrono::milliseconds left = time_left();
  if (left.count() == 0) {
    return fail(explained({.kind = ErrorKind::network, .message = "there was no time left to send the request"}));
  }
  http::RequestLimits limits = limits_of_each();
  limits.total = std::min(limits.total, left);
  return limits;
}

http::RequestLimits Session::limits_of_each(std::chrono::seconds total) const {
  const options::GlobalOptions& global = context_.global;
  http::RequestLimits limits;
  limits.total = global.timeout.value_or(total);
  limits.connect = global.connect_timeout ? *global.connect_timeout : limits.connect;
  limits.retries = global.retries.value_or(limits.retries);
  return limits;
}

std::chrono::milliseconds Session::time_left() const {
  const auto left = std::chrono::floor<std::chrono::milliseconds>(ends_at_ - now());
  return std::max(left, std::chrono::milliseconds(0));
}

Error Session::explained(Error error) const {
  if (time_left().count() == 0) {
    error.hint = fmt::format("the time of --timeout, {} s for the whole command, was over: allow more", total_.count());
  }
  return error;
}

}  // namespace dgauth::session
