// SPDX-License-Identifier: MIT
#include "output/dry_run.hpp"

#include <string>

#include <fmt/format.h>

#include "base/shown.hpp"
#include "base/text.hpp"
#include "deepgram/requests.hpp"
#include "http/url.hpp"
#include "json/writer.hpp"

namespace dgauth::output {
namespace {

// All headers that are not libcurl's own, the credential first; `authorization` is "SCHEME PLACEHOLDER".
std::vector<http::Header> headers_of(const http::Request& request, std::string_view authorization) {
  std::vector<http::Header> headers;
  if (request.upgrade) {
    const std::size_t blank = authorization.find(' ');
    const std::string subprotocol =
        fmt::format("{},{}", lower_case(authorization.substr(0, blank)), authorization.substr(blank));
    headers = {{"Connection", "Upgrade"},
               {"Upgrade", "websocket"},
               {"Sec-WebSocket-Version", "13"},
               {"Sec-WebSocket-Key", request.upgrade->key},
               {"Sec-WebSocket-Protocol", subprotocol}};
  } else if (!authorization.empty()) {
    headers = {{"Authorization", std::string(authorization)}};
  }
  headers.insert(headers.end(), request.headers.begin(), request.headers.end());
  return headers;
}

std::string shown_body(const http::Request& request, std::string_view body_file) {
  return body_file.empty() ? request.body : fmt::format("<contents of {}>", body_file);
}

// For people and logs, so each line is made safe to show; the other forms are exact.
std::string as_text(const http::Request& request, std::string_view authorization, std::string_view body_file) {
  const http::Url url = http::parse_url(request.url).value_or(http::Url{});
  const std::string authority = url.host + (url.port.empty() ? "" : ":" + url.port);
  const std::size_t path = request.url.find('/', url.scheme.size() + std::string_view("://").size());
  std::string text;
  const auto add = [&text](std::string_view line) { text += shown_line(line) + "\n"; };
  add(fmt::format("{} {} HTTP/1.1", request.method, request.url.substr(path)));
  add(fmt::format("Host: {}", authority));
  for (const http::Header& header : headers_of(request, authorization)) {
    add(fmt::format("{}: {}", header.name, header.value));
  }
  add("");
  if (const std::string body = shown_body(request, without_pasted_secrets(body_file)); !body.empty()) {
    add(body);
  }
  return text;
}

std::string as_json(const http::Request& request, std::string_view authorization, std::string_view body_file) {
  json::Writer writer;
  writer.begin_object();
  writer.key("method").string(request.method);
  writer.key("url").string(request.url);
  writer.key("headers").begin_object();
  for (const http::Header& header : headers_of(request, authorization)) {
    writer.key(header.name).string(header.value);
  }
  writer.end_object();
  writer.key("body").string_or_null(shown_body(request, body_file));
  writer.end_object();
  return std::string(writer.text()) + "\n";
}

std::string quoted_for_shell(std::string_view text) {
  std::string quoted = "'";
  for (const char c : text) {
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return quoted + "'";
}

std::string as_curl(const http::Request& request, std::string_view scheme, std::string_view body_file) {
  const std::string variable = scheme == "Bearer" ? "$DEEPGRAM_ACCESS_TOKEN" : "$DEEPGRAM_API_KEY";
  const std::string authorization = scheme.empty() ? "" : fmt::format("{} {}", scheme, variable);
  std::string text = fmt::format("curl --request {}", request.method);
  for (const http::Header& header : headers_of(request, authorization)) {
    const std::string line = fmt::format("{}: {}", header.name, header.value);
    const bool has_variable = line.ends_with(variable);
    text += " --header " + (has_variable ? fmt::format("\"{}\"", line) : quoted_for_shell(line));
  }
  if (!body_file.empty()) {
    text += " --data-binary " + quoted_for_shell(fmt::format("@{}", body_file));
  } else if (!request.body.empty()) {
    text += " --data-binary " + quoted_for_shell(request.body);
  }
  return text + " " + quoted_for_shell(request.url) + "\n";
}

}  // namespace

Result<ExitStatus> show_request(const session::Context& context, const http::Request& request,
                                std::string_view authorization, std::string_view body_file) {
  std::string text;
  switch (context.output.dry_run) {
    case options::DryRunFormat::text: text = as_text(request, authorization, body_file); break;
    case options::DryRunFormat::json: text = as_json(request, authorization, body_file); break;
    case options::DryRunFormat::curl:
      text = as_curl(request, authorization.substr(0, authorization.find(' ')), body_file);
      break;
  }
  return context.host.console.write_out(text).map([] { return ExitStatus::ok; });
}

Result<ExitStatus> show_mint(session::Session& session, const options::MintOptions& options) {
  TRY_ASSIGN(const std::optional<deepgram::Ttl> ttl, session::ttl_to_ask_for(session, options));
  TRY_ASSIGN(const std::string key, session.placeholder_for_key());
  return show_request(session.context(), deepgram::grant_request(session.base_url(), ttl), "Token " + key);
}

}  // namespace dgauth::output
