// SPDX-License-Identifier: MIT
#include "http/curl_client.hpp"

#include <algorithm>
#include <random>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "http/response_head.hpp"
#include "http/retry.hpp"
#include "http/transfer.hpp"
#include "http/url.hpp"

namespace dgauth::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds longest_wait{1000};
constexpr milliseconds tick{100};

std::string body_size(const Request& request) {
  const std::optional<std::uint64_t> size = request.body_size();
  return size ? fmt::format("{} bytes", *size) : "a body of unknown length";
}

// A request until it is done: between its tries it waits, during one it has a transfer.
struct Job {
  Request request;
  Client::Done on_done;
  std::optional<steady_clock::time_point> first_try;
  steady_clock::time_point deadline;  // once there was a first try
  int retries_done = 0;
  bool has_reserve = false;            // of authorities, during this try
  std::unique_ptr<Transfer> transfer;  // the last member: it points into the request
};

// What tells the job apart from others in the trace.
std::string label_of(const Job& job) {
  return fmt::format("{} {}", job.request.method, without_query(job.request.url));
}

class CurlClient final : public Client {
 public:
  CurlClient(ClientSettings settings, MultiHandle multi)
      : settings_(std::move(settings)), multi_(std::move(multi)), random_(std::random_device()()) {}
  ~CurlClient() override;
  CurlClient(const CurlClient&) = delete;
  CurlClient& operator=(const CurlClient&) = delete;

  using Client::start;
  void start(Request request, Done on_done, milliseconds delay) override;
  using Client::run;
  void run(const std::function<void()>& on_tick) override;

 private:
  void start_due_jobs();
  void hold(std::unique_ptr<Job> job);
  void begin_try(std::unique_ptr<Job> job);
  void wait(milliseconds longest);
  void resume_uploads();
  void collect_finished();
  void end_try(std::unique_ptr<Job> job, CURLcode code);
  std::optional<milliseconds> pause_before_retry(const Job& job, AttemptOutcome end, const Response* answer);
  void trace(const std::string& text) const;

  ClientSettings settings_;
  MultiHandle multi_;
  std::minstd_rand random_;
  std::multimap<steady_clock::time_point, std::unique_ptr<Job>> waiting_;
  std::unordered_map<CURL*, std::unique_ptr<Job>> running_;
  std::vector<curl_waitfd> uploads_;     // that wait for more to send
  steady_clock::time_point held_until_;  // what shares the pause after a 429 does not begin before
};

CurlClient::~CurlClient() {
  for (const auto& [handle, job] : running_) {
    curl_multi_remove_handle(multi_.get(), handle);
  }
}

void CurlClient::trace(const std::string& text) const {
  if (settings_.trace) {
    settings_.trace(text);
  }
}

void CurlClient::start(Request request, Done on_done, milliseconds delay) {
  waiting_.emplace(steady_clock::now() + delay, std::make_unique<Job>(Job{.request = std::move(request),
                                                                          .on_done = std::move(on_done),
                                                                          .first_try = {},
                                                                          .deadline = {},
                                                                          .retries_done = 0,
                                                                          .has_reserve = false,
                                                                          .transfer = nullptr}));
}

void CurlClient::run(const std::function<void()>& on_tick) {
  while (!waiting_.empty() || !running_.empty()) {
    start_due_jobs();
    int still_running = 0;
    curl_multi_perform(multi_.get(), &still_running);
    collect_finished();
    if (on_tick) {
      on_tick();
    }
    wait(on_tick ? tick : longest_wait);
    resume_uploads();
  }
}

void CurlClient::start_due_jobs() {
  while (!waiting_.empty() && waiting_.begin()->first <= steady_clock::now()) {
    std::unique_ptr<Job> job = std::move(waiting_.extract(waiting_.begin()).mapped());
    if (job->request.retry_policy == RetryPolicy::unless_billed && held_until_ > steady_clock::now()) {
      hold(std::move(job));
    } else {
      begin_try(std::move(job));
    }
  }
}

void CurlClient::hold(std::unique_ptr<Job> job) {
  const auto now = steady_clock::now();
  if (held_until_ < (job->first_try ? job->deadline : now + job->request.limits.total)) {
    waiting_.emplace(held_until_, std::move(job));
    return;
  }
  const auto rest = std::chrono::ceil<std::chrono::seconds>(held_until_ - now);
  job->on_done(fail(ErrorKind::rate_limit, fmt::format("the server asks for {} s without requests", rest.count()),
                    fmt::format("try again in {} s, or allow more time with --timeout", rest.count())));
}

void CurlClient::begin_try(std::unique_ptr<Job> job) {
  if (!job->first_try) {
    job->first_try = steady_clock::now();
    job->deadline = *job->first_try + job->request.limits.total;
  }
  const auto left = std::chrono::ceil<milliseconds>(job->deadline - steady_clock::now());
  Result<std::unique_ptr<Transfer>> transfer =
      Transfer::prepare(job->request, settings_, std::max(left, milliseconds(1)));
  if (!transfer) {
    job->on_done(fail(std::move(transfer.error())));
    return;
  }
  job->transfer = std::move(*transfer);
  job->has_reserve = !settings_.trust_store.reserve.empty();
  CURL* const handle = job->transfer->handle();
  if (curl_multi_add_handle(multi_.get(), handle) != CURLM_OK) {
    job->on_done(fail(ErrorKind::internal, "libcurl does not take another transfer"));
    return;
  }
  trace(fmt::format("{}: {} to send", label_of(*job), body_size(job->request)));
  running_.emplace(handle, std::move(job));
}

void CurlClient::wait(milliseconds longest) {
  milliseconds timeout = longest;
  if (!waiting_.empty()) {
    timeout = std::chrono::ceil<milliseconds>(waiting_.begin()->first - steady_clock::now());
  } else if (running_.empty()) {
    return;
  }
  uploads_.clear();
  for (const auto& [handle, job] : running_) {
    if (const std::optional<int> descriptor = job->transfer->awaited_descriptor()) {
      uploads_.push_back({.fd = *descriptor, .events = CURL_WAIT_POLLIN, .revents = 0});
    }
  }
  timeout = std::clamp(timeout, milliseconds(0), longest);
  curl_multi_poll(multi_.get(), uploads_.data(), static_cast<unsigned>(uploads_.size()),
                  static_cast<int>(timeout.count()), nullptr);
}

void CurlClient::resume_uploads() {
  for (const curl_waitfd& upload : uploads_) {
    for (const auto& [handle, job] : running_) {
      if (upload.revents != 0 && job->transfer->awaited_descriptor() == upload.fd) {
        job->transfer->resume();
      }
    }
  }
  uploads_.clear();
}

void CurlClient::collect_finished() {
  int left = 0;
  while (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left)) {
    const CURLcode code = message->data.result;
    CURL* const handle = message->easy_handle;
    curl_multi_remove_handle(multi_.get(), handle);  // `message` is gone now
    end_try(std::move(running_.extract(handle).mapped()), code);
  }
}

void CurlClient::end_try(std::unique_ptr<Job> job, CURLcode code) {
  if (code == CURLE_PEER_FAILED_VERIFICATION && job->has_reserve) {
    settings_.trust_store.add_reserve();
    trace(fmt::format("{}: certificate not trusted yet, trust store now: {}", label_of(*job),
                      settings_.trust_store.name()));
    job->transfer.reset();
    waiting_.emplace(steady_clock::now(), std::move(job));
    return;
  }
  tl::expected<Response, CurlFailure> answer = job->transfer->finish(code);
  const AttemptOutcome end = answer ? AttemptOutcome::answered : answer.error().end;
  trace(fmt::format("{}: {}", label_of(*job),
                    answer ? fmt::format("status {}, {}", answer->status, summary_of(job->transfer->handle()))
                           : answer.error().error.message));

  if (const std::optional<milliseconds> pause = pause_before_retry(*job, end, answer ? &*answer : nullptr)) {
    trace(fmt::format("{}: retry {} of {} in {} ms", label_of(*job), job->retries_done + 1, job->request.limits.retries,
                      pause->count()));
    ++job->retries_done;
    job->transfer.reset();
    waiting_.emplace(steady_clock::now() + *pause, std::move(job));
    return;
  }
  if (!answer) {
    job->on_done(fail(std::move(answer.error().error)));
    return;
  }
  answer->elapsed = std::chrono::duration_cast<milliseconds>(steady_clock::now() - *job->first_try);
  job->transfer.reset();
  job->on_done(std::move(*answer));
}

// Nothing when there is to be no retry, be it only because its pause would pass the deadline.
std::optional<milliseconds> CurlClient::pause_before_retry(const Job& job, AttemptOutcome end, const Response* answer) {
  const Request& request = job.request;
  const int status = answer == nullptr ? 0 : answer->status;
  if (!may_retry(request.retry_policy, end, status)) {
    return std::nullopt;
  }
  const double chance = std::uniform_real_distribution<double>(0.0, 1.0)(random_);
  const auto asked = answer == nullptr ? std::nullopt : answer->retry_after;
  const milliseconds pause = retry_delay(job.retries_done, asked, chance);
  if (status == 429 && request.retry_policy == RetryPolicy::unless_billed) {
    held_until_ = std::max(held_until_, steady_clock::now() + pause);
  }
  if (steady_clock::now() + pause >= job.deadline) {
    return std::nullopt;
  }
  const bool has_retries = job.retries_done < request.limits.retries;
  const bool has_body = !request.body_file || request.body_file->rewind();
  return has_retries && has_body ? std::optional(pause) : std::nullopt;
}

}  // namespace

Result<std::unique_ptr<Client>> make_curl_client(ClientSettings settings) {
  static const CURLcode initialised = curl_global_init(CURL_GLOBAL_DEFAULT);
  MultiHandle multi(initialised == CURLE_OK ? curl_multi_init() : nullptr);
  if (!multi) {
    return fail(ErrorKind::internal, "libcurl cannot be initialised");
  }
  if (!settings.trust_store.is_chosen()) {
    settings.trust_store = choose_store(system_store_places());
  }
  if (settings.trace) {
    settings.trace(fmt::format("trust store: {}", settings.trust_store.name()));
  }
  return std::make_unique<CurlClient>(std::move(settings), std::move(multi));
}

std::string curl_versions() {
  const curl_version_info_data* const info = curl_version_info(CURLVERSION_NOW);
  return fmt::format("libcurl {} (built with {}) {}", info->version, LIBCURL_VERSION,
                     info->ssl_version == nullptr ? "without TLS" : info->ssl_version);
}

}  // namespace dgauth::http
