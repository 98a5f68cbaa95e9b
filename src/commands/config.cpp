// SPDX-License-Identifier: MIT
#include "commands/config.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/shown.hpp"
#include "base/text.hpp"
#include "commands/config_view.hpp"
#include "json/writer.hpp"
#include "options/enum_names.hpp"
#include "session/base_url_choice.hpp"

namespace dgauth::commands {
namespace {

constexpr std::array<options::EnumName<ConfigFormat>, 2> formats = {{
    {"text", ConfigFormat::text, "a table for people"},
    {"json", ConfigFormat::json, "one line of JSON"},
}};

constexpr std::string_view unknown = "not known, see the error";

std::string shown_file(const ConfigView& view) {
  if (view.file.path.empty()) {
    return "none: neither XDG_CONFIG_HOME nor HOME is set";
  }
  return fmt::format("{}{}{}{}", view.file.path, view.file.chosen_by.empty() ? "" : ", from ", view.file.chosen_by,
                     view.file_exists ? "" : ", which does not exist");
}

std::string shown_profile(const ConfigView& view) {
  return view.profile ? fmt::format("{}, chosen by {}", view.profile->name, view.profile->chosen_by) : "none";
}

std::string shown_secret(const std::optional<SecretView>& secret) {
  if (!secret) {
    return "none";
  }
  std::string text = "from " + secret->source;
  if (!secret->fingerprint.empty()) {
    text += ", fingerprint " + secret->fingerprint;
  }
  return secret->remark.empty() ? text : fmt::format("{} ({})", text, secret->remark);
}

std::string shown_proxy(const std::optional<ProxyView>& proxy) {
  return proxy ? fmt::format("{}, from {}{}", proxy->url, proxy->variable,
                             proxy->may_be_excluded ? " (unless NO_PROXY excludes the host)" : "")
               : "none";
}

std::string shown_lifetime(const ConfigView& view) {
  return view.profile && view.profile->ttl
             ? fmt::format("{} s, from profile {}", view.profile->ttl->seconds().count(), view.profile->name)
             : "the server's default";
}

std::string shown_cache(const ConfigView& view) {
  if (!view.profile || !view.profile->cache) {
    return "off";
  }
  const std::optional<std::chrono::seconds> least = view.profile->min_valid;
  return fmt::format("on, from profile {}{}", view.profile->name,
                     least ? fmt::format(", minimum remaining lifetime {} s", least->count()) : "");
}

std::string text_of(const ConfigView& view) {
  const std::vector<std::string_view> profiles(view.profiles.begin(), view.profiles.end());
  const std::array<std::pair<std::string_view, std::string>, 10> rows = {{
      {"configuration", shown_file(view)},
      {"profiles", profiles.empty() ? "none" : join_with_and(profiles)},
      {"profile in use", shown_profile(view)},
      {"API key", view.is_key_known ? shown_secret(view.key) : std::string(unknown)},
      {"access token", shown_secret(view.token)},
      {"base URL", view.base_url ? session::with_source(*view.base_url) : std::string(unknown)},
      {"token lifetime", shown_lifetime(view)},
      {"token cache", shown_cache(view)},
      {"trust store", view.trust_store.empty() ? std::string(unknown) : view.trust_store},
      {"proxy", shown_proxy(view.proxy)},
  }};
  std::string text;
  for (const auto& [name, value] : rows) {
    text += fmt::format("{:<16}{}\n", name, shown_text(value));
  }
  return text;
}

void write_secret(json::Writer& writer, const std::optional<SecretView>& secret) {
  if (!secret) {
    writer.null();
    return;
  }
  writer.begin_object();
  writer.key("source").string(secret->source);
  writer.key("fingerprint").string_or_null(secret->fingerprint);
  writer.key("remark").string_or_null(shown_text(secret->remark));
  writer.end_object();
}

void write_profile(json::Writer& writer, const std::optional<credentials::Profile>& profile) {
  if (!profile) {
    writer.null();
    return;
  }
  const auto ttl = profile->ttl ? std::optional(profile->ttl->seconds().count()) : std::nullopt;
  const auto min_valid = profile->min_valid ? std::optional(profile->min_valid->count()) : std::nullopt;
  writer.begin_object();
  writer.key("name").string(shown_text(profile->name));
  writer.key("chosen_by").string(shown_text(profile->chosen_by));
  writer.key("ttl").number_or_null(ttl);
  writer.key("cache").boolean(profile->cache);
  writer.key("min_valid").number_or_null(min_valid);
  writer.end_object();
}

std::string json_of(const ConfigView& view, ExitStatus status) {
  json::Writer writer;
  writer.begin_object();
  writer.key("config_file").begin_object();
  writer.key("path").string_or_null(shown_text(view.file.path));
  writer.key("chosen_by").string_or_null(view.file.chosen_by);
  writer.key("exists").boolean(view.file_exists);
  writer.end_object();
  writer.key("profiles").begin_array();
  for (const std::string& name : view.profiles) {
    writer.string(name);
  }
  writer.end_array();
  writer.key("profile");
  write_profile(writer, view.profile);
  writer.key("api_key");
  write_secret(writer, view.key);
  writer.key("access_token");
  write_secret(writer, view.token);
  writer.key("base_url").begin_object();
  writer.key("url").string_or_null(view.base_url ? view.base_url->text() : "");
  writer.key("source").string_or_null(view.base_url ? shown_text(view.base_url->source()) : "");
  writer.end_object();
  writer.key("trust_store").string_or_null(shown_text(view.trust_store));
  writer.key("proxy").string_or_null(view.proxy ? shown_text(view.proxy->url) : "");
  writer.key("exit_status").number(static_cast<int>(status));
  writer.end_object();
  return std::string(writer.text()) + "\n";
}

}  // namespace

constexpr std::array<options::Word, 2> config_formats = options::words_of(formats);

options::Declaration declare_config(ConfigOptions& /*options*/) { return {}; }

Result<ExitStatus> run_config(const ConfigOptions& /*options*/, const session::Context& context) {
  const ConfigView view = view_of(context);
  const ExitStatus status = view.errors.empty() ? ExitStatus::ok : exit_status_of(view.errors.front().kind);
  const ConfigFormat format = formats.at(context.output.format).value;
  TRY(context.host.console.write_out(format == ConfigFormat::text ? text_of(view) : json_of(view, status)));
  for (const std::string& warning : view.warnings) {
    context.messages.warn(warning);
  }
  if (view.errors.empty()) {
    return ExitStatus::ok;
  }
  for (auto error = view.errors.begin() + 1; error != view.errors.end(); ++error) {
    context.messages.warn(with_hint(*error));
  }
  return fail(view.errors.front());
}

}  // namespace dgauth::commands
