// SPDX-License-Identifier: MIT
#include "session/session.hpp"

#include <utility>

#include <fmt/format.h>

#include "session/base_url_choice.hpp"

namespace dgauth::session {
credentials::KeySearch key_search(const options::GlobalOptions& global, const credentials::Config& config,
                                  std::optional<credentials::Profile> profile) {
  const bool is_unchosen = !profile && !config.profiles.empty();
  return {.key_file = global.api_key_file,
          .profile = std::move(profile),
          .profile_is_explicit = !global.profile.empty(),
          .unchosen = is_unchosen
                          ? fmt::format("{} has the profiles {}", config.path, credentials::names_of_profiles(config))
                          : std::string()};
}

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
  session->key_search_ = key_search(context.global, config, std::move(profile));
  TRY_ASSIGN(ChosenUrl chosen, choose_base_url(context.global, environment, session->key_search_));
  if (chosen.is_unexpected()) {
    context.messages.warn(warning_of(chosen));
  }
  context.messages.trace("base URL " + with_source(chosen.url));
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
                             .proxy = http::find_proxy(host().environment),
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
    error.hint =
        fmt::format("the time limit of {} s for the whole command has passed: raise --timeout", total_.count());
  }
  return error;
}

}  // namespace dgauth::session
