// SPDX-License-Identifier: MIT
#include "transcription/input.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/shown.hpp"
#include "base/text.hpp"
#include "host/input_file.hpp"
#include "http/url.hpp"
#include "transcription/media_types.hpp"

namespace dgauth::transcription {
namespace {

constexpr std::size_t shortest_secret = 8;   // a shorter one would take words out of the server's messages
constexpr std::size_t longest_name = 200;    // in bytes: a file system takes 255 with what is added
constexpr std::size_t characters_kept = 50;  // of a longer one
constexpr std::size_t digest_digits = 8;

std::string scheme_of(std::string_view text) {
  const std::size_t end = text.find("://");
  return end == std::string_view::npos ? std::string() : lower_case(text.substr(0, end));
}

// As it reads: nothing is looked up, so that a result is found again after its input has gone.
std::string identity_of_path(const std::string& path) {
  std::string normal = std::filesystem::path(path).lexically_normal().string();
  return normal == "-" ? "./-" : normal;  // a file of that name is not stdin
}

bool are_certainly_different(const Input& a, const Input& b) {
  std::error_code unknown;
  const bool are_the_same = std::filesystem::equivalent(a.text, b.text, unknown);
  return !are_the_same && !unknown;
}

std::string_view without_extension(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

// What cannot be in a name, or would hide the file, is replaced.
std::string file_stem(std::string_view identity, std::string_view last_part, ResultNames names) {
  if (names == ResultNames::plain) {
    last_part = without_extension(last_part);
  }
  std::string name = without_controls(last_part);
  if (name.empty()) {
    name = "input";
  }
  if (name.front() == '.' || name.front() == '-') {
    name.front() = '_';
  }
  if (name.size() > longest_name) {
    name = shortened(name, characters_kept);
  }
  return names == ResultNames::plain ? name : fmt::format("{}-{}", name, sha256_hex(identity).substr(0, digest_digits));
}

std::string reachability_warning(const http::Url& url, std::string_view shown) {
  const std::string& host = url.host;
  const bool is_here = http::is_loopback(url) || host.ends_with(".localhost") || host == "0.0.0.0";
  if (!is_here && !host.ends_with(".local") && !http::is_private(url)) {
    return {};
  }
  return fmt::format(
      "{} {}, but Deepgram has to fetch the URL itself: use "
      "'dgauth transcribe-file' to send a local file",
      shown, is_here ? "is on this machine" : "is only reachable on this network");
}

std::vector<Secret> secrets_of(const http::ForeignUrl& url) {
  std::vector<Secret> secrets;
  for (const std::string& secret : url.secrets) {
    if (secret.size() >= shortest_secret) {
      secrets.emplace_back(secret);
    }
  }
  return secrets;
}

Result<Input> parse_url_input(Input input, std::string_view scheme, ResultNames names) {
  const auto wrong = [&input](std::string predicate, std::string hint) {
    return fail(ErrorKind::usage, fmt::format("{} {}", input.shown, predicate), std::move(hint));
  };
  if (scheme == "file") {
    return wrong("is a local file, but Deepgram has to fetch the URL itself",
                 "use 'dgauth transcribe-file', with the path without file://");
  }
  if (scheme != "http" && scheme != "https") {
    return wrong("is not an http or https URL",
                 "begin it with https://; for a local file, use 'dgauth transcribe-file'");
  }
  const std::optional<http::ForeignUrl> parsed =
      std::ranges::all_of(input.text, is_visible_ascii) ? http::parse_foreign_url(input.text) : std::nullopt;
  if (!parsed) {
    return wrong("is not a valid URL", "use https://host/path, with special characters as %XX");
  }
  input.kind = InputKind::url;
  input.identity = input.text;  // what looks alike may not be to the server that has it
  input.file_stem = file_stem(input.identity, after_last(parsed->url.path, '/'), names);
  input.reachability = reachability_warning(parsed->url, input.shown);
  input.secrets = secrets_of(*parsed);
  return input;
}

Result<Input> parse_file_input(Input input, std::string_view scheme, ResultNames names) {
  if (scheme == "http" || scheme == "https") {
    return fail(ErrorKind::usage, fmt::format("{} is a URL, not a file", input.shown), "use 'dgauth transcribe-url'");
  }
  const bool is_stdin = input.text == "-";
  input.kind = is_stdin ? InputKind::standard_input : InputKind::file;
  input.identity = is_stdin ? input.text : identity_of_path(input.text);
  input.file_stem = file_stem(input.identity, is_stdin ? "stdin" : after_last(input.identity, '/'), names);
  input.media_type = media_type_of(input.text);
  return input;
}

}  // namespace

std::vector<Secret> secrets_in_url(std::string_view url) {
  const std::optional<http::ForeignUrl> parsed = http::parse_foreign_url(url);
  return parsed ? secrets_of(*parsed) : std::vector<Secret>();
}

Result<Input> parse_input(MediaKind kind, const std::string& text, ResultNames names) {
  const std::string scheme = scheme_of(text);
  const std::string name = text == "-" ? "stdin" : scheme.empty() ? text : http::shown_url(text);
  Input input{.text = text,
              .shown = shown_text(scheme.empty() ? shown_path(text) : name),
              .heading = shown_line(fmt::format("==> {} <==", name))};
  return kind == MediaKind::url ? parse_url_input(std::move(input), scheme, names)
                                : parse_file_input(std::move(input), scheme, names);
}

Result<std::vector<Input>> parse_inputs(MediaKind kind, const std::vector<std::string>& texts, ResultNames names) {
  std::unordered_map<std::string, std::size_t> first_of_identity;
  std::vector<Input> inputs;
  inputs.reserve(texts.size());
  for (const std::string& text : texts) {
    TRY_ASSIGN(Input input, parse_input(kind, text, names));
    const auto [first, is_new] = first_of_identity.emplace(input.identity, inputs.size());
    if (is_new || are_certainly_different(inputs[first->second], input)) {
      inputs.push_back(std::move(input));
    }
  }
  return inputs;
}

Result<void> check_readable(const Input& input) {
  if (input.kind == InputKind::url) {
    return {};
  }
  Result<void> checked = host::InputFile::check(input.text);
  if (!checked && scheme_of(input.text) == "file") {
    checked.error().hint = "use the path without file://";
  }
  return checked;
}

}  // namespace dgauth::transcription
