// SPDX-License-Identifier: MIT
#include "support/loopback_server.hpp"

#include <array>
#include <cctype>
#include <charconv>

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/text.hpp"

namespace dgauth::support {
namespace {

constexpr std::chrono::milliseconds longest_wait{5000};

int listen_somewhere(int& port) {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  REQUIRE(::bind(listener, any, size) == 0);
  REQUIRE(::listen(listener, 16) == 0);
  REQUIRE(::getsockname(listener, any, &size) == 0);
  port = ntohs(address.sin_port);
  return listener;
}

// How long a request is whose header block has come; 0 while it has not.
std::size_t size_of_request(const std::string& bytes) {
  const std::size_t end = bytes.find("\r\n\r\n");
  if (end == std::string::npos) {
    return 0;
  }
  constexpr std::string_view name = "\r\ncontent-length: ";
  const std::string head = lower_case(bytes.substr(0, end));
  const std::size_t found = head.find(name);
  std::size_t length = 0;
  if (found != std::string::npos) {
    std::from_chars(head.data() + found + name.size(), head.data() + head.size(), length);
  }
  return end + 4 + length;
}

}  // namespace

LoopbackServer::LoopbackServer(std::vector<Reply> replies) : replies_(replies.begin(), replies.end()) {
  REQUIRE(::pipe(stop_) == 0);
  listener_ = listen_somewhere(port_);
  thread_ = std::thread([this] { serve(); });
}

LoopbackServer::~LoopbackServer() {
  ::close(stop_[1]);
  thread_.join();
  ::close(stop_[0]);
  ::close(listener_);
}

std::string LoopbackServer::url(const std::string& path) const {
  return fmt::format("http://127.0.0.1:{}{}", port_, path);
}

std::vector<std::string> LoopbackServer::requests() const {
  const std::scoped_lock lock(mutex_);
  return requests_;
}

// False at the end of the timeout and of this object.
bool LoopbackServer::is_readable(int descriptor, std::chrono::milliseconds timeout) const {
  std::array<pollfd, 2> both = {pollfd{descriptor, POLLIN, 0}, pollfd{stop_[0], POLLIN, 0}};
  return ::poll(both.data(), both.size(), static_cast<int>(timeout.count())) > 0 && both[1].revents == 0;
}

void LoopbackServer::serve() {
  while (is_readable(listener_, std::chrono::minutes(1))) {
    const int session = ::accept(listener_, nullptr, nullptr);
    answer(session);
    ::close(session);
  }
}

void LoopbackServer::answer(int session) {
  std::string request;
  std::array<char, 4096> bytes{};
  while (size_of_request(request) == 0 || request.size() < size_of_request(request)) {
    const ssize_t got = is_readable(session, longest_wait) ? ::read(session, bytes.data(), bytes.size()) : 0;
    if (got <= 0) {
      return;
    }
    request.append(bytes.data(), static_cast<std::size_t>(got));
  }
  {
    const std::scoped_lock lock(mutex_);
    requests_.push_back(request);
  }
  if (replies_.empty()) {
    return;
  }
  const Reply reply = replies_.front();
  replies_.pop_front();
  ::send(session, reply.bytes.data(), reply.bytes.size(), MSG_NOSIGNAL);
  if (reply.stays_open.count() > 0) {
    is_readable(session, reply.stays_open);
  }
}

std::string http_reply(int status, const std::string& header_lines, const std::string& body) {
  return fmt::format("HTTP/1.1 {} Words\r\nContent-Length: {}\r\nConnection: close\r\n{}\r\n{}", status, body.size(),
                     header_lines, body);
}

std::string url_of_nobody() {
  int port = 0;
  ::close(listen_somewhere(port));
  return fmt::format("http://127.0.0.1:{}/", port);
}

}  // namespace dgauth::support
