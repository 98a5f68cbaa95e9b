// SPDX-License-Identifier: MIT
#include <string>
#include <unordered_set>

#include <sys/mman.h>
#include <unistd.h>

#include "base/duration.hpp"
#include "base/text.hpp"
#include "credentials/config.hpp"
#include "credentials/parse_key.hpp"
#include "deepgram/base_url.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/redactor.hpp"
#include "deepgram/ttl.hpp"
#include "fuzz/promise.hpp"
#include "fuzz/targets.hpp"
#include "host/descriptor.hpp"
#include "transcription/input.hpp"
#include "transcription/input_list.hpp"

namespace dgauth::fuzz {
namespace {

void promise_input(const Result<transcription::Input>& input) {
  if (!input) {
    promise_message(input.error(), {ErrorKind::usage});
    return;
  }
  promise(is_harmless_line(input->shown) && is_harmless_line(input->reachability));
  promise(std::ranges::all_of(input->media_type, is_visible_ascii));
  promise(is_harmless_line(input->file_stem) && input->file_stem.size() < 250);
  promise(input->file_stem.find('/') == std::string::npos && !input->file_stem.starts_with('.'));
}

}  // namespace

int fuzz_base_url(std::string_view bytes) {
  const Result<deepgram::BaseUrl> url = deepgram::BaseUrl::parse(bytes);
  if (!url) {
    promise_message(url.error(), {ErrorKind::usage});
    return 0;
  }
  const std::string& text = url->text();
  promise(text.starts_with("https://") || (text.starts_with("http://") && url->is_loopback()));
  promise(std::ranges::all_of(text, is_visible_ascii));
  promise(text.find_first_of("?#") == std::string::npos && !text.ends_with('/') && !url->host().empty());
  promise(deepgram::BaseUrl::parse(text) == *url);
  const auto endpoint = http::parse_url(url->endpoint("/v1/auth/grant"));
  promise(endpoint && endpoint->host == url->host());
  return 0;
}

// The first byte says whether the file may hold a key.
int fuzz_config(std::string_view bytes) {
  const bool may_hold_key = !bytes.empty() && bytes.front() == 'k';
  const Result<credentials::Config> config =
      credentials::parse_config(bytes.substr(std::min<std::size_t>(1, bytes.size())),
                                {.path = "config.toml", .may_hold_key = may_hold_key, .home = "/home"});
  if (!config) {
    promise(config.error().kind == ErrorKind::config && config.error().message.starts_with("config.toml:"));
    return 0;
  }
  for (const credentials::Profile& profile : config->profiles) {
    if (!profile.key) {
      continue;
    }
    promise(!std::holds_alternative<credentials::KeyInConfig>(*profile.key) || may_hold_key);
    const auto* const command = std::get_if<credentials::KeyFromCommand>(&*profile.key);
    promise(command == nullptr || (!command->argv.empty() && !command->argv.front().empty()));
  }
  return 0;
}

int fuzz_duration(std::string_view bytes) {
  const auto duration = parse_duration(bytes);
  promise(!duration || (duration->count() >= 1 && *duration <= longest_duration));
  promise(!duration || (bytes.front() >= '1' && bytes.front() <= '9'));
  promise(!duration || std::ranges::all_of(
                           bytes, [](char c) { return (c >= '0' && c <= '9') || c == 's' || c == 'm' || c == 'h'; }));
  const Result<deepgram::Ttl> ttl = deepgram::parse_ttl(bytes);
  if (ttl) {
    promise(duration == ttl->seconds() && ttl->seconds() >= deepgram::Ttl::shortest &&
            ttl->seconds() <= deepgram::Ttl::longest);
  } else {
    promise_message(ttl.error(), {ErrorKind::usage});
  }
  return 0;
}

int fuzz_key_text(std::string_view bytes) {
  const Result<Secret> key = credentials::parse_key(Secret(bytes), "the fuzzer");
  if (!key) {
    promise_message(key.error(), {ErrorKind::config, ErrorKind::no_credential});
    return 0;
  }
  promise(!key->empty() && key->reveal().size() <= credentials::longest_key);
  promise(std::ranges::all_of(key->reveal(), is_visible_ascii) && !deepgram::looks_like_jwt(key->reveal()));
  promise(bytes.starts_with(key->reveal()) && bytes.size() <= key->reveal().size() + 2);
  return 0;
}

// The list of --from-file, in a file of memory: it is read by its path.
int fuzz_media_list(std::string_view bytes) {
  const host::Descriptor file(::memfd_create("list", MFD_CLOEXEC));
  promise(::pwrite(file.get(), bytes.data(), bytes.size(), 0) == static_cast<ssize_t>(bytes.size()));
  for (const bool is_null_separated : {false, true}) {
    const auto inputs = transcription::read_inputs(
        {}, {.path = "/dev/fd/" + std::to_string(file.get()), .is_null_separated = is_null_separated}, "",
        std::chrono::steady_clock::time_point::max());
    if (!inputs) {
      promise_message(inputs.error(), {ErrorKind::usage});
      continue;
    }
    promise(!inputs->empty());
    promise(std::unordered_set<std::string>(inputs->begin(), inputs->end()).size() == inputs->size());
    for (const std::string& text : *inputs) {
      promise(!text.empty() && bytes.find(text) != std::string_view::npos);
      promise(is_null_separated || !trim(text).empty());
      promise_input(transcription::parse_input(transcription::MediaKind::file, text));
      const Result<transcription::Input> url = transcription::parse_input(transcription::MediaKind::url, text);
      promise_input(url);
      if (url) {
        const std::size_t host = url->shown.find("://") + 3;
        promise(url->shown.find_first_of("?#") == std::string::npos);
        promise(url->shown.substr(0, url->shown.find('/', host)).find('@') == std::string::npos);
      }
    }
  }
  return 0;
}

// The first line is a secret if it can be one, the rest what a server says.
int fuzz_redactor(std::string_view bytes) {
  const std::string_view secret = bytes.substr(0, bytes.find('\n'));
  const std::string_view raw = bytes.substr(std::min(bytes.size(), secret.size() + 1));
  const std::string safe = without_controls(raw);
  promise(is_harmless_line(safe) && safe.size() >= raw.size());
  deepgram::Redactor redactor;
  if (std::ranges::all_of(secret, is_visible_ascii)) {
    redactor.add(Secret(secret));
  }
  const std::string text = redactor.sanitized(raw);
  promise(is_harmless_line(text) && !text.ends_with('.') && text.size() <= 4 * 500);
  // A key is visible ASCII; one that looks like our own mark could be built by it.
  if (!std::ranges::all_of(secret, [](char c) { return is_visible_ascii(c) && c != '<' && c != '>'; })) {
    return 0;
  }
  for (std::size_t at = 0; at + 8 <= secret.size(); ++at) {
    const std::string_view run = secret.substr(at, 8);
    promise(text.find(run) == std::string::npos || std::string_view("<redacted>").find(run) != std::string_view::npos);
  }
  return 0;
}

}  // namespace dgauth::fuzz
