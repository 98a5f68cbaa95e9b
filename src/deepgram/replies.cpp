// SPDX-License-Identifier: MIT
#include "deepgram/replies.hpp"

#include <cstdint>
#include <initializer_list>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "deepgram/credential.hpp"
#include "json/reader.hpp"
#include "json/writer.hpp"

namespace dgauth::deepgram {
namespace {

std::optional<std::chrono::seconds> believable_life(std::optional<double> seconds) {
  if (!seconds || *seconds < 1 || *seconds > static_cast<double>(longest_life.count())) {
    return std::nullopt;
  }
  return std::chrono::seconds(static_cast<std::int64_t>(*seconds));  // cut off: rounded down
}

std::string first_string(const json::Value& object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    if (const auto text = object.string_member(name)) {
      return std::string(*text);
    }
  }
  return {};
}

}  // namespace

std::string encode_grant_request(std::optional<Ttl> ttl) {
  json::Writer writer;
  writer.begin_object();
  if (ttl) {
    writer.key("ttl_seconds").number(ttl->seconds().count());
  }
  writer.end_object();
  return std::string(writer.text());
}

std::string encode_listen_request(std::string_view url) {
  json::Writer writer;
  writer.begin_object().key("url").string(url).end_object();
  return std::string(writer.text());
}

Result<GrantReply> decode_grant_reply(std::string_view body) {
  const std::optional<json::Document> document = json::Document::parse(body);
  if (!document) {
    return fail(ErrorKind::service, "the response is not JSON, so it did not come from Deepgram",
                std::string(hint_of_foreign_body(is_html(body))));
  }
  const std::optional<std::string_view> token = document->root().string_member("access_token");
  if (!token) {
    return fail(ErrorKind::service, "the response contains no access_token", std::string(hint_of_foreign_body(false)));
  }
  if (!is_bearer_token(*token)) {
    return fail(ErrorKind::service, "the response contains a malformed access_token, which is not printed",
                std::string(hint_of_foreign_body(false)));
  }
  return GrantReply{.token = Secret(*token),
                    .expires_in = believable_life(document->root().number_member("expires_in"))};
}

std::optional<Secret> token_in(std::string_view body) {
  constexpr std::size_t longest_reply = 1024 * 1024;  // of what holds a token
  constexpr std::size_t shortest_token = 8;           // a shorter one would take words out of messages
  constexpr std::string_view name = "access_token";
  const bool may_have_it = body.find(name) != std::string_view::npos || body.find('\\') != std::string_view::npos;
  if (body.size() > longest_reply || !may_have_it) {
    return std::nullopt;
  }
  const std::optional<json::Document> document = json::Document::parse(body);
  const std::optional<std::string_view> token = document ? document->root().string_member(name) : std::nullopt;
  return token && token->size() >= shortest_token ? std::optional<Secret>(*token) : std::nullopt;
}

ErrorBody decode_error_body(std::string_view body) {
  const std::string_view text = trim(body);
  const std::optional<json::Document> document = json::Document::parse(text);
  if (document && document->root().is_object()) {
    const json::Value root = document->root();
    return {.code = first_string(root, {"err_code", "error_code", "category"}),
            .message = first_string(root, {"err_msg", "message"}),
            .details = first_string(root, {"details"}),
            .request_id = first_string(root, {"request_id"})};
  }
  // What begins like JSON is a broken reply, and may hold half a token.
  const bool is_plain_text = !text.empty() && !is_html(text) && is_utf8(text) &&
                             std::string_view("{[\"").find(text.front()) == std::string_view::npos &&
                             text.find('\0') == std::string_view::npos &&
                             text.find("access_token") == std::string_view::npos;
  return is_plain_text ? ErrorBody{.message = std::string(text)} : ErrorBody{};
}

std::string_view hint_of_foreign_body(bool is_html) {
  return is_html ? hint_of_foreign_page : "a proxy may be answering, or the base URL is wrong: -v shows it";
}

bool is_html(std::string_view body) { return trim(body).starts_with('<'); }

}  // namespace dgauth::deepgram
