// SPDX-License-Identifier: MIT
#include <array>

#include "commands/pages.hpp"

namespace dgauth::commands {
namespace {

constexpr auto statuses = std::to_array<StatusMeaning>({
    {ExitStatus::ok, "success"},
    {ExitStatus::failed, "the output could not be written (disk full, closed pipe), or a bug in dgauth"},
    {ExitStatus::usage, "usage error: an unknown option, a value out of range, contradicting options"},
    {ExitStatus::no_credential,
     "no credential, or the environment or the configuration cannot be used: an unreadable key file, a mistake in the "
     "configuration, permissions that are too open"},
    {ExitStatus::refused, "the credential was refused: it is wrong, or has been deleted"},
    {ExitStatus::forbidden,
     "the credential is good but not allowed to do this, or has expired; or an expectation of `check` is not met"},
    {ExitStatus::limited, "no credit left, or too many requests"},
    {ExitStatus::network, "network error: name lookup, TLS, proxy, time limit, a connection that was closed"},
    {ExitStatus::service,
     "the server failed, redirected or sent an invalid response; or it granted a different lifetime (`--strict-ttl`); "
     "or a `check` was inconclusive"},
    {ExitStatus::rejected,
     "the server rejected the request itself: a bad parameter, an unreachable URL, a file too large"},
});

constexpr auto variables = std::to_array<options::Word>({
    {"DEEPGRAM_ACCESS_TOKEN", "the token for --auth token",
     "The token that `--auth token` uses; never used otherwise."},
    {"DEEPGRAM_API_KEY", "the API key", "The API key."},
    {"DEEPGRAM_API_KEY_FILE", "file that contains the API key",
     "File that contains the API key; an error if `DEEPGRAM_API_KEY` is set too."},
    {"DEEPGRAM_BASE_URL", "same as --base-url", "Same as `--base-url`."},
    {"DGAUTH_CONFIG", "same as --config", "Same as `--config`."},
    {"DGAUTH_PROFILE", "default for --profile", "Default for `--profile`."},
    {"GITHUB_ACTIONS", "true: mask secrets in the log of GitHub Actions",
     "If `true`, every command that prints a secret first writes `::add-mask::SECRET` to standard error, so that the "
     "log of GitHub Actions shows `***` instead."},
    {"GITHUB_ENV", "file for variables, used by grant -o github",
     "File for the variables of later steps, used by `-o github` of grant."},
    {"GITHUB_OUTPUT", "file for outputs, used by grant -o github",
     "File for the outputs of a step, used by `-o github` of grant."},
    {"GITHUB_STEP_SUMMARY", "file for the report, used by check -o github",
     "File for the job summary, used by `-o github` of check."},
    {"HTTPS_PROXY", "proxy URL (also: ALL_PROXY)",
     "Proxy URL; `ALL_PROXY` and lower-case names work too. Never used for this machine's own addresses."},
    {"NO_COLOR", "not empty: same as --no-color", "If not empty: same as `--no-color`."},
    {"NO_PROXY", "hosts to reach without the proxy", "Hosts to reach without the proxy, separated by commas."},
    {"OPENSSL_CONF", "configuration of OpenSSL",
     "Configuration of OpenSSL, for builds that use the system's. The release, which contains its own OpenSSL, ignores "
     "it."},
    {"SSL_CERT_DIR", "directories of CA certificates to trust",
     "Directories of CA certificates to trust instead of the system's, separated by colons, with the names that "
     "`openssl "
     "rehash` makes."},
    {"SSL_CERT_FILE", "file of CA certificates to trust",
     "File of CA certificates (PEM) to trust instead of the system's."},
    {"TERM", "dumb or not set: same as --no-color", "If `dumb` or not set: same as `--no-color`."},
    {"XDG_CACHE_HOME", "directory for the token cache (default ~/.cache)",
     "Directory for the token cache, an absolute path; default `~/.cache`."},
    {"XDG_CONFIG_HOME", "directory for the configuration (default ~/.config)",
     "Directory for the configuration, an absolute path; default `~/.config`."},
});

constexpr std::array<std::string_view, variables.size()> names = [] {
  std::array<std::string_view, variables.size()> all;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i] = variables[i].name;
  }
  return all;
}();

constexpr auto topics = std::to_array<options::Word>({
    {"options", "global options, which every command takes"},
    {"exit-status", "what each exit status means, and what is worth retrying"},
    {"environment", "environment variables"},
    {"configuration", "the configuration file, its profiles and settings"},
    {"formats", "output formats of every command (-o)"},
});

constexpr auto examples = std::to_array<Example>({
    {"Get a token that is valid for one minute", "dgauth grant --ttl 60"},
    {"Find out what the API key can do", "dgauth check"},
    {"Transcribe a recording", "dgauth transcribe-file talk.wav"},
});

}  // namespace

constexpr Page program_page = {
    .about =
        "dgauth exchanges a Deepgram API key for a temporary token, which is valid for one second to one hour. "
        "Programs, scripts, CI jobs and browsers can then use Deepgram's voice APIs without the key.\n\n"
        "Set `DEEPGRAM_API_KEY` to your API key, or put it into a file or a profile: see `dgauth help configuration`. "
        "To mint tokens the key needs the role Member or higher; create one at https://console.deepgram.com.",
    .statuses = statuses,
    .variables = names,
    .examples = examples,
};

std::span<const options::Word> environment_variables() { return variables; }

std::span<const options::Word> help_topics() { return topics; }

}  // namespace dgauth::commands
