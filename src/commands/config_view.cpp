// SPDX-License-Identifier: MIT
#include "commands/config_view.hpp"

#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/shown.hpp"
#include "deepgram/jwt.hpp"
#include "host/files.hpp"
#include "host/open_path.hpp"
#include "http/proxy_setting.hpp"
#include "http/trust_store.hpp"
#include "http/url.hpp"
#include "session/base_url_choice.hpp"
#include "session/session.hpp"
#include "session/token_source.hpp"

namespace dgauth::commands {
namespace {

// The value, or nothing and the error among the others.
template <typename T>
std::optional<T> kept(Result<T> result, ConfigView& view) {
  if (!result) {
    view.errors.push_back(std::move(result.error()));
    return std::nullopt;
  }
  return std::move(*result);
}

// Why the key at `place` is not looked at here; empty: it is.
std::string why_not_read(const credentials::KeyPlace& place, const host::Host& host) {
  if (!place.program.empty()) {
    return fmt::format("api_key_command at {} would be run: {}", place.named_by, shown_path(place.program));
  }
  if (place.file.empty()) {
    return {};
  }
  if (host.console.is_terminal(place.file)) {
    return "would be asked for on the terminal";
  }
  std::error_code ignored;
  const bool is_regular = std::filesystem::is_regular_file(place.file, ignored);
  const bool is_stream = host::descriptor_named(place.file) || (host::file_exists(place.file) && !is_regular &&
                                                                !std::filesystem::is_directory(place.file, ignored));
  return is_stream ? "would be read from there" : std::string();
}

Result<void> check_program(const credentials::KeyPlace& place) {
  return place.program.empty() ? Result<void>() : credentials::check_key_command(place);
}

void find_key(const credentials::KeySearch& search, const session::Context& context, ConfigView& view) {
  const std::optional<credentials::KeyPlace> place = credentials::place_of_key(search, context.host.environment);
  if (place) {
    const std::string why_not = why_not_read(*place, context.host);
    if (!why_not.empty()) {
      if (Result<void> checked = check_program(*place); !checked) {
        view.errors.push_back(std::move(checked.error()));
      }
      view.key = SecretView{.source = place->source, .fingerprint = {}, .remark = why_not};
      return;
    }
    view.key =
        SecretView{.source = place->source,
                   .fingerprint = {},
                   .remark = place->file.empty() || place->source.starts_with("file:") ? "" : shown_path(place->file)};
  }
  const std::optional<credentials::FoundSecret> key =
      kept(credentials::find_api_key(search, context.host, context.messages), view);
  if (key) {
    view.key->fingerprint = credentials::fingerprint(key->secret);
  } else if (view.key) {
    view.key->remark = "cannot be used";
  }
}

void find_token(const host::Host& host, ConfigView& view) {
  if (host.environment.get("DEEPGRAM_ACCESS_TOKEN").empty()) {
    return;
  }
  const Result<credentials::FoundSecret> token = credentials::find_access_token(host.environment);
  if (!token) {
    view.token = SecretView{.source = "env:DEEPGRAM_ACCESS_TOKEN", .fingerprint = {}, .remark = "cannot be used"};
    view.warnings.push_back(with_hint(token.error()));  // only --auth token looks at it
    return;
  }
  const std::optional<deepgram::Claims> claims = deepgram::decode_claims(token->secret);
  const bool has_expired = claims && claims->expires_at && *claims->expires_at <= host.clock.now();
  view.token = SecretView{.source = token->source,
                          .fingerprint = credentials::fingerprint(token->secret),
                          .remark = has_expired ? "expired" : "for --auth token"};
}

void find_certificates(const session::Context& context, ConfigView& view) {
  std::optional<http::TrustStore> store =
      kept(http::find_trust_store(context.global.cacert, context.host.environment), view);
  if (!store) {
    return;
  }
  if (!store->is_chosen()) {
    store = http::choose_store(http::system_store_places());
  }
  view.trust_store = store->name();
  if (!store->is_chosen()) {
    view.warnings.push_back(with_hint(http::no_certificates()));
  }
}

void find_proxy(const host::Environment& environment, ConfigView& view) {
  const std::optional<http::ProxySetting> setting = http::find_proxy(environment);
  if (!setting) {
    return;
  }
  const std::string url(environment.get(setting->variable));
  view.proxy =
      ProxyView{.url = http::shown_url(url.find("://") == std::string::npos ? "http://" + url : url),
                .variable = setting->variable,
                .may_be_excluded = !environment.get("no_proxy").empty() || !environment.get("NO_PROXY").empty()};
}

void find_useless_minimum(ConfigView& view) {
  if (view.profile && view.profile->cache && view.profile->min_valid) {
    std::string useless = session::warning_of_min_valid("min_valid", *view.profile->min_valid, view.profile->ttl);
    if (!useless.empty()) {
      view.warnings.push_back(std::move(useless));
    }
  }
}

}  // namespace

std::string with_hint(const Error& error) {
  return error.hint.empty() ? error.message : fmt::format("{}; {}", error.message, error.hint);
}

ConfigView view_of(const session::Context& context) {
  const host::Environment& environment = context.host.environment;
  const options::GlobalOptions& global = context.global;
  ConfigView view{.file = credentials::config_path(global.config, environment)};
  view.file_exists =
      !view.file.path.empty() && (host::descriptor_named(view.file.path) || host::file_exists(view.file.path));
  const credentials::Config config =
      kept(credentials::load_config(global.config, environment), view).value_or(credentials::Config{});
  for (const credentials::Profile& profile : config.profiles) {
    view.profiles.push_back(shown_text(profile.name));
  }
  if (view.errors.empty()) {  // else nobody knows what profiles there are
    view.profile = kept(credentials::find_profile(config, global.profile, environment), view).value_or(std::nullopt);
  }
  const bool is_profile_known = view.errors.empty();
  const credentials::KeySearch search = session::key_search(global, config, view.profile);
  if (std::optional<session::ChosenUrl> chosen = kept(session::choose_base_url(global, environment, search), view)) {
    if (chosen->is_unexpected()) {
      view.warnings.push_back(session::warning_of(*chosen));
    }
    view.base_url = std::move(chosen->url);
  }
  view.is_key_known = is_profile_known || credentials::place_of_key(search, environment).has_value();
  if (view.is_key_known) {
    find_key(search, context, view);
  }
  find_certificates(context, view);
  find_useless_minimum(view);
  find_token(context.host, view);
  if (!view.base_url || !view.base_url->is_loopback()) {
    find_proxy(environment, view);
  }
  return view;
}

}  // namespace dgauth::commands
