// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "base/secret.hpp"
#include "host/input_file.hpp"

namespace dgauth::http {

struct Header {
  std::string name;
  std::string value;

  bool operator==(const Header&) const = default;
};

// When a request whose try has failed may be sent once more. None is repeated after a TLS verification failure, a
// redirect, or an answer that is not HTTP.
enum class RetryPolicy {
  freely,         // doing it twice is harmless: after no connection, a cut, a time-out, 408, 429 and 5xx
  unless_billed,  // what arrives whole may be billed: after no connection and 429, which all of them wait out together
};

// How long to wait, and how often to try again.
struct RequestLimits {
  std::chrono::milliseconds total = std::chrono::seconds(30);    // all tries and the pauses between them
  std::chrono::milliseconds connect = std::chrono::seconds(10);  // of each try
  int retries = 2;                                               // further tries after the first

  // What is left once so much of `total` has been spent; at least a millisecond.
  RequestLimits after(std::chrono::milliseconds spent) const {
    RequestLimits left = *this;
    left.total = std::max(total - spent, std::chrono::milliseconds(1));
    return left;
  }
  bool operator==(const RequestLimits&) const = default;
};

// What turns a GET into the opening handshake of a WebSocket (RFC 6455, section 4.1).
struct WebSocketUpgrade {
  std::string key;     // value of Sec-WebSocket-Key
  Secret subprotocol;  // value of Sec-WebSocket-Protocol
};

struct Response;

// Takes the body of an answer piece by piece, in place of Response::body: all three functions, or none. An error ends
// the transfer.
struct Sink {
  std::function<bool(const Response& head, std::string_view first)> wants;  // asked once, with the body's first piece
  std::function<Result<void>(std::string_view piece)> write;                // that piece, too
  std::function<Result<void>()> end;                                        // after the last piece
};

// Takes the value of an Authorization header, or why there is none.
using TakeAuthorization = std::function<void(Result<Secret>)>;

struct Request {
  std::string method = "GET";
  std::string url;
  std::vector<Header> headers;  // values are visible ASCII and blanks: nothing below checks them again
  Secret authorization;         // value of the Authorization header; empty: none is sent
  // Asked before each attempt for the `authorization` to send with it, unless it is empty. It calls back once: at once,
  // or later out of Client::run. An Error ends the request.
  std::function<void(TakeAuthorization)> authorize;
  std::optional<WebSocketUpgrade> upgrade;  // sent over HTTP/1.1; a 101 is the response, and the connection is closed
  std::string body;
  std::shared_ptr<host::InputFile> body_file;  // read from its start in place of `body`
  Sink sink;                                   // empty: nothing goes there
  RetryPolicy retry_policy = RetryPolicy::freely;
  RequestLimits limits;
  std::size_t body_limit = 1024 * 1024;     // of the response; what is over it is not read
  std::vector<std::string> wanted_headers;  // of the response, besides Location and Content-Type

  // In bytes. nullopt: the body ends when `body_file` does.
  std::optional<std::uint64_t> body_size() const {
    return body_file ? body_file->size() : std::optional<std::uint64_t>(body.size());
  }
};

// An HTTP answer, whatever its status.
struct Response {
  int status = 0;
  std::map<std::string, std::string, std::less<>> headers;  // the wanted ones that were there, under the asked name
  WipedString body;
  bool is_truncated = false;                        // the body went on after `body_limit`
  bool is_upgraded = false;                         // a 101 whose Sec-WebSocket-Accept fits the request's key
  bool went_to_sink = false;                        // the body is not here
  std::chrono::system_clock::time_point sent_at;    // when the try that was answered began
  std::chrono::milliseconds elapsed{};              // from the first try to the answer
  int attempts = 1;                                 // that were made
  std::optional<std::chrono::seconds> retry_after;  // how long the server asks to be left alone

  bool is_success() const { return status >= 200 && status < 300; }
  // Empty if it was not there, or not wanted.
  std::string_view header(std::string_view name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string_view() : std::string_view(found->second);
  }
};

}  // namespace dgauth::http
