// SPDX-License-Identifier: MIT
#include "credentials/parse_key.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "credentials/mistaken_secret.hpp"
#include "deepgram/credential.hpp"

namespace dgauth::credentials {
namespace {

std::string_view without_newline(std::string_view text) {
  if (text.ends_with('\n')) {
    text.remove_suffix(1);
    if (text.ends_with('\r')) {
      text.remove_suffix(1);
    }
  }
  return text;
}

std::string_view name_of_byte(char c) {
  switch (c) {
    case '\0': return "a NUL byte";
    case '\n': return "a line break";
    case '\r': return "a carriage return";
    case '\t': return "a tab";
    case ' ': return "a space";
    default: return static_cast<unsigned char>(c) >= 0x80 ? "a non-ASCII character" : "a control character";
  }
}

}  // namespace

Result<Secret> parse_key(const Secret& text, std::string_view source) {
  const std::string_view key = without_newline(text.reveal());
  if (trim(key).empty()) {
    return fail(ErrorKind::no_credential, fmt::format("the API key from {} is empty", source));
  }
  if (key.starts_with(byte_order_mark)) {
    return fail(ErrorKind::config, fmt::format("the API key from {} begins with a byte order mark", source),
                "save the file as plain text, without a byte order mark");
  }
  for (const std::string_view scheme : {"Token ", "Bearer ", "Authorization:"}) {
    if (equal_ignoring_case(key.substr(0, scheme.size()), scheme)) {
      return fail(ErrorKind::config, fmt::format("the API key from {} begins with \"{}\"", source, trim(scheme)),
                  "use the key alone: dgauth adds what comes before it");
    }
  }
  if (const std::optional<Mistake> mistake = mistake_in(key, "key")) {
    return fail(ErrorKind::config, fmt::format("the API key from {} {}", source, mistake->what), mistake->hint);
  }
  if (key.starts_with('/') || key.starts_with("~/")) {
    return fail(ErrorKind::config, fmt::format("the API key from {} looks like the path of a file", source),
                "to read the key from a file, set DEEPGRAM_API_KEY_FILE to its path instead, or api_key_file in a "
                "profile");
  }
  const auto* const bad = std::ranges::find_if_not(key, is_visible_ascii);
  if (bad != key.end()) {
    return fail(ErrorKind::config,
                fmt::format("the API key from {} has {} at byte {}", source, name_of_byte(*bad), bad - key.begin() + 1),
                "a key has no spaces or line breaks; only one newline after it is ignored");
  }
  if (key.size() > longest_key) {
    return fail(ErrorKind::config, fmt::format("the API key from {} is longer than {} bytes", source, longest_key));
  }
  if (deepgram::looks_like_jwt(key)) {
    return fail(ErrorKind::config, fmt::format("the API key from {} is an access token, not a key", source),
                "set DEEPGRAM_ACCESS_TOKEN to the token, and add --auth token to header, check or transcribe-*");
  }
  return Secret(key);
}

}  // namespace dgauth::credentials
