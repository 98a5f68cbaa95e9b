// SPDX-License-Identifier: MIT
#include "cli/global_option_declarations.hpp"

#include <cstdint>

#include <fmt/format.h>
#include <unistd.h>

#include "base/text.hpp"
#include "base/whole_number.hpp"
#include "host/open_path.hpp"
#include "options/option_binding.hpp"

namespace dgauth::cli {
namespace {

using options::bind_flag;
using options::bind_text;
using options::bind_value;

constexpr int most_retries = 100;

Result<int> parse_retries(std::string_view text) {
  const std::optional<int> number = parse_whole_number(text, 0, most_retries);
  return number ? Result<int>(*number)
                : fail(ErrorKind::usage, fmt::format("is not a whole number from 0 to {}", most_retries));
}

Result<deepgram::BaseUrl> parse_region(std::string_view text) {
  if (std::optional<deepgram::BaseUrl> url = deepgram::BaseUrl::of_region(text)) {
    return std::move(*url);
  }
  return fail(ErrorKind::usage, fmt::format("is none of {}", join_with_and(deepgram::regional_names())));
}

// However stdin is written: a key that is typed there must not be shown.
Result<std::string> parse_key_file(const std::string& text) {
  return host::descriptor_named(text) == STDIN_FILENO ? "-" : text;
}

}  // namespace

void declare_global_options(CLI::App& root, options::GlobalOptions& options) {
  options::bind_text(root, "-c,--config", options.config, "FILE", "Configuration file");
  options::bind_text(root, "-p,--profile", options.profile, "NAME", "Profile of the configuration");
  CLI::Option* const base_url = options::bind_value(root, "--base-url", options.base_url, deepgram::BaseUrl::parse,
                                                    "URL", "API base; https, or http to loopback");
  options::bind_value(root, "--region", options.base_url, parse_region, "REGION", "global, eu, au or in")
      ->excludes(base_url);
  options::bind_value(root, "--api-key-file", options.api_key_file, parse_key_file, "FILE",
                      "Read the API key here; - is stdin");
  options::bind_text(root, "-o,--output", options.output, "FORMAT", "Output format of the command");
  options::bind_flag(root, "--json", options.json, "Same as -o json");
  options::bind_flag(root, "-q,--quiet", options.quiet, "No warnings");
  options::bind_flag(root, "-v,--verbose", options.verbose, "Trace on stderr, without secrets");
  options::bind_value(root, "--timeout", options.timeout, options::parse_duration_option, "DURATION",
                      "In all (30s; a transcription 10m)");
  options::bind_value(root, "--connect-timeout", options.connect_timeout, options::parse_duration_option, "DURATION",
                      "Connecting (10s)");
  options::bind_value(root, "--retries", options.retries, parse_retries, "N", "Further tries where safe (2)");
  options::bind_text(root, "--cacert", options.cacert, "FILE", "Trust this CA file, not the system's");
  options::bind_flag(root, "--dry-run", options.dry_run, "Show what would be sent, send nothing");
  options::bind_flag(root, "--no-color", options.no_color, "No colour; also NO_COLOR");
  const auto nothing = [](std::int64_t /*times*/) {};
  // Dealt with before parsing; declared so that help and completions know them.
  root.add_flag_function("-h,--help", nothing, "Show help and exit");
  root.add_flag_function("-V,--version", nothing, "Show version and exit");
  for (CLI::Option* const option : root.get_options()) {
    option->group("Options of every command");
  }
}

}  // namespace dgauth::cli
