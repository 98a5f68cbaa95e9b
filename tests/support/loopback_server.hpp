// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <deque>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace dgauth::support {

// A port of 127.0.0.1 that the system chose, where raw bytes answer: a connection each, one after the other. What is
// asked beyond the script finds its connection closed.
class LoopbackServer {
 public:
  struct Reply {
    std::string bytes;                       // sent once the request is in; then the connection is closed
    std::chrono::milliseconds stays_open{};  // before it is closed: shorter if the other side goes, or this object
  };

  explicit LoopbackServer(std::vector<Reply> replies);
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;
  ~LoopbackServer();

  std::string url(const std::string& path = "/") const;
  // The requests so far, byte for byte.
  std::vector<std::string> requests() const;

 private:
  void serve();
  void answer(int session);
  bool is_readable(int descriptor, std::chrono::milliseconds timeout) const;

  int listener_ = -1;
  int stop_[2] = {-1, -1};  // a pipe: closing its write end wakes the server
  int port_ = 0;
  std::deque<Reply> replies_;
  mutable std::mutex mutex_;  // of requests_
  std::vector<std::string> requests_;
  std::thread thread_;
};

// "HTTP/1.1 200 OK", the header lines, Content-Length and the body.
std::string http_reply(int status, const std::string& header_lines, const std::string& body);

// The URL of a port of 127.0.0.1 where nobody listens.
std::string url_of_nobody();

}  // namespace dgauth::support
