// SPDX-License-Identifier: MIT
#include <algorithm>
#include <filesystem>
#include <functional>

#include "credentials/token_cache.hpp"
#include "host/private_directory.hpp"
#include "support/printing.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_host.hpp"

namespace dgauth::credentials {
namespace {

using namespace std::chrono_literals;
using deepgram::AccessToken;
using support::noon;
using support::TemporaryFolder;

constexpr std::string_view fake_token = "fake.token.of-nobody";

AccessToken token_living(std::optional<std::chrono::seconds> life) {
  return {.value = Secret(fake_token), .expires_in = life, .requested = {}, .sent_at = noon, .request_id = {}};
}

// A home, and a service that counts how often it is asked.
struct Stage {
  TemporaryFolder home;
  support::TestHost world;
  int minted = 0;
  std::chrono::milliseconds given{};            // the time for the last mint
  std::chrono::steady_clock::duration slept{};  // in all
  std::function<void()> at_sleep = [] {};       // what other processes do meanwhile

  Stage() { world.variables = {{"HOME", home.path()}}; }

  std::string directory() const { return home.at(".cache/dgauth"); }
  host::Host host() {
    host::Host host = world.host();
    host.clock.sleep = [this](std::chrono::steady_clock::duration time) {
      slept += time;
      world.clock.advance(time);
      at_sleep();
    };
    return host;
  }
  std::string entry() const { return directory() + "/name"; }

  Result<AccessToken> ask(const std::function<Result<AccessToken>()>& mint, std::chrono::seconds min_valid = 1s,
                          std::chrono::milliseconds timeout = 5s) {
    const host::Messages messages(world.console, false, false);
    const auto is_wanted = [&](const AccessToken& token) {
      return is_fresh_enough(token, min_valid, world.clock.wall);
    };
    return find_or_mint("name", {}, is_wanted, timeout, host(), messages, [&](std::chrono::milliseconds time_left) {
      ++minted;
      given = time_left;
      return mint();
    });
  }
  // "minted", "cached", or the message of an error; for a token of 60 s.
  std::string ask(std::chrono::seconds min_valid = 1s, std::chrono::milliseconds timeout = 5s) {
    const Result<AccessToken> answer = ask([this] { return sixty_seconds(); }, min_valid, timeout);
    if (!answer) {
      return answer.error().message;
    }
    CHECK(answer->value.reveal() == fake_token);
    return answer->is_cached ? "cached" : "minted";
  }
  AccessToken sixty_seconds() const {
    AccessToken token = token_living(60s);
    token.sent_at = world.clock.wall;
    return token;
  }
  host::PrivateDirectory opened() const { return host::PrivateDirectory::open(directory()).value(); }
};

const std::string warning = "dgauth: warning: the token cache is not used: ";

}  // namespace

TEST_CASE("credentials::find_or_mint: XDG_CACHE_HOME if it is absolute, else HOME") {
  Stage stage;
  const std::string xdg = stage.home.at("xdg");
  const std::string home = stage.home.at("home");
  struct Row {
    host::Environment::Variables variables;
    std::string directory;
  };
  const Row rows[] = {
      {{{"XDG_CACHE_HOME", xdg}, {"HOME", home}}, xdg + "/dgauth"},
      {{{"XDG_CACHE_HOME", xdg}}, xdg + "/dgauth"},
      {{{"XDG_CACHE_HOME", ""}, {"HOME", home}}, home + "/.cache/dgauth"},
      {{{"XDG_CACHE_HOME", "relative"}, {"HOME", home}}, home + "/.cache/dgauth"},
      {{{"HOME", home}}, home + "/.cache/dgauth"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.directory);
    stage.world.variables = row.variables;
    CHECK(stage.ask() == "minted");
    CHECK(std::filesystem::exists(row.directory + "/name"));
    CHECK(stage.home.size() == 1);
    std::filesystem::remove_all(xdg);
    std::filesystem::remove_all(home);
  }
  CHECK(stage.world.console.err == "");
}

TEST_CASE("credentials::clear_cache removes entries and what stands for their locks, and nothing else") {
  const Stage stage;
  const std::string digits = "0123456789abcdef0123456789abcdef";
  const std::string goes[] = {digits, digits + ".lock", std::string(32, 'f')};
  const std::string stays[] = {
      "notes.txt", digits + "0", digits + ".txt", digits + ".lock.old", digits.substr(1), "x" + digits,
  };
  stage.opened();
  for (const std::string& name : goes) {
    stage.home.file(".cache/dgauth/" + name, "");
  }
  for (const std::string& name : stays) {
    stage.home.file(".cache/dgauth/" + name, "");
  }
  CHECK(clear_cache(host::Environment(stage.world.variables)) == 3U);
  for (const std::string& name : stays) {
    CAPTURE(name);
    CHECK(std::filesystem::exists(stage.directory() + "/" + name));
  }
  CHECK(clear_cache(host::Environment(stage.world.variables)) == 0U);
}

TEST_CASE("credentials::clear_cache without a cache makes none") {
  const Stage stage;
  CHECK(clear_cache(host::Environment(stage.world.variables)) == 0U);
  CHECK(stage.home.size() == 0);
}

TEST_CASE("credentials::find_or_mint mints once, and again when the token is too old") {
  Stage stage;
  CHECK(stage.ask() == "minted");
  CHECK(stage.ask() == "cached");
  stage.world.clock.wall = noon + 50s;
  CHECK(stage.ask() == "cached");
  stage.world.clock.wall = noon + 50s + 1ms;
  CHECK(stage.ask() == "minted");
  CHECK(stage.ask() == "cached");
  CHECK(stage.ask(61s) == "minted");
  CHECK(stage.minted == 3);
  CHECK(stage.world.console.err == "");
}

TEST_CASE("credentials::find_or_mint does not trust an entry when the clock has been set back") {
  Stage stage;
  CHECK(stage.ask() == "minted");
  stage.world.clock.wall = noon - 1h;
  CHECK(stage.ask() == "minted");
  CHECK(stage.ask() == "cached");
}

TEST_CASE("credentials::find_or_mint keeps nothing of a failure, nor a token whose life is not known") {
  Stage stage;
  const Error error{.kind = ErrorKind::refused, .message = "fake refusal"};
  const Result<AccessToken> refused = stage.ask([&error] { return fail(error); });
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error() == error);
  CHECK_FALSE(std::filesystem::exists(stage.entry()));
  const Result<AccessToken> unknown = stage.ask([] { return token_living({}); });
  REQUIRE(unknown.has_value());
  CHECK_FALSE(unknown->is_cached);
  CHECK_FALSE(std::filesystem::exists(stage.entry()));
  CHECK(stage.ask() == "minted");
  CHECK(stage.minted == 3);
  CHECK(stage.world.console.err == "");
}

TEST_CASE("credentials::find_or_mint keeps the old entry when minting a new one fails") {
  Stage stage;
  CHECK(stage.ask() == "minted");
  const std::string before = support::content_of(stage.entry());
  CHECK_FALSE(stage.ask([] { return fail(ErrorKind::service, "fake"); }, 61s).has_value());
  CHECK(support::content_of(stage.entry()) == before);
  CHECK(stage.ask() == "cached");
}

TEST_CASE("credentials::find_or_mint lets the lock go, also after a failure") {
  Stage stage;
  CHECK_FALSE(stage.ask([] { return fail(ErrorKind::service, "fake"); }).has_value());
  CHECK(static_cast<bool>(*stage.opened().try_lock("name.lock")));
  CHECK(stage.ask() == "minted");
  CHECK(static_cast<bool>(*stage.opened().try_lock("name.lock")));
}

TEST_CASE("credentials::find_or_mint holds the lock while it mints") {
  Stage stage;
  const auto answer = stage.ask([&stage] {
    CHECK_FALSE(static_cast<bool>(*stage.opened().try_lock("name.lock")));
    return stage.sixty_seconds();
  });
  CHECK(answer.has_value());
}

TEST_CASE("credentials::find_or_mint takes the token that another process mints, and asks for none itself") {
  Stage stage;
  const host::PrivateDirectory directory = stage.opened();
  const Result<host::Descriptor> lock = directory.try_lock("name.lock");  // held however long it waits
  stage.at_sleep = [&] {
    if (stage.slept == 200ms) {
      CHECK(directory.write("name", encode_entry(stage.sixty_seconds())).has_value());
    }
  };
  CHECK(stage.ask() == "cached");
  CHECK(stage.slept == 200ms);
  CHECK(stage.minted == 0);
}

TEST_CASE("credentials::find_or_mint waits on when another process writes a token that is not wanted") {
  Stage stage;
  const host::PrivateDirectory directory = stage.opened();
  Result<host::Descriptor> lock = directory.try_lock("name.lock");
  stage.at_sleep = [&] {
    if (stage.slept == 200ms) {
      CHECK(directory.write("name", encode_entry(stage.sixty_seconds())).has_value());
    } else if (stage.slept == 300ms) {
      lock->close();
    }
  };
  CHECK(stage.ask(61s) == "minted");
  CHECK(stage.slept == 300ms);
}

TEST_CASE("credentials::find_or_mint takes over from one that dies") {
  Stage stage;
  Result<host::Descriptor> lock = stage.opened().try_lock("name.lock");
  stage.at_sleep = [&] {
    if (stage.slept == 200ms) {
      lock->close();
    }
  };
  CHECK(stage.ask() == "minted");
  CHECK(stage.slept == 200ms);
}

TEST_CASE("credentials::find_or_mint does not wait for a lock when there is a good token") {
  Stage stage;
  CHECK(stage.ask() == "minted");
  const Result<host::Descriptor> lock = stage.opened().try_lock("name.lock");
  CHECK(stage.ask() == "cached");
  CHECK(stage.slept == 0s);
}

TEST_CASE("credentials::find_or_mint waits for half of its timeout, and mints in the other half") {
  Stage stage;
  const Result<host::Descriptor> lock = stage.opened().try_lock("name.lock");
  CHECK(stage.ask(1s, 1s) == "minted");
  CHECK(stage.slept == 500ms);
  CHECK(stage.given == 500ms);
  CHECK(stage.ask(1s, 1s) == "cached");
  CHECK(stage.slept == 500ms);
}

TEST_CASE("credentials::find_or_mint gives the mint the time that is left") {
  Stage stage;
  CHECK(stage.ask(1s, 5s) == "minted");
  CHECK(stage.given == 5s);
  Result<host::Descriptor> lock = stage.opened().try_lock("name.lock");
  stage.at_sleep = [&] {
    if (stage.slept == 700ms) {
      lock->close();
    }
  };
  CHECK(stage.ask(61s, 5s) == "minted");
  CHECK(stage.given == 4300ms);
}

TEST_CASE("credentials::find_or_mint gives the mint a little time, however late it is") {
  Stage stage;
  const Result<host::Descriptor> lock = stage.opened().try_lock("name.lock");
  stage.at_sleep = [&] { stage.world.clock.advance(1h); };  // the machine was suspended
  CHECK(stage.ask(1s, 5s) == "minted");
  CHECK(stage.given == 1ms);
}

TEST_CASE("credentials::find_or_mint: a cache that breaks while it waits is a warning, and the time counts") {
  Stage stage;
  const Result<host::Descriptor> lock = stage.opened().try_lock("name.lock");
  stage.at_sleep = [&] {
    if (stage.slept == 200ms) {
      std::filesystem::remove(stage.directory() + "/name.lock");
      std::filesystem::create_directories(stage.directory() + "/name.lock");
    }
  };
  CHECK(stage.ask(1s, 5s) == "minted");
  CHECK(stage.world.console.err.starts_with(warning));
  CHECK(stage.given == 4800ms);
}

TEST_CASE("credentials::find_or_mint without a usable cache: a warning, and a token") {
  Stage stage;
  stage.world.variables = {};
  CHECK(stage.ask(1s, 5s) == "minted");
  CHECK(stage.given == 5s);
  CHECK(stage.world.console.err.starts_with(warning));
  CHECK(std::count(stage.world.console.err.begin(), stage.world.console.err.end(), '\n') == 1);

  stage.world.console.err.clear();
  stage.world.variables = {{"HOME", "/dev/null"}};
  CHECK(stage.ask() == "minted");
  CHECK(stage.world.console.err.starts_with(warning));

  stage.world.console.err.clear();
  stage.world.variables = {{"HOME", stage.home.path()}};
  std::filesystem::create_directories(stage.directory() + "/name.lock");
  CHECK(stage.ask() == "minted");
  CHECK(stage.world.console.err.starts_with(warning));

  stage.world.console.err.clear();
  std::filesystem::remove(stage.directory() + "/name.lock");
  std::filesystem::create_directories(stage.entry());
  CHECK(stage.ask() == "minted");
  CHECK(stage.world.console.err.starts_with(warning));
  CHECK(stage.minted == 4);
}

TEST_CASE("credentials::find_or_mint without a usable cache fails as the mint does") {
  Stage stage;
  stage.world.variables = {};
  const auto answer = stage.ask([] { return fail(ErrorKind::refused, "fake refusal"); });
  REQUIRE_FALSE(answer.has_value());
  CHECK(answer.error().message == "fake refusal");
}

}  // namespace dgauth::credentials
