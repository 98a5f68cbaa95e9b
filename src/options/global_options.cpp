// SPDX-License-Identifier: MIT
#include "options/global_options.hpp"

#include <array>

#include <fmt/format.h>
#include <unistd.h>

#include "base/text.hpp"
#include "base/whole_number.hpp"
#include "host/open_path.hpp"

namespace dgauth::options {
namespace {

constexpr int most_retries = 100;

constexpr std::array<Word, 4> regions = {{
    {"global", "the usual host"},
    {"eu", "European Union"},
    {"au", "Australia"},
    {"in", "India"},
}};

Result<int> parse_retries(std::string_view text) {
  const std::optional<int> number = parse_whole_number(text, 0, most_retries);
  return number ? Result<int>(*number)
                : fail(ErrorKind::usage, fmt::format("is not a whole number from 0 to {}", most_retries));
}

Result<deepgram::BaseUrl> parse_region(std::string_view text) {
  if (const std::optional<deepgram::BaseUrl> url = deepgram::BaseUrl::of_region(text)) {
    return url->named_by("--region");
  }
  return fail(ErrorKind::usage, fmt::format("is none of {}", join_with_and(deepgram::regional_names())));
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
                      .hint = {.kind = ValueKind::file},
                      .set = text_into(options.config)});
  declared.push_back({.names = "-p,--profile",
                      .value_name = "NAME",
                      .description = "Profile of the configuration",
                      .hint = {.kind = ValueKind::profile},
                      .set = text_into(options.profile)});
  declared.push_back({.names = "--base-url",
                      .value_name = "URL",
                      .description = "API base; https, or http to loopback",
                      .set = parsed_into(options.base_url, deepgram::BaseUrl::parse)});
  declared.push_back({.names = "--region",
                      .value_name = "REGION",
                      .description = "global, eu, au or in",
                      .hint = {.kind = ValueKind::word, .words = regions},
                      .excludes = "--base-url",
                      .set = parsed_into(options.base_url, parse_region)});
  declared.push_back({.names = "--api-key-file",
                      .value_name = "FILE",
                      .description = "Read the API key here; - is stdin",
                      .hint = {.kind = ValueKind::file},
                      .set = parsed_into(options.api_key_file, parse_key_file)});
}

void declare_output(std::vector<Option>& declared, GlobalOptions& options) {
  declared.push_back({.names = "-o,--output",
                      .value_name = "FORMAT",
                      .description = "Output format of the command",
                      .hint = {.kind = ValueKind::format},
                      .set = text_into(options.output)});
  declared.push_back({.names = "--json", .description = "Same as -o json", .set = flag_into(options.json)});
  declared.push_back({.names = "-q,--quiet", .description = "No warnings", .set = flag_into(options.quiet)});
  declared.push_back(
      {.names = "-v,--verbose", .description = "Trace on stderr, without secrets", .set = flag_into(options.verbose)});
}

void declare_sending(std::vector<Option>& declared, GlobalOptions& options) {
  declared.push_back({.names = "--timeout",
                      .value_name = "DURATION",
                      .description = "In all (30s; a transcription 10m)",
                      .set = parsed_into(options.timeout, parse_duration_option)});
  declared.push_back({.names = "--connect-timeout",
                      .value_name = "DURATION",
                      .description = "Connecting (10s)",
                      .set = parsed_into(options.connect_timeout, parse_duration_option)});
  declared.push_back({.names = "--retries",
                      .value_name = "N",
                      .description = "Further tries where safe (2)",
                      .set = parsed_into(options.retries, parse_retries)});
  declared.push_back({.names = "--cacert",
                      .value_name = "FILE",
                      .description = "Trust this CA file, not the system's",
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
  declared.push_back({.names = "--dry-run",
                      .description = "Show what would be sent, send nothing",
                      .set = flag_into(options.dry_run)});
  declared.push_back(
      {.names = "--no-color", .description = "No colour; also NO_COLOR", .set = flag_into(options.no_color)});
  // Dealt with before parsing; declared so that help and completions know them.
  declared.push_back({.names = "-h,--help", .description = "Show help and exit", .set = do_nothing});
  declared.push_back({.names = "-V,--version", .description = "Show version and exit", .set = do_nothing});
  return declaration;
}

}  // namespace dgauth::options
