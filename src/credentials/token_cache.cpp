// SPDX-License-Identifier: MIT
#include "credentials/token_cache.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/hex.hpp"
#include "deepgram/credential.hpp"
#include "deepgram/redactor.hpp"
#include "host/files.hpp"
#include "host/new_file.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace dgauth::credentials {
namespace {

using std::chrono::seconds;
using std::chrono::system_clock;

constexpr std::size_t name_digits = 32;
constexpr std::string_view lock_ending = ".lock";
constexpr std::size_t longest_entry = 16 * 1024;
constexpr seconds usual_reserve{10};
constexpr int reserve_divisor = 5;
constexpr std::chrono::milliseconds waiting_step{10};

std::optional<seconds> whole_seconds(const json::Value& entry, std::string_view name, double least, double most) {
  const std::optional<double> number = entry.number_member(name);
  if (!number || *number < least || *number > most) {
    return std::nullopt;
  }
  return seconds(static_cast<std::int64_t>(*number));
}

}  // namespace

std::string cache_name(const deepgram::BaseUrl& base_url, std::optional<deepgram::Ttl> ttl, const Secret& api_key) {
  const std::string lifetime = ttl ? std::to_string(ttl->seconds().count()) : "default";
  return sha256_hex(fmt::format("{}\n{}\n{}", base_url.text(), lifetime, digest_of(api_key))).substr(0, name_digits);
}

Secret encode_entry(const deepgram::AccessToken& token) {
  json::Writer writer;
  writer.begin_object();
  writer.key("access_token").string(token.value);
  writer.key("sent_at").number(system_clock::to_time_t(token.sent_at));
  writer.key("expires_in").number(token.expires_in.value_or(seconds(0)).count());
  writer.key("request_id").string(token.request_id);
  writer.end_object();
  return Secret(writer.text());
}

std::optional<deepgram::AccessToken> decode_entry(const Secret& text, std::optional<deepgram::Ttl> requested,
                                                  system_clock::time_point now) {
  const std::optional<json::Document> document = json::Document::parse(text);
  if (!document) {
    return std::nullopt;
  }
  const json::Value entry = document->root();
  const auto token = entry.string_member("access_token");
  const auto sent_at = whole_seconds(entry, "sent_at", 0, static_cast<double>(system_clock::to_time_t(now)));
  const auto life = whole_seconds(entry, "expires_in", 1, static_cast<double>(deepgram::longest_life.count()));
  if (!token || !deepgram::is_bearer_token(*token) || !sent_at || !life) {
    return std::nullopt;
  }
  const std::string_view request_id = entry.string_member("request_id").value_or("");
  return deepgram::AccessToken{.value = Secret(*token),
                               .expires_in = life,
                               .requested = requested,
                               .sent_at = system_clock::time_point(*sent_at),
                               .request_id = deepgram::Redactor().sanitized(request_id)};
}

bool is_fresh_enough(const deepgram::AccessToken& token, seconds min_valid, system_clock::time_point now) {
  if (!token.expires_in) {
    return false;
  }
  const auto reserve = std::min<std::chrono::milliseconds>(
      usual_reserve, std::chrono::milliseconds(*token.expires_in) / reserve_divisor);
  return *token.expires_at() - now >= std::max<std::chrono::milliseconds>(min_valid, reserve);
}

namespace {

// $XDG_CACHE_HOME/dgauth, else ~/.cache/dgauth; empty if there is neither.
std::string cache_path(const host::Environment& environment) {
  if (const auto directory = environment.get("XDG_CACHE_HOME"); directory.starts_with('/')) {
    return std::string(directory) + "/dgauth";
  }
  const auto home = environment.get("HOME");
  return home.starts_with('/') ? std::string(home) + "/.cache/dgauth" : std::string();
}

Result<host::PrivateDirectory> open_cache_directory(const host::Environment& environment) {
  const std::string path = cache_path(environment);
  return path.empty() ? fail(ErrorKind::output, "neither XDG_CACHE_HOME nor HOME names a folder for the cache")
                      : host::PrivateDirectory::open(path);
}

bool is_cache_file(std::string_view name) {
  const std::string_view digits = name.substr(0, name_digits);
  const std::string_view rest = name.substr(digits.size());
  const bool is_entry = digits.size() == name_digits && (rest.empty() || rest == lock_ending) && is_lower_hex(digits);
  return is_entry || name.starts_with(host::unfinished_prefix);
}

// One question to the cache.
class Lookup {
 public:
  Lookup(const host::PrivateDirectory& directory, const std::string& name, std::optional<deepgram::Ttl> requested,
         const std::function<bool(const deepgram::AccessToken&)>& is_wanted, const host::Clock& clock)
      : directory_(directory), name_(name), requested_(requested), is_wanted_(is_wanted), clock_(clock) {}

  std::optional<deepgram::AccessToken> find() const {
    const std::optional<Secret> text = directory_.read(name_, longest_entry);
    std::optional<deepgram::AccessToken> token = text ? decode_entry(*text, requested_, clock_.now()) : std::nullopt;
    return token && is_wanted_(*token) ? std::move(token) : std::nullopt;
  }

  struct Turn {
    std::optional<deepgram::AccessToken> token;  // somebody else's, meanwhile
    host::Descriptor lock;                       // held for as long as it lives; empty: waited in vain
  };

  // Waits for the turn to mint, or for the token that another process mints.
  Result<Turn> wait(std::chrono::steady_clock::time_point deadline) const {
    while (true) {
      Result<host::Descriptor> lock = directory_.try_lock(name_ + std::string(lock_ending));
      if (!lock) {
        return fail(std::move(lock.error()));
      }
      std::optional<deepgram::AccessToken> token = find();
      if (token || *lock || std::chrono::steady_clock::now() >= deadline) {
        return Turn{.token = std::move(token), .lock = std::move(*lock)};
      }
      std::this_thread::sleep_for(waiting_step);
    }
  }

 private:
  const host::PrivateDirectory& directory_;
  const std::string& name_;
  std::optional<deepgram::Ttl> requested_;
  const std::function<bool(const deepgram::AccessToken&)>& is_wanted_;
  const host::Clock& clock_;
};

void warn_of_cache(const host::Messages& messages, const Error& error) {
  messages.warn(fmt::format("the token cache is not used: {}", error.message));
}

void warn_unless(const Result<void>& done, const host::Messages& messages) {
  if (!done) {
    warn_of_cache(messages, done.error());
  }
}

// One whose life nobody knows is not kept.
Result<void> write_entry(const host::PrivateDirectory& directory, const std::string& name,
                         const deepgram::AccessToken& token) {
  return token.expires_in ? directory.write(name, encode_entry(token)) : Result<void>();
}

CacheAnswer newly_minted(deepgram::AccessToken&& token) { return {.token = std::move(token), .is_cached = false}; }

}  // namespace

Result<std::size_t> clear_cache(const host::Environment& environment) {
  const std::string path = cache_path(environment);
  if (!path.empty() && !host::file_exists(path)) {
    return 0;
  }
  return open_cache_directory(environment).and_then([](const host::PrivateDirectory& directory) {
    return directory.remove_files(is_cache_file);
  });
}

void keep_token(const std::string& name, const deepgram::AccessToken& token, const host::Environment& environment,
                const host::Messages& messages) {
  warn_unless(open_cache_directory(environment).and_then([&](const host::PrivateDirectory& directory) {
    return write_entry(directory, name, token);
  }),
              messages);
}

Result<CacheAnswer> find_or_mint(const std::string& name, std::optional<deepgram::Ttl> requested,
                                 const std::function<bool(const deepgram::AccessToken&)>& is_wanted,
                                 std::chrono::milliseconds timeout, const host::Host& host,
                                 const host::Messages& messages, const Mint& mint) {
  const auto started = std::chrono::steady_clock::now();
  const Result<host::PrivateDirectory> directory = open_cache_directory(host.environment);
  if (!directory) {
    warn_of_cache(messages, directory.error());
    return mint(timeout).map(newly_minted);
  }
  const Lookup lookup(*directory, name, requested, is_wanted, host.clock);
  if (auto token = lookup.find()) {
    return CacheAnswer{.token = std::move(*token), .is_cached = true};
  }
  // Somebody who has been stopped, or asks a server that hangs, is not waited for to the end.
  Result<Lookup::Turn> turn = lookup.wait(started + timeout / 2);
  if (!turn) {
    warn_of_cache(messages, turn.error());
    return mint(timeout).map(newly_minted);
  }
  if (turn->token) {
    return CacheAnswer{.token = std::move(*turn->token), .is_cached = true};
  }
  const auto waited = std::chrono::ceil<std::chrono::milliseconds>(std::chrono::steady_clock::now() - started);
  Result<deepgram::AccessToken> token = mint(std::max(timeout - waited, std::chrono::milliseconds(1)));
  if (token) {
    warn_unless(write_entry(*directory, name, *token), messages);
  }
  return std::move(token).map(newly_minted);
}

}  // namespace dgauth::credentials
