// SPDX-License-Identifier: MIT
#include "deepgram/service_error.hpp"

#include <fmt/format.h>

#include "support/deepgram_printing.hpp"
#include "support/made_up.hpp"

namespace dgauth::deepgram {
namespace {

struct Row {
  int status;
  std::string_view body;
  ErrorKind kind;
};

// Shapes and codes of the documented and observed error bodies. Words matter in one place only: "Invalid credentials."
constexpr Row rows[] = {
    // The credential was refused.
    {401, R"({"err_code":"INVALID_AUTH","err_msg":"Invalid credentials.","request_id":"r"})", ErrorKind::refused},
    {401, R"({"err_code":"INVALID_AUTH","err_msg":"Invalid credentials."})", ErrorKind::refused},
    {401, R"({"err_code":"INVALID_AUTH","err_msg":"other words"})", ErrorKind::refused},
    {400, R"({"err_code":"BAD_REQUEST","err_msg":"Invalid credentials."})", ErrorKind::refused},
    {400, R"({"category":"BAD_REQUEST","message":"Invalid credentials.","details":"d","request_id":"r"})",
     ErrorKind::refused},
    {403, R"({"category":"UNAUTHORIZED","message":"m","details":"d","request_id":"r"})", ErrorKind::refused},
    {401, R"({"err_code":"NEVER_SEEN","err_msg":"m"})", ErrorKind::refused},
    // The credential is good but may not.
    {403, R"({"err_code":"FORBIDDEN","err_msg":"m"})", ErrorKind::forbidden},
    {403, R"({"err_code":"INSUFFICIENT_PERMISSIONS","err_msg":"m"})", ErrorKind::forbidden},
    {401, R"({"err_code":"INSUFFICIENT_PERMISSIONS","err_msg":"m"})", ErrorKind::forbidden},
    {403, R"({"category":"INSUFFICIENT_PERMISSIONS","message":"m","details":"d","request_id":"r"})",
     ErrorKind::forbidden},
    {401, R"({"category":"INSUFFICIENT_PERMISSIONS","message":"m","details":"d","request_id":"r"})",
     ErrorKind::forbidden},
    {403, R"({"err_code":"UNAUTHORIZED_FEATURES_REQUESTED","err_msg":"m"})", ErrorKind::forbidden},
    {403, R"({"err_code":"NEVER_SEEN","err_msg":"m"})", ErrorKind::forbidden},
    // Quota and rate.
    {402, R"({"err_code":"ASR_PAYMENT_REQUIRED","err_msg":"m"})", ErrorKind::payment},
    {429, R"({"err_code":"TOO_MANY_REQUESTS","err_msg":"m"})", ErrorKind::rate_limit},
    {429, R"({"err_code":"Too Many Requests","err_msg":"m"})", ErrorKind::rate_limit},
    // The request itself.
    {400, R"({"category":"INVALID_JSON","message":"m","details":"d","request_id":"r"})", ErrorKind::rejected},
    {400, R"({"err_code":"Bad Request","err_msg":"m"})", ErrorKind::rejected},
    {400, R"({"err_code":"REMOTE_CONTENT_ERROR","err_msg":"m"})", ErrorKind::rejected},
    {400, R"({"err_code":"INVALID_QUERY_PARAMETER","err_msg":"m"})", ErrorKind::rejected},
    {400, R"({"err_code":"PAYLOAD_ERROR","err_msg":"m"})", ErrorKind::rejected},
    {400, R"({"err_msg":"m"})", ErrorKind::rejected},
    {400, R"({"err_code":"BAD_REQUEST","err_msg":"the field credentials is invalid"})", ErrorKind::rejected},
    {404, R"({"category":"NOT_FOUND","message":"m","details":"d","request_id":"r"})", ErrorKind::rejected},
    {404, R"({"err_code":"PROJECT_NOT_FOUND","err_msg":"m"})", ErrorKind::rejected},
    {404, "plain words", ErrorKind::rejected},
    {405, "", ErrorKind::rejected},
    {411, "", ErrorKind::rejected},
    {413, R"({"err_code":"PAYLOAD_TOO_LARGE","err_msg":"m"})", ErrorKind::rejected},
    {414, "", ErrorKind::rejected},
    {415, R"({"err_code":"UNSUPPORTED_MEDIA_TYPE","err_msg":"m"})", ErrorKind::rejected},
    {422, R"({"err_code":"ASR_UNPROCESSABLE_ENTITY","err_msg":"m"})", ErrorKind::rejected},
    {422, R"({"err_code":"UNPROCESSABLE_ENTITY","err_msg":"m"})", ErrorKind::rejected},
    {499, "", ErrorKind::rejected},
    // The server.
    {408, "", ErrorKind::service},
    {500, "", ErrorKind::service},
    {502, "<html>bad gateway</html>", ErrorKind::service},
    {503, R"({"error_code":"Service Unavailable","err_msg":"m"})", ErrorKind::service},
    {504, "", ErrorKind::service},
    {301, "", ErrorKind::service},
    {302, "<html>moved</html>", ErrorKind::service},
    {307, R"({"err_code":"INVALID_AUTH","err_msg":"Invalid credentials."})", ErrorKind::service},
    // A body that says nothing usable leaves it to the status.
    {401, "", ErrorKind::refused},
    {401, "<html></html>", ErrorKind::refused},
    {401, "{\"err_code\":\"FORBIDDEN\xFF\"}", ErrorKind::refused},
    {401, R"({"err_code":"FORBIDDEN")", ErrorKind::refused},
    {402, "", ErrorKind::payment},
    {403, "", ErrorKind::forbidden},
    {403, "<html><h1>403 Forbidden</h1></html>", ErrorKind::forbidden},
    {403, "[1]", ErrorKind::forbidden},
    {429, "", ErrorKind::rate_limit},
    {400, "", ErrorKind::rejected},
    {418, "", ErrorKind::rejected},
};

http::Response answer(int status, std::string_view body, std::string_view request_id = {}) {
  http::Response response;
  response.status = status;
  response.body = body;
  if (!request_id.empty()) {
    response.headers = {{"dg-request-id", std::string(request_id)}};
  }
  return response;
}

Error described(const http::Response& response, Purpose purpose = Purpose::grant,
                CredentialKind kind = CredentialKind::api_key) {
  Redactor redactor;
  redactor.add(Secret(support::fake_key));
  return describe(response, {.purpose = purpose, .kind = kind}, redactor);
}

bool says(const std::string& text, std::string_view words) { return text.find(words) != std::string::npos; }

}  // namespace

TEST_CASE("deepgram::describe says a code once") {
  const Error error = described(answer(
      400, R"({"err_code":"Bad Request","err_msg":"Bad Request: failed to process audio: corrupt data"})", "r-1"));
  CHECK(error.message ==
        "the server rejected the request: failed to process audio: corrupt data (HTTP 400 Bad Request, request r-1)");
  CHECK(
      says(described(answer(400, R"({"err_code":"Bad","err_msg":"Badly: x"})")).message, ": Badly: x (HTTP 400 Bad)"));
  CHECK(says(described(answer(400, R"({"err_code":"Bad","err_msg":"Bad: "})")).message, "request: Bad: (HTTP"));
}

TEST_CASE("deepgram::classify decides by the body, else by the status") {
  for (const Row& row : rows) {
    CAPTURE(row.status);
    CAPTURE(row.body);
    CHECK(classify(row.status, decode_error_body(row.body)) == row.kind);
  }
}

TEST_CASE("deepgram::describe classifies alike, and keeps the status") {
  for (const Row& row : rows) {
    CAPTURE(row.status);
    CAPTURE(row.body);
    for (const CredentialKind kind : {CredentialKind::api_key, CredentialKind::access_token}) {
      for (const Purpose purpose : {Purpose::grant, Purpose::other}) {
        const Error error = described(answer(row.status, row.body), purpose, kind);
        CHECK(error.kind == row.kind);
        CHECK(error.http_status == row.status);
        CHECK(says(error.message, std::to_string(row.status)));
        CHECK_FALSE(says(error.message, "\n"));
        CHECK_FALSE(error.message.ends_with('.'));
        CHECK_FALSE(error.hint.ends_with('.'));
      }
    }
  }
}

TEST_CASE("deepgram::describe says whole what a role below Member needs") {
  CHECK(
      described(answer(403, R"({"err_code":"FORBIDDEN","err_msg":"Made-up words."})", "fake-request-1")) ==
      Error{.kind = ErrorKind::forbidden,
            .message = "this API key cannot mint tokens: its role is below Member: Made-up words (HTTP 403 FORBIDDEN, "
                       "request fake-request-1)",
            .hint = "create one that can: Deepgram console > API Keys > Create Key > Advanced > role Member or higher",
            .http_status = 403,
            .request_id = "fake-request-1"});
}

TEST_CASE("deepgram::describe blames the role only where the service did") {
  for (const std::string_view body : {"", "<html>403</html>", R"({"err_code":"INSUFFICIENT_PERMISSIONS"})"}) {
    CAPTURE(body);
    const Error error = described(answer(403, body));
    CHECK_FALSE(says(error.message, "Member"));
    CHECK_FALSE(says(error.hint, "Member"));
  }
  const std::string_view forbidden = R"({"err_code":"FORBIDDEN","err_msg":"m"})";
  CHECK_FALSE(says(described(answer(403, forbidden), Purpose::other).hint, "Member"));
  CHECK_FALSE(says(described(answer(403, forbidden), Purpose::grant, CredentialKind::access_token).hint, "Member"));
}

TEST_CASE("deepgram::describe hints that a proxy may be answering with a web page") {
  for (const int status : {400, 401, 402, 403, 404, 429}) {
    CAPTURE(status);
    const Error error =
        describe(answer(status, "<html>Log in</html>"), {.purpose = Purpose::transcription}, Redactor());
    CHECK(error.message == fmt::format("a web page came instead of Deepgram's response (HTTP {})", status));
    CHECK(error.hint == hint_of_foreign_page);
  }
  const Error too_large =
      describe(answer(413, "<html>Too large</html>"), {.purpose = Purpose::transcription}, Redactor());
  CHECK(too_large.message == "the server rejected the request (HTTP 413)");
  CHECK(says(too_large.hint, "too large"));
  CHECK_FALSE(says(described(answer(403, R"({"err_code":"FORBIDDEN"})")).hint, "proxy"));
}

TEST_CASE("deepgram::describe takes a redirect or a page for what it probably is, and names no other base URL") {
  http::Response redirect = answer(302, "");
  redirect.headers = {{"Location", "http://portal.example/login?id=1"}};
  const Inquiry inquiry{.base_url = BaseUrl::parse("https://proxy.example").value().named_by("DEEPGRAM_BASE_URL")};
  for (const http::Response& response : {redirect, answer(403, "<html>Log in</html>"),
                                         answer(404, "<html>Log in</html>"), answer(302, "<html></html>")}) {
    CAPTURE(response.status);
    const Error error = describe(response, inquiry, Redactor());
    CHECK(error.hint == hint_of_foreign_page);
    CHECK(says(error.hint, "in a browser"));
    CHECK_FALSE(says(error.hint, "base"));
  }
  CHECK(describe(redirect, inquiry, Redactor()).message ==
        "the server sent a redirect, which dgauth never follows because it would expose the credential: "
        "http://portal.example/login (HTTP 302)");
  CHECK(described(answer(502, "<html>bad gateway</html>")).hint == "try again later");
}

TEST_CASE("deepgram::describe says after how many attempts it gave up") {
  http::Response response = answer(502, "");
  CHECK(described(response).message == "the server failed (HTTP 502)");
  response.attempts = 3;
  CHECK(described(response).message == "the server failed (HTTP 502, after 3 attempts)");
}

TEST_CASE("deepgram::describe names the base URL where its path is wrong, and who named it") {
  const auto hint_for = [](const BaseUrl& base_url, int status) {
    return describe(answer(status, ""), {.base_url = base_url}, Redactor()).hint;
  };
  const BaseUrl with_version = BaseUrl::parse("https://proxy.example/v1").value().named_by("DEEPGRAM_BASE_URL");
  CHECK(hint_for(with_version, 404) ==
        "the base URL https://proxy.example/v1 (from DEEPGRAM_BASE_URL) should probably not include /v1, which dgauth "
        "adds");
  const BaseUrl other = BaseUrl::parse("https://proxy.example/x").value().named_by("profile prod");
  CHECK(hint_for(other, 404) == "check the base URL https://proxy.example/x (from profile prod)");
  CHECK(hint_for(other, 400) == "check the options of the command: --dry-run shows the request");
  CHECK(hint_for(BaseUrl(), 404) == "check the options of the command: --dry-run shows the request");
}

TEST_CASE("deepgram::describe says where a refused key came from") {
  const auto hint_for = [](std::string source, CredentialKind kind = CredentialKind::api_key) {
    return describe(answer(401, ""), {.kind = kind, .source = std::move(source)}, Redactor()).hint;
  };
  const std::string check = "check that the key is complete and has not been deleted";
  CHECK(hint_for("") == check);
  CHECK(hint_for("env:DEEPGRAM_API_KEY") == check + " (it came from DEEPGRAM_API_KEY)");
  CHECK(hint_for("env:DEEPGRAM_API_KEY_FILE") == check + " (it came from DEEPGRAM_API_KEY_FILE)");
  CHECK(hint_for("file:/run/key") == check + " (it came from the file /run/key)");
  CHECK(hint_for("stdin") == check + " (it came from stdin)");
  CHECK(hint_for("profile:dev") == check + " (it came from profile dev)");
  CHECK(hint_for("env:DEEPGRAM_ACCESS_TOKEN", CredentialKind::access_token) ==
        "it may have expired: tokens are valid for 30 s by default; --auth grant gets a new one");
}

TEST_CASE("deepgram::describe says when to try again, if the server said so") {
  for (const int status : {429, 503}) {
    http::Response response = answer(status, "");
    CHECK(says(described(response).hint, "try again later"));
    response.retry_after = std::chrono::seconds(0);
    CHECK(says(described(response).hint, "try again later"));
    response.retry_after = std::chrono::seconds(61);
    CHECK(says(described(response).hint, "try again in 61 s"));
  }
}

TEST_CASE("deepgram::describe speaks of the kind of credential that was used") {
  const std::string_view body = R"({"err_code":"INVALID_AUTH","err_msg":"Invalid credentials."})";
  CHECK(says(described(answer(401, body)).message, "API key"));
  const Error of_token = described(answer(401, body), Purpose::other, CredentialKind::access_token);
  CHECK(says(of_token.message, "token"));
  CHECK_FALSE(says(of_token.message, "key"));
}

TEST_CASE("deepgram::describe shows the details, which name the missing scope") {
  const Error error = described(
      answer(403, R"({"category":"INSUFFICIENT_PERMISSIONS","message":"M.","details":"needs 'fake:scope'"})"));
  CHECK(says(error.message, "needs 'fake:scope'"));
}

TEST_CASE("deepgram::describe takes the request id from the body, else from the header") {
  const std::string_view with_id = R"({"err_code":"X","err_msg":"m","request_id":"fake-in-body"})";
  CHECK(described(answer(500, with_id, "fake-in-header")).request_id == "fake-in-body");
  CHECK(described(answer(500, R"({"err_code":"X"})", "fake-in-header")).request_id == "fake-in-header");
  CHECK(described(answer(500, "<html>", "fake-in-header")).request_id == "fake-in-header");
  CHECK(described(answer(500, "")).request_id == "");
}

TEST_CASE("deepgram::describe shows where a redirect leads, without its query, promise 9") {
  http::Response response = answer(302, "<html>moved</html>");
  response.headers = {{"Location", "https://elsewhere.example/path?token=fake-query#fragment"}};
  const Error error = described(response);
  CHECK(says(error.message, "https://elsewhere.example/path"));
  CHECK_FALSE(says(error.message, "fake-query"));
  CHECK_FALSE(says(error.message, "fragment"));
}

TEST_CASE("deepgram::describe classifies a body that was cut by its status") {
  http::Response response = answer(401, R"({"err_code":"FORBIDDEN","err_msg":"made-up words"})");
  response.is_truncated = true;
  const Error error = described(response);
  CHECK(error.kind == ErrorKind::refused);
  CHECK_FALSE(says(error.message, "made-up"));
}

TEST_CASE("deepgram::describe lets nothing of the key and no control character through, promises 18 and 19") {
  const std::string key(support::fake_key);
  const std::string body = R"({"err_code":"CODE )" + key + R"(\u001b[31m","err_msg":"bad key )" + key +
                           R"(\r\n::add-mask::x\u202e","details":")" + key.substr(4, 20) + R"(","request_id":")" + key +
                           R"(\u0007"})";
  const Error error = described(answer(400, body, key));
  for (const std::string& text : {error.message, error.hint, error.request_id}) {
    for (std::size_t at = 0; at + 8 <= key.size(); ++at) {
      CHECK_FALSE(says(text, key.substr(at, 8)));
    }
    for (const std::string_view control : {"\x1B", "\r", "\n", "\x07", "\xE2\x80\xAE"}) {
      CHECK_FALSE(says(text, control));
    }
  }
  http::Response redirect = answer(302, "");
  redirect.headers = {{"Location", "https://elsewhere.example/" + key}};
  CHECK_FALSE(says(described(redirect).message, key));
}

}  // namespace dgauth::deepgram
