// SPDX-License-Identifier: MIT
#include "credentials/api_key.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/shown.hpp"
#include "credentials/config_mistakes.hpp"
#include "credentials/mistaken_secret.hpp"
#include "credentials/parse_key.hpp"
#include "credentials/shown_command.hpp"
#include "deepgram/credential.hpp"
#include "host/files.hpp"
#include "host/run_command.hpp"

namespace dgauth::credentials {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view key_variable = "DEEPGRAM_API_KEY";
constexpr std::string_view key_file_variable = "DEEPGRAM_API_KEY_FILE";
constexpr std::string_view token_variable = "DEEPGRAM_ACCESS_TOKEN";
constexpr std::string_view how_to_get_a_key =
    "create one at https://console.deepgram.com (role Member or higher), then set DEEPGRAM_API_KEY or "
    "DEEPGRAM_API_KEY_FILE, use --api-key-file, or configure a profile";
constexpr std::string_view how_to_choose =
    "choose one with -p NAME, DGAUTH_PROFILE, or a line profile = \"NAME\" at the top of the file";

Result<FoundSecret> found(const Secret& text, std::string_view shown_source, std::string source) {
  return parse_key(text, shown_source).map([&source](Secret&& key) {
    return FoundSecret{.secret = std::move(key), .source = std::move(source), .prompt_time = {}};
  });
}

// What every way to a key needs.
struct Means {
  const host::Host& host;
  const host::Messages& messages;
  milliseconds time_left;
};

Result<FoundSecret> key_from_terminal(const std::string& path, std::string source, const host::Host& host) {
  const auto asked_at = host.clock.steady_now();
  TRY_ASSIGN(const Secret typed, host.console.ask_secret("Deepgram API key: ", path));
  TRY_ASSIGN(FoundSecret key, found(typed, "the terminal", std::move(source)));
  key.prompt_time = host.clock.steady_now() - asked_at;
  return key;
}

// Below what orchestrators mount for secrets, which is often readable by all; the user cannot change that.
bool is_mounted_secret(const std::string& path, const host::Environment& environment) {
  std::error_code ignored;
  const std::filesystem::path normal = std::filesystem::absolute(path, ignored).lexically_normal();
  std::string_view credentials = environment.get("CREDENTIALS_DIRECTORY");
  credentials = credentials.substr(0, credentials.find_last_not_of('/') + 1);
  const auto is_below = [&normal](std::string_view directory) {
    return directory.starts_with('/') && normal.native().starts_with(std::string(directory) + '/');
  };
  return is_below(credentials) || is_below("/run/secrets") || is_below("/var/run/secrets");
}

// `place` is what named the file: an option, a variable, or a line of the configuration. A terminal is a file too, and
// what is typed there must not be shown.
Result<FoundSecret> key_from_file(const std::string& path, std::string_view place, std::string source,
                                  const Means& means) {
  if (means.host.console.is_terminal(path)) {
    return key_from_terminal(path, std::move(source), means.host);
  }
  const Result<host::FileContent> file = host::read_file(
      path, longest_key + 1, std::min<milliseconds>(read_timeout, means.time_left), ErrorKind::no_credential);
  if (!file) {
    return fail(file.error().kind, fmt::format("{}: {}", place, file.error().message),
                std::string(hint_for_unread(path)));
  }
  if (path != "-" && file->is_regular && !file->access.is_private && !file->access.is_managed &&
      !is_mounted_secret(path, means.host.environment)) {
    means.messages.warn(
        fmt::format("{}: {} is readable by other users: {}", place, shown_path(path), how_to_make_private(path)));
  }
  return found(file->bytes, shown_path(path), std::move(source));
}

Error command_failure(std::string_view place, const Error& error) {
  return {.kind = ErrorKind::config,
          .message = fmt::format("{}: api_key_command: {}", place, error.message),
          .hint = "run it by hand: it must print the key and exit with status 0"};
}

Result<FoundSecret> key_from_command(const KeyFromCommand& command, std::string_view place, std::string source,
                                     milliseconds time_left) {
  const Result<host::CommandOutput> output =
      host::run_command(command.argv, std::min<milliseconds>(command.timeout, time_left), longest_key + 2);
  if (!output) {
    return fail(command_failure(place, output.error()));
  }
  return found(output->out, fmt::format("the api_key_command at {}", place), std::move(source));
}

Result<FoundSecret> key_of_profile(const Profile& profile, const Means& means) {
  const std::string source = "profile:" + without_pasted_secrets(profile.name);
  if (const auto* const in_config = std::get_if<KeyInConfig>(&*profile.key)) {
    return found(in_config->key, profile.key_place, source);
  }
  if (const auto* const in_file = std::get_if<KeyInFile>(&*profile.key)) {
    return key_from_file(in_file->path, profile.key_place, source, means);
  }
  return key_from_command(std::get<KeyFromCommand>(*profile.key), profile.key_place, source, means.time_left);
}

Result<FoundSecret> key_from_environment(const Means& means) {
  const host::Environment& environment = means.host.environment;
  const std::string_view key = environment.get(key_variable);
  const std::string_view file = environment.get(key_file_variable);
  if (!key.empty() && !file.empty()) {
    return fail(ErrorKind::config, "both DEEPGRAM_API_KEY and DEEPGRAM_API_KEY_FILE are set",
                "to use the file, run: unset DEEPGRAM_API_KEY; to use the key, run: unset DEEPGRAM_API_KEY_FILE");
  }
  if (!key.empty()) {
    return found(Secret(key), key_variable, fmt::format("env:{}", key_variable));
  }
  return key_from_file(std::string(file), key_file_variable, fmt::format("env:{}", key_file_variable), means);
}

Error no_key(const KeySearch& search, const host::Environment& environment) {
  std::string message = "no API key found";
  for (const std::string_view name : {key_variable, key_file_variable}) {
    if (environment.is_set_but_empty(name)) {
      message += fmt::format("; {} is set but empty", name);
    }
  }
  if (search.profile) {
    message += fmt::format("; profile {} has none", search.profile->name);
  }
  if (!search.unchosen.empty()) {
    message += fmt::format("; {}, and none is chosen", search.unchosen);
  }
  const bool has_token = !environment.get(token_variable).empty();
  return {.kind = ErrorKind::no_credential,
          .message = std::move(message),
          .hint = !search.unchosen.empty() ? std::string(how_to_choose)
                  : has_token
                      ? "DEEPGRAM_ACCESS_TOKEN is set: to use it, add --auth token to header, check or transcribe-*"
                      : std::string(how_to_get_a_key)};
}

bool has_key(const std::optional<Profile>& profile) { return profile && profile->key; }

bool is_in_environment(const host::Environment& environment) {
  return !environment.get(key_variable).empty() || !environment.get(key_file_variable).empty();
}

}  // namespace

std::string fingerprint(const Secret& secret) { return digest_of(secret).substr(0, 8); }

std::optional<KeyPlace> place_of_key(const KeySearch& search, const host::Environment& environment) {
  if (!search.key_file.empty()) {
    return KeyPlace{.source = search.key_file == "-" ? "stdin" : "file:" + shown_path(search.key_file),
                    .named_by = "--api-key-file",
                    .file = search.key_file};
  }
  const bool is_in_variable = is_in_environment(environment);
  if (has_key(search.profile) && (search.profile_is_explicit || !is_in_variable)) {
    const Profile& profile = *search.profile;
    const auto* const in_file = std::get_if<KeyInFile>(&*profile.key);
    const auto* const command = std::get_if<KeyFromCommand>(&*profile.key);
    return KeyPlace{.source = "profile:" + without_pasted_secrets(profile.name),
                    .named_by = profile.key_place,
                    .file = in_file != nullptr ? in_file->path : std::string(),
                    .program = command != nullptr ? command->argv.front() : std::string()};
  }
  if (!is_in_variable) {
    return std::nullopt;
  }
  const std::string_view variable = environment.get(key_variable).empty() ? key_file_variable : key_variable;
  return KeyPlace{.source = fmt::format("env:{}", variable),
                  .named_by = std::string(variable),
                  .file = variable == key_file_variable ? std::string(environment.get(key_file_variable)) : ""};
}

Result<FoundSecret> find_api_key(const KeySearch& search, const host::Host& host, const host::Messages& messages) {
  const Means means{.host = host, .messages = messages, .time_left = search.time_left};
  const std::optional<KeyPlace> place = place_of_key(search, host.environment);
  if (!place) {
    return fail(no_key(search, host.environment));
  }
  if (!search.key_file.empty()) {
    return key_from_file(place->file, place->named_by, place->source, means);
  }
  return place->source.starts_with("env:") ? key_from_environment(means) : key_of_profile(*search.profile, means);
}

bool search_needs_action(const KeySearch& search, const host::Host& host) {
  const std::optional<KeyPlace> place = place_of_key(search, host.environment);
  return place && (!place->program.empty() || (!place->file.empty() && host.console.is_terminal(place->file)));
}

Result<void> check_key_command(const KeyPlace& place) {
  const Result<void> program = host::check_program(place.program);
  return program ? program : fail(command_failure(place.named_by, program.error()));
}

Result<FoundSecret> find_access_token(const host::Environment& environment) {
  const std::string_view token = environment.get(token_variable);
  if (token.empty()) {
    return fail(ErrorKind::no_credential,
                fmt::format("DEEPGRAM_ACCESS_TOKEN is {}",
                            environment.is_set_but_empty(token_variable) ? "set but empty" : "not set"),
                "mint one: token=$(dgauth grant) && export DEEPGRAM_ACCESS_TOKEN=\"$token\"");
  }
  const bool is_the_key = token == environment.get(key_variable) && !deepgram::looks_like_jwt(token);
  if (deepgram::looks_like_api_key(token) || is_the_key) {
    return fail(ErrorKind::config, "DEEPGRAM_ACCESS_TOKEN contains an API key, not a token",
                "set DEEPGRAM_API_KEY to the key; 'dgauth grant' makes a token from it");
  }
  const std::string_view without_padding = token.substr(0, token.find_last_not_of('=') + 1);
  if (const std::optional<Mistake> mistake = mistake_in(without_padding, "token")) {
    return fail(ErrorKind::config, fmt::format("DEEPGRAM_ACCESS_TOKEN {}", mistake->what), mistake->hint);
  }
  if (!deepgram::is_bearer_token(token)) {
    return fail(ErrorKind::config, "DEEPGRAM_ACCESS_TOKEN contains characters that never occur in a token",
                "set it to the token alone, without \"Bearer\", spaces or line breaks");
  }
  return FoundSecret{.secret = Secret(token), .source = fmt::format("env:{}", token_variable), .prompt_time = {}};
}

}  // namespace dgauth::credentials
