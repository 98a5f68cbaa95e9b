// SPDX-License-Identifier: MIT
#include <filesystem>

#include <fmt/format.h>
#include <sys/stat.h>

#include "cli/run.hpp"
#include "support/cases/names.hpp"
#include "support/fake_client.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_host.hpp"

// A secret that was pasted where something else belongs, promise 19: a path, a name, a command.
namespace dgauth::cli {
namespace {

using Words = std::vector<std::string>;

constexpr std::size_t longest_part = 7;  // of a secret that may be shown

constexpr std::string_view secrets[] = {
    "0123456789abcdef0123456789abcdef01234567",
    "eyJhbGciOiJmYWtlIn0.eyJleHAiOjE3NzI0NTI4MDB9.ZmFrZS1zaWduYXR1cmU",
    "dgtok~Zq8Lx3Vn7Wp2Rm9Ks4Hb6Tc1",
};

// {S} is the secret, {D} a directory of the test's own.
struct Row {
  Words args;
  std::string_view says;         // what shows that this place was reached
  std::string_view config = {};  // text of {D}/c.toml
  std::string_view variable = {};
  std::string_view value = {};
  std::string_view file = {};  // another file, of mode 0755
  std::string_view content = {};
};

const Row rows[] = {
    // credentials
    {.args = {"grant", "--api-key-file", "{S}"}, .says = "cannot read"},
    {.args = {"grant", "--api-key-file", "{D}/{S}"}, .says = "cannot read {D}/"},
    {.args = {"grant", "--api-key-file", "{D}/{S}/key"}, .says = "cannot read"},
    {.args = {"grant", "--api-key-file", "DEEPGRAM_API_KEY={S}"}, .says = "cannot read"},
    {.args = {"grant", "--api-key-file", "{D}/{S}"},
     .says = "is readable by other users",
     .file = "{D}/{S}",
     .content = "a b"},
    {.args = {"grant"}, .says = "cannot read", .variable = "DEEPGRAM_API_KEY_FILE", .value = "{D}/{S}"},
    {.args = {"grant", "-c", "{D}/c.toml", "-p", "a"},
     .says = "cannot read",
     .config = "[profiles.a]\napi_key_file=\"{S}\"\n"},
    {.args = {"grant", "-c", "{D}/c.toml", "-p", "a"},
     .says = "cannot run",
     .config = "[profiles.a]\napi_key_command=[\"{S}\"]\n"},
    {.args = {"grant", "-c", "{D}/c.toml", "-p", "a"},
     .says = "cannot run",
     .config = "[profiles.a]\napi_key_command=[\"./{S}\"]\n"},
    {.args = {"grant", "-c", "{D}/c.toml", "-p", "a"},
     .says = "exited with status 3",
     .config = "[profiles.a]\napi_key_command=[\"{D}/{S}\"]\n",
     .file = "{D}/{S}",
     .content = "#!/bin/sh\nexit 3\n"},
    {.args = {"grant", "-c", "{D}/c.toml", "-p", "a"},
     .says = "did not exit",
     .config = "[profiles.a]\napi_key_command=[\"{D}/{S}\"]\napi_key_command_timeout=1\n",
     .file = "{D}/{S}",
     .content = "#!/bin/sh\nsleep 9\n"},
    // the configuration's own path
    {.args = {"grant", "-c", "{S}"}, .says = "cannot read"},
    {.args = {"grant", "-c", "{D}/{S}"}, .says = "invalid TOML", .file = "{D}/{S}", .content = "{S}"},
    {.args = {"grant", "-c", "{D}/{S}"}, .says = "unknown setting", .file = "{D}/{S}", .content = "a = 1"},
    {.args = {"grant", "-c", "{D}/{S}", "-p", "a"}, .says = "add a table [profiles.a]", .file = "{D}/{S}"},
    {.args = {"grant", "-c", "{D}/{S}", "-p", "a"},
     .says = "chmod 600",
     .file = "{D}/{S}",
     .content = "[profiles.a]\napi_key=\"x\"\n"},
    {.args = {"grant"},
     .says = "invalid TOML",
     .variable = "DGAUTH_CONFIG",
     .value = "{D}/{S}",
     .file = "{D}/{S}",
     .content = "{S}"},
    // profiles
    {.args = {"grant", "-c", "{D}/c.toml", "-p", "{S}"},
     .says = "there is no such profile",
     .config = "[profiles.a]\n"},
    {.args = {"grant", "-c", "{D}/c.toml", "-p", "a"},
     .says = "there is no profile 'a'",
     .config = "[profiles.\"{S}\"]\n"},
    {.args = {"grant", "-c", "{D}/c.toml", "-p", "{S}"}, .says = "has none", .config = "[profiles.\"{S}\"]\n"},
    {.args = {"grant", "-c", "{D}/c.toml"},
     .says = "has none",
     .config = "[profiles.\"{S}\"]\n",
     .variable = "DGAUTH_PROFILE",
     .value = "{S}"},
    {.args = {"grant", "-c", "{D}/c.toml"}, .says = "there is no such profile", .config = "profile = \"{S}\"\n"},
    {.args = {"grant", "-v", "-c", "{D}/c.toml", "-p", "{S}"},
     .says = "base URL https://api.eu.deepgram.com",
     .config = "[profiles.\"{S}\"]\nregion = \"eu\"\n"},
    {.args = {"grant", "-v", "-c", "{D}/c.toml", "-p", "{S}", "-o", "json"},
     .says = "\"key_source\":",
     .config = "[profiles.\"{S}\"]\napi_key_file=\"k\"\n",
     .file = "{D}/k",
     .content = "fake-key"},
    {.args = {"grant", "-v", "-o", "json", "--api-key-file", "{D}/{S}"},
     .says = "\"key_source\":",
     .file = "{D}/{S}",
     .content = "fake-key"},
    // where results go
    {.args = {"check", "--no-mint", "--report", "{D}/{S}/report"},
     .says = "cannot write",
     .variable = "DEEPGRAM_API_KEY",
     .value = "fake-key"},
    {.args = {"grant", "--out", "{D}/{S}/none"},
     .says = "cannot write",
     .variable = "DEEPGRAM_API_KEY",
     .value = "fake-key"},
    {.args = {"grant", "--out", "{D}/none/{S}"},
     .says = "cannot write",
     .variable = "DEEPGRAM_API_KEY",
     .value = "fake-key"},
    {.args = {"transcribe-url", "https://e.example/a", "--output-dir", "{D}/{S}"},
     .says = "is not a directory",
     .file = "{D}/{S}",
     .content = "x"},
    // inputs and trust
    {.args = {"transcribe-file", "{S}"}, .says = "cannot read"},
    {.args = {"transcribe-file", "{D}/{S}"}, .says = "is empty", .file = "{D}/{S}"},
    {.args = {"transcribe-file", "https://e.example/{S}/a.wav"}, .says = "is a URL, not a file"},
    {.args = {"transcribe-url", "{S}"}, .says = "is not an http or https URL"},
    {.args = {"transcribe-url", "ftp://e.example/{S}"}, .says = "is not an http or https URL"},
    {.args = {"transcribe-url", "https://localhost/{S}/a.wav"},
     .says = "is on this machine",
     .variable = "DEEPGRAM_API_KEY",
     .value = "fake-key"},
    {.args = {"transcribe-url", "--from-file", "{S}"}, .says = "cannot read"},
    {.args = {"transcribe-url", "https://e.example/a", "--param", "{S}=x"},
     .says = "unknown parameter",
     .variable = "DEEPGRAM_API_KEY",
     .value = "fake-key"},
    {.args = {"grant", "--cacert", "{D}/{S}"}, .says = "--cacert"},
    {.args = {"grant"},
     .says = "SSL_CERT_FILE",
     .config = "profile = \"a\"\n[profiles.a]\napi_key_file=\"../k\"\n",
     .variable = "SSL_CERT_FILE",
     .value = "{D}/{S}",
     .file = "{D}/k",
     .content = "fake-key"},
    {.args = {"grant", "--{S}"}, .says = "unknown option"},
    {.args = {"{S}"}, .says = "unknown command"},
    {.args = {"grant", "{S}"}, .says = "unexpected argument"},
    {.args = {"grant", "--base-url", "{S}"}, .says = "--base-url"},
    {.args = {"cache", "clear"}, .says = "is not a directory", .variable = "XDG_CACHE_HOME", .value = "{D}/{S}"},
};

struct Shown {
  std::string out;
  std::string err;
};

Shown run(const Row& row, std::string_view secret, const support::TemporaryFolder& directory) {
  const auto filled = [&](std::string_view text) {
    return cases::replaced(cases::replaced(std::string(text), "{S}", secret), "{D}", directory.path());
  };
  support::TestHost world;
  world.variables = {{"XDG_CONFIG_HOME", directory.path()}, {"PATH", "/usr/bin:/bin"}};
  if (!row.config.empty()) {
    directory.file("c.toml", filled(row.config));
    std::filesystem::create_directory(directory.at("dgauth"));
    directory.file("dgauth/config.toml", filled(row.config));
  }
  if (!row.file.empty()) {
    directory.file(filled(row.file).substr(directory.path().size() + 1), filled(row.content), 0755);
  }
  if (row.variable == "XDG_CACHE_HOME") {
    std::filesystem::create_directories(filled(row.value));
    directory.file(std::string(secret) + "/dgauth", "no folder");
  }
  if (!row.variable.empty()) {
    world.variables.insert_or_assign(std::string(row.variable), filled(row.value));
  }
  support::FakeClient client;
  client.answers_with([](const http::Request& /*request*/) {
    http::Response response;
    response.status = 200;
    response.body = R"({"access_token":"fake-token","expires_in":60})";
    return Result<http::Response>(response);
  });
  Words args;
  for (const std::string& word : row.args) {
    args.push_back(filled(word));
  }
  cli::run(args, world.host(), client.factory());
  const std::string said = filled(row.says);
  CHECK_MESSAGE((world.console.err + world.console.out).find(said) != std::string::npos,
                said << ": " << world.console.err);
  return {.out = world.console.out, .err = world.console.err};
}

// The longest part of `secret` that `text` holds.
std::string shown_part(std::string_view text, std::string_view secret) {
  for (std::size_t size = secret.size(); size > longest_part; --size) {
    for (std::size_t at = 0; at + size <= secret.size(); ++at) {
      if (text.find(secret.substr(at, size)) != std::string_view::npos) {
        return std::string(secret.substr(at, size));
      }
    }
  }
  return {};
}

}  // namespace

TEST_CASE("cli::run: a secret in the wrong place is not printed (promise 19)") {
  for (const Row& row : rows) {
    for (const std::string_view secret : secrets) {
      CAPTURE(row.args);
      CAPTURE(row.says);
      const support::TemporaryFolder directory;
      const Shown shown = run(row, secret, directory);
      CHECK_MESSAGE(shown_part(shown.err, secret).empty(), shown.err);
      CHECK_MESSAGE(shown_part(shown.out, secret).empty(), shown.out);
    }
  }
}

}  // namespace dgauth::cli
