// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/exit_status.hpp"
#include "host/host.hpp"
#include "http/client.hpp"
#include "support/cases/file.hpp"
#include "support/cases/names.hpp"

namespace dgauth::cases {

// cli::run, or what a test puts in its place.
using Program =
    std::function<ExitStatus(const std::vector<std::string>& args, const host::Host&, const http::ClientFactory&)>;

struct ReceivedRequest {
  std::string method;
  std::string path;  // with its query
  std::vector<http::Header> headers;
  std::string body;
};

struct FileSeen {
  std::string content;
  int mode = 0;
};

using Files = std::map<std::string, FileSeen>;  // by the name that a case has for it

// All that a verdict needs.
struct Trial {
  Names names;
  std::vector<std::string> secrets;
  int status = 0;
  std::string out;
  std::string err;
  std::vector<ReceivedRequest> requests;
  std::vector<std::string> client_complaints;  // of a request that had no reply, of replies not used
  Files files_before;
  Files files;
};

// Runs one case in a home and a working directory of its own, at noon. No byte is sent: the replies come from a fake.
// Throws std::runtime_error if the case itself is broken.
Trial run_case(const Case& one, const Program& program);

}  // namespace dgauth::cases
