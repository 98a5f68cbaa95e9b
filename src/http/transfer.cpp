// SPDX-License-Identifier: MIT
#include "http/transfer.hpp"

#include <algorithm>
#include <new>
#include <utility>

#include "http/request_options.hpp"
#include "http/response_head.hpp"

namespace dgauth::http {
namespace {

constexpr std::size_t body_reserve = 16 * 1024;  // for an answer's body, before its size is known
// Of the body of an answer that is no success this much is kept at most.
constexpr std::size_t most_of_a_refusal = 1024 * 1024;

}  // namespace

Result<std::unique_ptr<Transfer>> Transfer::prepare(const Request& request, const ClientSettings& settings,
                                                    std::chrono::milliseconds timeout, Connection connection) {
  std::unique_ptr<Transfer> transfer(new Transfer(request, settings));
  return transfer->set_options(settings, timeout, connection).map([&transfer] { return std::move(transfer); });
}

Transfer::Transfer(const Request& request, const ClientSettings& settings)
    : request_(request), handle_(curl_easy_init()) {
  response_.sent_at = settings.clock.now();
  route_ = route_of(request.url, settings.proxy);
  has_trust_store_ = settings.trust_store.is_chosen();
  trust_store_name_ = settings.trust_store.name();
  trust_variable_ = settings.trust_store.variable;
  trust_store_blame_ = settings.trust_store.blame();
  response_.body.reserve(std::min(request.body_limit, body_reserve));
}

Result<void> Transfer::set_options(const ClientSettings& settings, std::chrono::milliseconds timeout,
                                   Connection connection) {
  if (!handle_) {
    throw std::bad_alloc();
  }
  Options options(handle_.get());
  TRY(set_request_options(options, header_lines_, request_, settings.trust_store, timeout));
  options.set(CURLOPT_ERRORBUFFER, static_cast<void*>(error_text_.data()));
  options.set(CURLOPT_WRITEFUNCTION, &Transfer::receive);
  options.set(CURLOPT_WRITEDATA, static_cast<void*>(this));
  options.set(CURLOPT_HEADERFUNCTION, &Transfer::receive_header);
  options.set(CURLOPT_HEADERDATA, static_cast<void*>(this));
  options.set(CURLOPT_PREREQFUNCTION, &Transfer::before_sending);
  options.set(CURLOPT_PREREQDATA, static_cast<void*>(this));
  options.set(CURLOPT_FRESH_CONNECT, connection == Connection::fresh ? 1L : 0L);
  if (request_.method != "GET") {
    set_body(options);
  }
  return options.result();
}

void Transfer::set_body(Options& options) {
  if (!request_.body_file && request_.retry_policy == RetryPolicy::freely) {
    options.set_large(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
    options.set(CURLOPT_POSTFIELDS, request_.body.c_str());  // not copied: the request outlives us
    return;
  }
  options.set(CURLOPT_POST, 1L);
  options.set(CURLOPT_READFUNCTION, &Transfer::send);
  options.set(CURLOPT_READDATA, static_cast<void*>(this));
  const std::optional<std::uint64_t> size = request_.body_size();
  options.set_large(CURLOPT_POSTFIELDSIZE_LARGE, size ? static_cast<curl_off_t>(*size) : -1);
}

int Transfer::before_sending(void* self, char* /*peer*/, char* /*own*/, int /*peer_port*/, int /*own_port*/) noexcept {
  return static_cast<Transfer*>(self)->may_send() ? CURL_PREREQFUNC_OK : CURL_PREREQFUNC_ABORT;
}

// libcurl would send a request again, up to five times and without a pause, when a kept connection closes without an
// answer and when a server says in HTTP/2 that it has not processed it. Who repeats what is decided elsewhere.
bool Transfer::may_send() {
  if (was_sent_) {
    was_to_be_repeated_ = true;
    return false;
  }
  long connections = 0;
  curl_easy_getinfo(handle(), CURLINFO_NUM_CONNECTS, &connections);
  is_on_kept_connection_ = connections == 0;
  was_sent_ = true;
  return true;
}

bool Transfer::has_read_body() const {
  return request_.body_file ? request_.body_file->position() > 0 : body_sent_ > 0;
}

bool Transfer::lost_kept_connection() const {
  const bool is_harmless = request_.retry_policy == RetryPolicy::freely || !has_read_body();
  return was_to_be_repeated_ && is_on_kept_connection_ && is_harmless;
}

std::size_t Transfer::send(char* room, std::size_t size, std::size_t count, void* self) noexcept {
  try {
    return static_cast<Transfer*>(self)->read_body({room, size * count});
  } catch (...) {  // no memory: nothing may be thrown through libcurl
    static_cast<Transfer*>(self)->lacks_memory_ = true;
    return CURL_READFUNC_ABORT;
  }
}

std::size_t Transfer::read_body(std::span<char> room) {
  if (!request_.body_file) {
    const std::size_t copied = request_.body.copy(room.data(), room.size(), body_sent_);
    body_sent_ += copied;
    return copied;
  }
  Result<std::optional<std::size_t>> read = request_.body_file->read(room);
  if (!read) {
    own_error_ = std::move(read.error());
    return CURL_READFUNC_ABORT;
  }
  is_waiting_ = !*read;
  return read->value_or(CURL_READFUNC_PAUSE);
}

std::optional<int> Transfer::awaited_descriptor() const {
  return is_waiting_ ? std::optional(request_.body_file->descriptor()) : std::nullopt;
}

void Transfer::resume() {
  is_waiting_ = false;
  curl_easy_pause(handle(), CURLPAUSE_CONT);
}

std::size_t Transfer::receive(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
  try {
    return static_cast<Transfer*>(self)->take_body({bytes, size * count});
  } catch (...) {
    static_cast<Transfer*>(self)->lacks_memory_ = true;
    return CURL_WRITEFUNC_ERROR;
  }
}

std::size_t Transfer::take_body(std::string_view bytes) {
  if (body_goes_ == BodyGoes::undecided) {
    read_head(handle(), request_, has_switched_, response_);
    body_goes_ =
        request_.sink.wants && request_.sink.wants(response_, bytes) ? BodyGoes::into_sink : BodyGoes::into_response;
    response_.went_to_sink = body_goes_ == BodyGoes::into_sink;
  }
  if (body_goes_ == BodyGoes::into_response) {
    const std::size_t limit =
        response_.is_success() ? request_.body_limit : std::min(request_.body_limit, most_of_a_refusal);
    const std::size_t room = limit - response_.body.size();
    response_.body.append(bytes.substr(0, room));
    response_.is_truncated = bytes.size() > room;
    return response_.is_truncated ? CURL_WRITEFUNC_ERROR : bytes.size();
  }
  if (Result<void> written = request_.sink.write(bytes); !written) {
    own_error_ = std::move(written.error());
    return CURL_WRITEFUNC_ERROR;
  }
  return bytes.size();
}

std::size_t Transfer::receive_header(char* bytes, std::size_t size, std::size_t count, void* self) noexcept {
  const std::string_view line(bytes, size * count);
  auto& transfer = *static_cast<Transfer*>(self);
  bool& has_whole_head = transfer.has_whole_head_;
  if (line.starts_with("HTTP/")) {
    has_whole_head = false;  // the head before was that of a 1xx, or of a proxy's answer
  } else if (line == "\r\n" || line == "\n") {
    has_whole_head = true;  // what may come now are trailers
  }
  // libcurl takes a 101 for an announcement and waits for what never comes: the transfer ends here.
  transfer.has_switched_ = has_whole_head && transfer.request_.upgrade && status_of(transfer.handle()) == 101;
  return transfer.has_switched_ ? 0 : size * count;
}

CurlFailure Transfer::failure(CURLcode code, std::string_view detail) {
  CurlFacts facts = facts_of(handle(), code, detail);
  facts.route = std::move(route_);
  facts.timeout = request_.limits.total;
  facts.trust_variable = trust_variable_;
  CurlFailure described = describe_failure(std::move(facts));
  if (code == CURLE_OPERATION_TIMEDOUT && is_waiting_) {  // not for the server
    described.error.message = "timed out waiting for more of the input";
    described.error.hint = "check what writes to it, or raise --timeout";
  }
  return described;
}

tl::expected<Response, CurlFailure> Transfer::finish(CURLcode code) {
  if (code == CURLE_OK && !has_whole_head_) {
    code = CURLE_RECV_ERROR;  // a connection that closes amid the headers is a success to libcurl
  }
  if (code == CURLE_OUT_OF_MEMORY && was_sent_ && !has_whole_head_ && !has_lacked_memory()) {
    code = CURLE_WEIRD_SERVER_REPLY;  // libcurl means a line of the headers that is longer than it takes
  }
  const bool has_failed = code != CURLE_OK && !response_.is_truncated && !has_switched_;
  if (lacks_memory_ || code == CURLE_OUT_OF_MEMORY || (has_failed && has_lacked_memory())) {
    throw std::bad_alloc();
  }
  if (own_error_) {
    return tl::unexpected(CurlFailure{AttemptOutcome::permanent, std::move(*own_error_)});
  }
  if (was_to_be_repeated_) {
    code = CURLE_SEND_FAIL_REWIND;  // as if it could not
  }
  if (code == CURLE_SSL_CACERT_BADFILE) {
    CurlFailure unreadable = failure(code, trust_store_name_);
    unreadable.error.kind = trust_store_blame_;
    return tl::unexpected(std::move(unreadable));
  }
  if (code == CURLE_PEER_FAILED_VERIFICATION && !has_trust_store_) {
    return tl::unexpected(CurlFailure{AttemptOutcome::permanent, no_certificates()});
  }
  if (has_failed) {
    return tl::unexpected(failure(code, error_text_.data()));
  }
  if (response_.went_to_sink && !has_switched_) {
    if (Result<void> ended = request_.sink.end(); !ended) {
      return tl::unexpected(CurlFailure{AttemptOutcome::permanent, std::move(ended.error())});
    }
  }
  read_head(handle(), request_, has_switched_, response_);
  return std::move(response_);
}

}  // namespace dgauth::http
