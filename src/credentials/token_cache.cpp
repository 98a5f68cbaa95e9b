// SPDX-License-Identifier: MIT
#include "credentials/token_cache.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/hex.hpp"
#include "credentials/mint_failure.hpp"
#include "host/files.hpp"
#include "host/new_file.hpp"
#include "host/private_directory.hpp"

namespace dgauth::credentials {
namespace {

using deepgram::AccessToken;
using std::chrono::milliseconds;

constexpr std::string_view lock_extension = ".lock";
constexpr std::size_t longest_entry = 16 * 1024;
constexpr milliseconds poll_interval{10};

// Empty if no variable names a directory.
std::string cache_path(const host::Environment& environment) {
  if (const auto directory = environment.get("XDG_CACHE_HOME"); directory.starts_with('/')) {
    return std::string(directory) + "/dgauth";
  }
  const auto home = environment.get("HOME");
  return home.starts_with('/') ? std::string(home) + "/.cache/dgauth" : std::string();
}

Result<host::PrivateDirectory> open_cache_directory(const host::Environment& environment) {
  const std::string path = cache_path(environment);
  return path.empty() ? fail(ErrorKind::output, "neither XDG_CACHE_HOME nor HOME names a directory for the cache")
                      : host::PrivateDirectory::open(path);
}

bool is_cache_file(std::string_view name) {
  const std::string_view digits = name.substr(0, cache_name_digits);
  const std::string_view rest = name.substr(digits.size());
  const bool is_entry =
      digits.size() == cache_name_digits && is_lower_hex(digits) && (rest.empty() || rest == lock_extension);
  return is_entry || name.starts_with(host::unfinished_prefix);
}

Result<void> write_entry(const host::PrivateDirectory& directory, const std::string& name, const AccessToken& token) {
  return token.expires_in ? directory.write(name, encode_entry(token)) : Result<void>();
}

void warn_of_cache(const host::Messages& messages, const Error& error) {
  messages.warn(fmt::format("the token cache is not used: {}", error.message));
}

using FindToken = std::function<std::optional<AccessToken>()>;

// What a process has to do: take `token` or `failure`, or else mint. While it holds the lock, the others wait for it.
struct Turn {
  std::optional<AccessToken> token{};
  std::optional<Error> failure{};
  host::Descriptor lock{};  // empty: another process still holds it
};

std::string lock_name(const std::string& name) { return name + std::string(lock_extension); }

// The last that a process left in the lock file, perhaps long ago; of serial 0 if there is none.
MintFailure last_failure(const host::PrivateDirectory& directory, const std::string& name) {
  const std::optional<Secret> text = directory.read(lock_name(name), longest_entry);
  return (text ? decode_failure(*text) : std::nullopt).value_or(MintFailure{});
}

void leave_failure(const host::PrivateDirectory& directory, const std::string& name, const host::Descriptor& lock,
                   const Error& error) {
  if (lock && concerns_all(error)) {
    const std::int64_t serial = last_failure(directory, name).serial + 1;
    host::PrivateDirectory::write_locked(lock, encode_failure({.serial = serial, .error = error}));
  }
}

// Waits until there is a token, a mint has failed, the lock is free, or the deadline has come.
Result<Turn> wait_for_turn(const host::PrivateDirectory& directory, const std::string& name, const FindToken& find,
                           const host::Clock& clock, std::chrono::steady_clock::time_point deadline) {
  if (auto token = find()) {
    return Turn{.token = std::move(token)};
  }
  const std::int64_t seen = last_failure(directory, name).serial;
  while (true) {
    TRY_ASSIGN(host::Descriptor lock, directory.try_lock(lock_name(name)));
    // After the lock: the process that held it has just written what became of its mint.
    if (auto token = find()) {
      return Turn{.token = std::move(token)};
    }
    if (MintFailure failure = last_failure(directory, name); failure.serial > seen) {
      return Turn{.failure = std::move(failure.error)};
    }
    if (lock || clock.steady_now() >= deadline) {
      return Turn{.lock = std::move(lock)};
    }
    clock.sleep(poll_interval);
  }
}

}  // namespace

Result<std::size_t> clear_cache(const host::Environment& environment) {
  const std::string path = cache_path(environment);
  if (!path.empty() && !host::file_exists(path)) {
    return 0;
  }
  TRY_ASSIGN(const host::PrivateDirectory directory, open_cache_directory(environment));
  return directory.remove_files(is_cache_file);
}

void keep_token(const std::string& name, const AccessToken& token, const host::Environment& environment,
                const host::Messages& messages) {
  const Result<void> kept = open_cache_directory(environment).and_then([&](const host::PrivateDirectory& directory) {
    return write_entry(directory, name, token);
  });
  if (!kept) {
    warn_of_cache(messages, kept.error());
  }
}

Result<AccessToken> find_or_mint(const std::string& name, std::optional<deepgram::Ttl> requested,
                                 const std::function<bool(const AccessToken&)>& is_wanted, milliseconds timeout,
                                 const host::Host& host, const host::Messages& messages, const Mint& mint) {
  const host::Clock& clock = host.clock;
  const auto started = clock.steady_now();
  const Result<host::PrivateDirectory> directory = open_cache_directory(host.environment);
  const FindToken find = [&] {
    const std::optional<Secret> text = directory->read(name, longest_entry);
    std::optional<AccessToken> token = text ? decode_entry(*text, requested, clock.now()) : std::nullopt;
    return token && is_wanted(*token) ? std::move(token) : std::nullopt;
  };
  // A process that was stopped, or whose server hangs, must not cost the others all of their time.
  Result<Turn> turn = directory ? wait_for_turn(*directory, name, find, clock, started + timeout / 2)
                                : Result<Turn>(fail(directory.error()));
  if (turn && turn->token) {
    turn->token->is_cached = true;
    return std::move(*turn->token);
  }
  if (turn && turn->failure) {
    return fail(std::move(*turn->failure));
  }
  const auto time_left = std::chrono::floor<milliseconds>(started + timeout - clock.steady_now());
  if (!turn) {
    warn_of_cache(messages, turn.error());
  }
  Result<AccessToken> token = mint(std::max(time_left, milliseconds(1)));
  if (!token) {
    if (turn) {
      leave_failure(*directory, name, turn->lock, token.error());
    }
    return token;
  }
  if (const Result<void> kept = turn ? write_entry(*directory, name, *token) : Result<void>(); !kept) {
    warn_of_cache(messages, kept.error());
  }
  return token;
}

}  // namespace dgauth::credentials
