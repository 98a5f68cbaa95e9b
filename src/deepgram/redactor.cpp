// SPDX-License-Identifier: MIT
#include "deepgram/redactor.hpp"

#include <algorithm>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "base/workflow_commands.hpp"
#include "http/url.hpp"

namespace dgauth::deepgram {
namespace {

constexpr std::size_t longest_text = 500;  // in characters
constexpr std::size_t longest_id = 128;
constexpr std::size_t most_read = 4096;  // in bytes: more than what is shown, so that no secret is cut in two
constexpr std::size_t shortest_run = 8;
constexpr std::string_view redacted = "<redacted>";

WipedString url_alphabet(WipedString text) {
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

// %2F as %2f, which libcurl, for one, writes.
WipedString with_lower_case_escapes(WipedString text) {
  for (std::size_t at = text.find('%'); at != WipedString::npos; at = text.find('%', at + 1)) {
    text.replace(at, 3, lower_case(text.substr(at, 3)));
  }
  return text;
}

// The part of the base64 of any text that holds `secret` behind `offset` (modulo 3) bytes which depends on the secret
// alone.
WipedString base64_inside(std::string_view secret, std::size_t offset) {
  const WipedString encoded = base64(WipedString(offset, 'x').append(secret));
  const std::string_view text(encoded);
  const std::size_t begin = offset == 0 ? 0 : offset + 1;
  const std::size_t end = (offset + secret.size()) * 8 / 6;
  return WipedString(text.substr(std::min(begin, end), end - std::min(begin, end)));
}

// The secret, and what it looks like in a URL or in base64.
std::vector<Secret> forms_of(const Secret& secret) {
  const std::string_view text = secret.reveal();
  const WipedString escaped = http::percent_encoded(text);
  std::vector<Secret> forms = {Secret(escaped), Secret(with_lower_case_escapes(escaped))};
  for (std::size_t offset = 0; offset < 3; ++offset) {
    const WipedString encoded = base64_inside(text, offset);
    forms.emplace_back(encoded);
    forms.emplace_back(url_alphabet(encoded));
  }
  std::erase_if(forms, [](const Secret& form) { return form.reveal().size() < shortest_run; });
  forms.push_back(secret);
  return forms;
}

// Marks every run of characters in `text` that is part of `form`.
void mark_runs(std::string_view text, const Secret& form, std::vector<bool>& is_secret) {
  const std::size_t run = std::min(shortest_run, form.reveal().size());
  for (std::size_t at = 0; at + run <= text.size(); ++at) {
    if (form.reveal().find(text.substr(at, run)) != std::string_view::npos) {
      std::fill_n(is_secret.begin() + static_cast<std::ptrdiff_t>(at), run, true);
    }
  }
}

// A token that a server repeats may be one that we never got to know: whatever has the shape of a JWT is taken for one.
void mark_tokens(std::string_view text, std::vector<bool>& is_secret) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
  for (std::size_t at = text.find("eyJ"); at != std::string_view::npos; at = text.find("eyJ", at + 1)) {
    const std::size_t end = std::min(text.find_first_not_of(alphabet, at), text.size());
    if (end - at >= shortest_run) {
      std::fill(is_secret.begin() + static_cast<std::ptrdiff_t>(at),
                is_secret.begin() + static_cast<std::ptrdiff_t>(end), true);
    }
  }
}

}  // namespace

void Redactor::add(const Secret& secret) {
  if (!secret.empty()) {
    secrets_.push_back(secret);
  }
}

std::string Redactor::sanitized(std::string_view raw) const {
  const std::string safe = without_controls(trim(raw.substr(0, most_read)));
  const std::string_view text(safe);
  std::vector<bool> is_secret(text.size(), false);
  for (const Secret& secret : secrets_) {
    for (const Secret& form : forms_of(secret)) {
      mark_runs(text, form, is_secret);
    }
  }
  mark_tokens(text, is_secret);
  std::string shown;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_secret[at]) {
      shown += text[at];
    } else if (at == 0 || !is_secret[at - 1]) {
      shown += redacted;
    }
  }
  while (shown.ends_with('.')) {
    shown.pop_back();
  }
  return shortened(without_workflow_commands(shown), longest_text);
}

std::string Redactor::shown_id(std::string_view raw) const { return shortened(sanitized(raw), longest_id); }

}  // namespace dgauth::deepgram
