// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <chrono>
#include <memory>
#include <optional>
#include <span>

#include "http/client.hpp"
#include "http/curl_failure.hpp"
#include "http/curl_handle.hpp"

namespace dgauth::http {

// One try of one request, on an easy handle of its own. libcurl keeps pointers into it, so it stays where it is, and
// the request must outlive it.
class Transfer {
 public:
  enum class Connection { any, fresh };  // fresh: not one that was kept

  // `timeout` is what is left for this try.
  static Result<std::unique_ptr<Transfer>> prepare(const Request& request, const ClientSettings& settings,
                                                   std::chrono::milliseconds timeout, Connection connection);
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* handle() const { return handle_.get(); }

  // The answer, once libcurl is done with the handle and says `code`; or why there is none. Throws std::bad_alloc where
  // that is why.
  tl::expected<Response, CurlFailure> finish(CURLcode code);
  // Once it is done: whether it ended because libcurl was about to send the request again.
  bool was_to_be_repeated() const { return was_to_be_repeated_; }
  // Whether, then, a kept connection turned out to be closed before the request could have been processed.
  bool lost_kept_connection() const;
  // The descriptor that more of the body is to come from, while there is nothing to send.
  std::optional<int> awaited_descriptor() const;
  // Goes on sending.
  void resume();

 private:
  Transfer(const Request& request, const ClientSettings& settings);
  Result<void> set_options(const ClientSettings& settings, std::chrono::milliseconds timeout, Connection connection);
  void set_body(Options& options);
  std::size_t read_body(std::span<char> room);
  std::size_t take_body(std::string_view bytes);
  bool may_send();
  bool has_read_body() const;
  CurlFailure failure(CURLcode code, std::string_view detail);
  static int before_sending(void* self, char* peer, char* own, int peer_port, int own_port) noexcept;
  static std::size_t send(char* room, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t receive(char* bytes, std::size_t size, std::size_t count, void* self) noexcept;
  static std::size_t receive_header(char* bytes, std::size_t size, std::size_t count, void* self) noexcept;

  const Request& request_;
  Route route_;
  bool has_trust_store_ = false;
  std::string trust_store_name_;
  std::string_view trust_variable_;
  ErrorKind trust_store_blame_ = ErrorKind::config;
  HeaderLines header_lines_;
  Response response_;
  bool has_switched_ = false;    // to another protocol: a 101 has come
  bool has_whole_head_ = false;  // the blank line behind the headers has come
  std::size_t body_sent_ = 0;    // of a body that is no file
  bool is_waiting_ = false;      // for more of the body
  bool was_sent_ = false;
  bool was_to_be_repeated_ = false;     // by libcurl, of its own accord
  bool is_on_kept_connection_ = false;  // which another transfer opened
  enum class BodyGoes { undecided, into_response, into_sink } body_goes_ = BodyGoes::undecided;
  bool lacks_memory_ = false;
  std::optional<Error> own_error_;  // why we ended the transfer ourselves
  std::array<char, CURL_ERROR_SIZE> error_text_{};
  EasyHandle handle_;  // the last member: it goes before what it points to
};

}  // namespace dgauth::http
