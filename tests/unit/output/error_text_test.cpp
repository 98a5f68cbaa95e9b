// SPDX-License-Identifier: MIT
#include "output/error_text.hpp"

#include <algorithm>

#include "json/reader.hpp"
#include "support/printing.hpp"

namespace dgauth::output {
namespace {

const Error full{.kind = ErrorKind::forbidden,
                 .message = "what happened",
                 .hint = "what to do",
                 .http_status = 403,
                 .request_id = "fake-request-1"};
const Error bare{.kind = ErrorKind::network, .message = "what happened"};

}  // namespace

TEST_CASE("output::error_text: a line for what happened, a line for what to do") {
  CHECK(error_text(full) == "dgauth: error: what happened\ndgauth: hint: what to do\n");
  CHECK(error_text(bare) == "dgauth: error: what happened\n");
}

TEST_CASE("output::error_json: one line with every member") {
  CHECK(error_json(full) ==
        R"({"error":{"kind":"forbidden","exit_status":5,"message":"what happened","hint":"what to do",)"
        R"("http_status":403,"request_id":"fake-request-1"}})"
        "\n");
  CHECK(error_json(bare) == R"({"error":{"kind":"network","exit_status":7,"message":"what happened","hint":null,)"
                            R"("http_status":null,"request_id":null}})"
                            "\n");
}

TEST_CASE("cli: an error is the same number of lines whatever is in it, promise 18") {
  const Error nasty{.kind = ErrorKind::config,
                    .message = "a path with\n::add-mask::x\r\n\x1B[31m\xE2\x80\xAE and \"quotes\" \xFF",
                    .hint = "b\nc"};
  const std::string text = error_text(nasty);
  CHECK(std::ranges::count(text, '\n') == 2);
  const std::string line = error_json(nasty);
  CHECK(std::ranges::count(line, '\n') == 1);
  CHECK(json::Document::parse(line).has_value());
  for (const std::string& shown : {text, line}) {
    CHECK(shown.find('\x1B') == std::string::npos);
    CHECK(shown.find('\r') == std::string::npos);
    CHECK(shown.find("\xE2\x80\xAE") == std::string::npos);
    CHECK(shown.find("\n::") == std::string::npos);
  }
}

}  // namespace dgauth::output
