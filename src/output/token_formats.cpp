// SPDX-License-Identifier: MIT
#include "output/token_formats.hpp"

#include "base/rfc3339.hpp"
#include "json/writer.hpp"

namespace dgauth::output {
namespace {

Secret json_text(const deepgram::AccessToken& token, const deepgram::BaseUrl& base_url,
                 std::chrono::system_clock::time_point now) {
  const auto seconds = [](auto duration) { return static_cast<std::int64_t>(duration.count()); };
  json::Writer writer;
  writer.begin_object();
  writer.key("access_token").string(token.value);
  writer.key("token_type").string("Bearer");
  const auto expires_at = token.expires_at();
  const auto life =
      token.is_cached && expires_at ? std::chrono::floor<std::chrono::seconds>(*expires_at - now) : token.expires_in;
  writer.key("expires_in").number_or_null(life ? std::optional(seconds(*life)) : std::nullopt);
  writer.key("expires_at").string_or_null(expires_at ? rfc3339(*expires_at) : "");
  writer.key("expires_at_unix");
  if (expires_at) {
    writer.number(seconds(std::chrono::floor<std::chrono::seconds>(expires_at->time_since_epoch())));
  } else {
    writer.null();
  }
  writer.key("requested_ttl")
      .number_or_null(token.requested ? std::optional(seconds(token.requested->seconds())) : std::nullopt);
  writer.key("base_url").string(base_url.text());
  writer.key("request_id").string_or_null(token.request_id);
  writer.key("key_source").string(token.key_source);
  writer.key("cached").boolean(token.is_cached);
  writer.end_object();
  return Secret({writer.text(), "\n"});
}

}  // namespace

Result<Secret> format_token(const deepgram::AccessToken& token, GrantFormat format, std::string_view variable,
                            const deepgram::BaseUrl& base_url, std::chrono::system_clock::time_point now) {
  const Secret& value = token.value;
  switch (format) {
    case GrantFormat::token: return Secret({value, "\n"});
    case GrantFormat::json: return json_text(token, base_url, now);
    case GrantFormat::header: return Secret({"Authorization: Bearer ", value, "\n"});
    case GrantFormat::export_line: return Secret({"export ", variable, "='", value, "'\n"});
    case GrantFormat::fish: return Secret({"set -gx ", variable, " '", value, "'\n"});
    case GrantFormat::dotenv:
      // Unquoted, a shell that reads the file would take it for somebody's home.
      if (value.reveal().starts_with('~')) {
        return fail(ErrorKind::service, "the token begins with ~, which dotenv files do not support", "use -o export");
      }
      return Secret({variable, "=", value, "\n"});
    case GrantFormat::curl: return curl_line({deepgram::CredentialKind::access_token, token.value});
    case GrantFormat::github: return Secret({variable, "=", value, "\n"});
  }
  return fail(ErrorKind::internal, "there is no such format");
}

Secret curl_line(const deepgram::Credential& credential) {
  const Secret value = deepgram::authorization_value(credential);
  WipedString escaped;  // of a key: a token needs none
  escaped.reserve(2 * value.reveal().size() + least_on_heap);
  for (const char c : value.reveal()) {
    if (c == '"' || c == '\\') {
      escaped += '\\';
    }
    escaped += c;
  }
  return Secret({"header = \"Authorization: ", std::string_view(escaped), "\"\n"});
}

}  // namespace dgauth::output
