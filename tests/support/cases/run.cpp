// SPDX-License-Identifier: MIT
#include "support/cases/run.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>
#include <sys/stat.h>

#include "base/digest.hpp"
#include "base/text.hpp"
#include "support/fake_client.hpp"
#include "support/process_state.hpp"
#include "support/temporary_folder.hpp"
#include "support/test_host.hpp"

namespace dgauth::cases {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view host_and_port = "127.0.0.1:8080";  // nobody is asked there
constexpr std::size_t most_of_a_refusal = 1024 * 1024;        // as http::Transfer has it

// The keys of tests/sandbox/keys.py.
constexpr std::string_view roles[] = {"owner",     "admin",   "member",    "default", "listen-only",
                                      "read-only", "account", "no-credit", "expired", "revoked"};

std::string key_of(std::size_t number) {
  std::string text;
  for (int i = 0; i < 5; ++i) {
    text += fmt::format("fa4e{:04}", number);
  }
  return text;
}

// Home and working directory, empty for each run. They stay: making and removing them takes longer than a run.
class Place {
 public:
  Place() {
    for (const std::string& directory : {home(), cwd()}) {
      ::mkdir(directory.c_str(), 0700);
    }
  }
  void clear() const {
    for (const std::string& directory : {home(), cwd()}) {
      for (const fs::directory_entry& entry : fs::directory_iterator(directory)) {
        fs::remove_all(entry);
      }
    }
  }
  std::string home() const { return root_.at("home"); }
  std::string cwd() const { return root_.at("cwd"); }
  std::string path(const std::string& name) const {
    return name.starts_with("~/") ? home() + name.substr(1) : cwd() + "/" + name;
  }
  std::string stdin_with(std::string_view bytes) const { return root_.file("stdin", bytes); }

  void write(const std::string& name, const Json& content, Names& names) const {
    if (has(content, "folder")) {
      make_directories(path(name));
      return;
    }
    make_directories(fs::path(path(name)).parent_path());
    std::ofstream(path(name), std::ios::binary) << names.bytes_of(*member(content, "text"));
    const Json* const mode = member(content, "mode");
    const std::string digits = mode == nullptr ? "600" : string_of(*mode);
    ::chmod(path(name).c_str(), static_cast<mode_t>(std::strtoul(digits.c_str(), nullptr, 8)));
  }

  Files files() const {
    Files seen;
    for (const auto& [top, prefix] : {std::pair(home(), "~/"), std::pair(cwd(), "")}) {
      for (const fs::directory_entry& entry : fs::recursive_directory_iterator(top)) {
        if (!fs::is_directory(entry.symlink_status())) {
          const std::string path = entry.path().string();
          seen[prefix + path.substr(top.size() + 1)] = {
              .content = fs::is_regular_file(entry.symlink_status()) ? support::content_of(path) : "",
              .mode = support::mode_of(path)};
        }
      }
    }
    return seen;
  }

 private:
  static void make_directories(const fs::path& path) {
    if (!fs::exists(path)) {
      make_directories(path.parent_path());
      ::mkdir(path.c_str(), 0700);
    }
  }

  support::TemporaryFolder root_;
};

Names names_for(const Place& place) {
  std::map<std::string, std::string> known = {{"base", fmt::format("http://{}", host_and_port)},
                                              {"host", "127.0.0.1"},
                                              {"port", "8080"},
                                              {"home", place.home()},
                                              {"cwd", place.cwd()}};
  for (std::size_t i = 0; i < std::size(roles); ++i) {
    known[fmt::format("key.{}", roles[i])] = key_of(i + 1);
  }
  known["key"] = known["key.member"];
  known["fingerprint"] = sha256_hex(known["key"]).substr(0, 8);
  return Names(std::move(known));
}

ReceivedRequest received(const http::Request& request) {
  ReceivedRequest seen{.method = request.method, .path = request.url, .headers = request.headers, .body = request.body};
  const std::size_t host = seen.path.find("://") + 3;
  seen.path.erase(0, std::min(seen.path.find('/', host), seen.path.size()));
  if (const std::string_view credential = request.authorization.reveal(); !credential.empty()) {
    seen.headers.push_back({"Authorization", std::string(credential)});
  }
  if (request.body_file) {
    std::array<char, 4096> room{};
    while (const std::size_t size = request.body_file->read(room).value().value_or(0)) {
      seen.body.append(room.data(), size);
    }
  }
  return seen;
}

struct Reply {
  int status = 200;
  std::vector<http::Header> headers;
  std::string body;
};

Reply reply_of(const Json& json, Names& names) {
  Reply reply;
  if (const Json* const status = member(json, "status")) {
    reply.status = status->GetInt();
  }
  if (const Json* const body = member(json, "json")) {
    reply.headers.push_back({"content-type", "application/json"});
    const JsonDocument expanded = names.expand_all(*body);
    reply.body = shown(expanded);
  } else if (const Json* const text = member(json, "body")) {
    reply.body = names.bytes_of(*text);
  }
  if (const Json* const headers = member(json, "headers")) {
    for (const auto& [name, value] : headers->GetObject()) {
      reply.headers.insert(reply.headers.begin(), {string_of(name), names.expand(string_of(value))});
    }
  }
  return reply;
}

std::string header_of(const Reply& reply, std::string_view name) {
  const auto found = std::ranges::find_if(
      reply.headers, [&](const http::Header& header) { return equal_ignoring_case(header.name, name); });
  return found == reply.headers.end() ? "" : found->value;
}

// What http::Transfer makes of a reply that arrives whole.
Result<http::Response> answer(const http::Request& request, const Reply& reply) {
  http::Response response;
  response.status = reply.status;
  response.sent_at = support::noon;
  for (const std::string& name : request.wanted_headers) {
    response.headers[name] = header_of(reply, name);
  }
  for (const char* name : {"Location", "Content-Type"}) {
    response.headers[name] = header_of(reply, name);
  }
  if (const std::string wait = header_of(reply, "Retry-After"); !wait.empty()) {
    response.retry_after = std::chrono::seconds(std::strtol(wait.c_str(), nullptr, 10));
  }
  if (!reply.body.empty() && request.sink.wants && request.sink.wants(response, reply.body)) {
    TRY(request.sink.write(reply.body));
    TRY(request.sink.end());
    response.went_to_sink = true;
    return response;
  }
  const bool is_success = reply.status >= 200 && reply.status < 300;
  const std::size_t limit = is_success ? request.body_limit : std::min(request.body_limit, most_of_a_refusal);
  response.is_truncated = reply.body.size() > limit;
  response.body = reply.body.substr(0, limit);
  return response;
}

host::Environment::Variables variables_for(const Case& one, const Place& place, Names& names) {
  host::Environment::Variables variables = {
      {"PATH", "/usr/local/bin:/usr/bin:/bin"}, {"HOME", place.home()}, {"LANG", "C.UTF-8"}};
  if (has(one.json, "replies")) {
    variables["DEEPGRAM_BASE_URL"] = names["base"];
    variables["DEEPGRAM_API_KEY"] = names["key"];
  }
  if (const Json* const env = member(one.json, "env")) {
    for (const auto& [name, value] : env->GetObject()) {
      variables.erase(string_of(name));
      if (!value.IsNull()) {
        variables[string_of(name)] = names.bytes_of(value);
      }
    }
  }
  return variables;
}

void run_program(const Case& one, const Program& program, const Place& place, Trial& trial) {
  std::vector<std::string> args;
  for (const Json& arg : member(one.json, "args")->GetArray()) {
    args.push_back(trial.names.bytes_of(arg));
  }
  support::TestHost world;
  world.variables = variables_for(one, place, trial.names);
  support::FakeClient client([&trial](const std::string& what) { trial.client_complaints.push_back(what); });
  if (const Json* const replies = member(one.json, "replies")) {
    for (const Json& json : replies->GetArray()) {
      client.will_answer([&trial, reply = reply_of(json, trial.names)](const http::Request& request) {
        trial.requests.push_back(received(request));
        return answer(request, reply);
      });
    }
  }
  const Json* const input = member(one.json, "stdin");
  const support::Stdin stdin_of_case(input == nullptr ? "/dev/null" : place.stdin_with(trial.names.bytes_of(*input)));
  const support::WorkingFolder folder(place.cwd());
  trial.status = static_cast<int>(program(args, world.host(), client.factory()));
  trial.out = world.console.out;
  trial.err = world.console.err;
}

}  // namespace

Trial run_case(const Case& one, const Program& program) {
  static const Place place;
  place.clear();
  Trial trial{.names = names_for(place)};
  if (const Json* const files = member(one.json, "files")) {
    for (const auto& [name, content] : files->GetObject()) {
      place.write(string_of(name), content, trial.names);
    }
  }
  trial.files_before = place.files();
  run_program(one, program, place, trial);
  trial.files = place.files();
  for (std::size_t i = 0; i < std::size(roles); ++i) {
    trial.secrets.push_back(key_of(i + 1));
  }
  for (const std::string& token : trial.names.tokens()) {
    trial.secrets.push_back(token);
  }
  if (const Json* const secrets = member(one.json, "secrets")) {
    for (const Json& secret : secrets->GetArray()) {
      trial.secrets.push_back(trial.names.bytes_of(secret));
    }
  }
  return trial;
}

}  // namespace dgauth::cases
