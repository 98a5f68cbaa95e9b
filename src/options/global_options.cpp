// SPDX-License-Identifier: MIT
#include "options/global_options.hpp"

#include <array>

#include <fmt/format.h>
#include <unistd.h>

#include "base/whole_number.hpp"
#include "host/open_path.hpp"
#include "options/typed_word.hpp"

namespace dgauth::options {
namespace {

constexpr int most_retries = 100;

constexpr std::array<Word, 4> regions = {{
    {"global", "the usual host, api.deepgram.com"},
    {"eu", "the European Union, api.eu.deepgram.com"},
    {"au", "Australia, api.au.deepgram.com"},
    {"in", "India, api.in.deepgram.com"},
}};

Result<int> parse_retries(std::string_view text) {
  const std::optional<int> number = parse_whole_number(text, 0, most_retries);
  return number ? Result<int>(*number)
                : fail(ErrorKind::usage, fmt::format("must be a whole number from 0 to {}", most_retries));
}

Result<deepgram::BaseUrl> parse_region(std::string_view text) {
  if (const std::optional<deepgram::BaseUrl> url = deepgram::BaseUrl::of_region(text)) {
    return url->named_by("--region");
  }
  return fail(ErrorKind::usage, "must be global, eu, au or in", suggestion(text, regions));
}

// However stdin is written: a key that is typed there must not be shown.
Result<std::string> parse_key_file(std::string_view text) {
  std::string path(text);
  return host::descriptor_named(path) == STDIN_FILENO ? "-" : path;
}

Result<void> do_nothing(std::string_view /*text*/) { return {}; }

// Where things are: the configuration, the service, the key.
void declare_places(std::vector<Option>& declared, GlobalOptions& options) {
  declared.push_back({.names = "-c,--config",
                      .value_name = "FILE",
                      .description = "Configuration file",
                      .details = "Read this configuration file instead of `DGAUTH_CONFIG` or the usual one, "
                                 "`~/.config/dgauth/config.toml`.",
                      .hint = {.kind = ValueKind::file},
                      .set = text_into(options.config)});
  declared.push_back({.names = "-p,--profile",
                      .value_name = "NAME",
                      .description = "Profile to use",
                      .details =
                          "Use this profile of the configuration. A profile given here takes precedence over the "
                          "environment if it has a key.",
                      .hint = {.kind = ValueKind::profile},
                      .set = text_into(options.profile)});
  declared.push_back({.names = "--base-url",
                      .value_name = "URL",
                      .description = "API base URL (https; http only for localhost)",
                      .details =
                          "Base URL of the API, for example `https://proxy.example/deepgram`; no user name, query or "
                          "fragment. It must use https; http is allowed only for this machine: localhost, 127.0.0.0/8 "
                          "and ::1. Cannot be used with `--region`.",
                      .set = parsed_into(options.base_url, deepgram::BaseUrl::parse)});
  declared.push_back(
      {.names = "--region",
       .value_name = "REGION",
       .description = "API region: global, eu, au or in",
       .details = "Use the API in this region: `global` (api.deepgram.com), `eu` (api.eu.deepgram.com), `au` or "
                  "`in`.",
       .hint = {.kind = ValueKind::word, .words = regions},
       .excludes = "--base-url",
       .set = parsed_into(options.base_url, parse_region)});
  declared.push_back(
      {.names = "--api-key-file",
       .value_name = "FILE",
       .description = "Read the API key from FILE (- for stdin)",
       .details = "Read the API key from FILE, or from standard input if FILE is `-`. On a terminal dgauth asks "
                  "for the key and does not show it.",
       .hint = {.kind = ValueKind::file},
       .set = parsed_into(options.api_key_file, parse_key_file)});
}

void declare_output(std::vector<Option>& declared, GlobalOptions& options) {
  declared.push_back({.names = "-o,--output",
                      .value_name = "FORMAT",
                      .description = "Output format of the command",
                      .details = "Output format. Each command has its own; its help lists them.",
                      .hint = {.kind = ValueKind::format},
                      .set = text_into(options.output)});
  declared.push_back({.names = "--json",
                      .description = "Same as -o json",
                      .details =
                          "Same as `-o json`. Errors, except for usage errors, are then one line of JSON on standard "
                          "error.",
                      .set = flag_into(options.json)});
  declared.push_back({.names = "-q,--quiet",
                      .description = "Print no warnings",
                      .details = "Print no warnings. Errors are always printed.",
                      .set = flag_into(options.quiet)});
  declared.push_back(
      {.names = "-v,--verbose",
       .description = "Show what is sent and received (never secrets)",
       .details = "Show on standard error what is sent and received: method, URL, status, sizes, times, retries, "
                  "the certificates that are trusted, and which credential was used, by its source and its "
                  "fingerprint (the first 8 hexadecimal digits of its SHA-256). Keys and tokens are never "
                  "shown.",
       .set = flag_into(options.verbose)});
}

void declare_sending(std::vector<Option>& declared, GlobalOptions& options) {
  declared.push_back(
      {.names = "--timeout",
       .value_name = "DURATION",
       .description = "Time limit (default 30s; 10m per transcription)",
       .details = "Time limit for the command as a whole, including retries and the time it takes to get the API "
                  "key; default 30 seconds. When transcribing, it applies to each input separately, and to "
                  "everything before the first; default 10 minutes. The time in which somebody types the key "
                  "does not count.",
       .set = parsed_into(options.timeout, parse_duration_option)});
  declared.push_back({.names = "--connect-timeout",
                      .value_name = "DURATION",
                      .description = "Time limit for connecting (default 10s)",
                      .details = "Time limit for connecting, for each attempt; default 10 seconds.",
                      .set = parsed_into(options.connect_timeout, parse_duration_option)});
  declared.push_back(
      {.names = "--retries",
       .value_name = "N",
       .description = "Retries, where safe (default 2)",
       .details = "Number of retries after a network or server failure or a 429, where a retry is safe: 0 to 100; "
                  "default 2.",
       .set = parsed_into(options.retries, parse_retries)});
  declared.push_back({.names = "--cacert",
                      .value_name = "FILE",
                      .description = "Trust the CAs in FILE instead of the system's",
                      .details =
                          "Trust the CA certificates in FILE (PEM) instead of the system's. Certificates are always "
                          "verified; this cannot be turned off.",
                      .hint = {.kind = ValueKind::file},
                      .set = text_into(options.cacert)});
}

}  // namespace

Declaration declare_global_options(GlobalOptions& options) {
  constexpr std::size_t count = 17;
  Declaration declaration;
  std::vector<Option>& declared = declaration.options;
  declared.reserve(count);
  declare_places(declared, options);
  declare_output(declared, options);
  declare_sending(declared, options);
  declared.push_back(
      {.names = "--dry-run",
       .description = "Show what would be sent, but send nothing",
       .details = "Show the requests that would be sent, but send nothing and run no `api_key_command`. Secrets "
                  "are shown as <redacted>, an API key that is missing or would come from a command as <key>. "
                  "By default the requests are shown as HTTP; with `-o json` as JSON, with `-o curl` as a curl "
                  "command.",
       .set = flag_into(options.dry_run)});
  declared.push_back({.names = "--no-color",
                      .description = "Disable colour (also: NO_COLOR=1)",
                      .details = "Disable colour. So do the environment variable `NO_COLOR`, if it is not empty, and a "
                                 "`TERM` that is `dumb` or not set.",
                      .set = flag_into(options.no_color)});
  // Dealt with before parsing; declared so that help and completions know them.
  declared.push_back(
      {.names = "-h,--help",
       .description = "Show help: -h in short, --help in full",
       .details = "Show help and exit: `-h` in short, `--help` in full, whatever else the command line says.",
       .set = do_nothing});
  declared.push_back({.names = "-V,--version",
                      .description = "Show the version and exit",
                      .details = "Show the versions of dgauth and of the libraries it uses, and exit.",
                      .set = do_nothing});
  return declaration;
}

}  // namespace dgauth::options
