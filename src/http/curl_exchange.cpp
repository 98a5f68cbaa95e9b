// SPDX-License-Identifier: MIT
#include "http/curl_exchange.hpp"

#include <algorithm>
#include <random>
#include <unordered_map>
#include <utility>

#include <fmt/format.h>

#include "http/retry.hpp"
#include "http/transfer.hpp"
#include "http/url.hpp"

namespace dgauth::http {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr milliseconds longest_wait{1000};

// A request until it is done: between its tries it waits, during one it has a transfer.
struct Job {
  Request request;
  Exchange::Done on_done;
  steady_clock::time_point first_try;
  steady_clock::time_point deadline;
  int retries_done = 0;
  bool has_reserve = false;            // of authorities, during this try
  std::unique_ptr<Transfer> transfer;  // the last member: it points into the request
};

// What tells the job apart from others in the trace.
std::string label_of(const Job& job) {
  return fmt::format("{} {}", job.request.method, without_query(job.request.url));
}

class CurlExchange final : public Exchange {
 public:
  CurlExchange(ExchangeSettings settings, MultiHandle multi)
      : settings_(std::move(settings)), multi_(std::move(multi)), random_(std::random_device()()) {}
  ~CurlExchange() override;
  CurlExchange(const CurlExchange&) = delete;
  CurlExchange& operator=(const CurlExchange&) = delete;

  using Exchange::start;
  void start(Request request, Done on_done, milliseconds delay) override;
  void run() override;

 private:
  void start_due_jobs();
  void begin_try(std::unique_ptr<Job> job);
  void wait();
  void collect_finished();
  void end_try(std::unique_ptr<Job> job, CURLcode code);
  std::optional<milliseconds> pause_before_retry(const Job& job, TryEnd end, int status);
  void trace(const std::string& text) const;

  ExchangeSettings settings_;
  MultiHandle multi_;
  std::minstd_rand random_;
  std::multimap<steady_clock::time_point, std::unique_ptr<Job>> waiting_;
  std::unordered_map<CURL*, std::unique_ptr<Job>> running_;
};

CurlExchange::~CurlExchange() {
  for (const auto& [handle, job] : running_) {
    curl_multi_remove_handle(multi_.get(), handle);
  }
}

void CurlExchange::trace(const std::string& text) const {
  if (settings_.trace) {
    settings_.trace(text);
  }
}

void CurlExchange::start(Request request, Done on_done, milliseconds delay) {
  const auto begin = steady_clock::now() + delay;
  const auto deadline = begin + request.patience.total;
  waiting_.emplace(begin, std::make_unique<Job>(Job{.request = std::move(request),
                                                    .on_done = std::move(on_done),
                                                    .first_try = begin,
                                                    .deadline = deadline,
                                                    .retries_done = 0,
                                                    .has_reserve = false,
                                                    .transfer = nullptr}));
}

void CurlExchange::run() {
  while (!waiting_.empty() || !running_.empty()) {
    start_due_jobs();
    int still_running = 0;
    curl_multi_perform(multi_.get(), &still_running);
    collect_finished();
    wait();
  }
}

void CurlExchange::start_due_jobs() {
  while (!waiting_.empty() && waiting_.begin()->first <= steady_clock::now()) {
    begin_try(std::move(waiting_.extract(waiting_.begin()).mapped()));
  }
}

void CurlExchange::begin_try(std::unique_ptr<Job> job) {
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
  trace(fmt::format("{}: {} bytes to send", label_of(*job), job->request.body.size()));
  running_.emplace(handle, std::move(job));
}

void CurlExchange::wait() {
  milliseconds patience = longest_wait;
  if (!waiting_.empty()) {
    patience = std::chrono::ceil<milliseconds>(waiting_.begin()->first - steady_clock::now());
  } else if (running_.empty()) {
    return;
  }
  patience = std::clamp(patience, milliseconds(0), longest_wait);
  curl_multi_poll(multi_.get(), nullptr, 0, static_cast<int>(patience.count()), nullptr);
}

void CurlExchange::collect_finished() {
  int left = 0;
  while (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left)) {
    const CURLcode code = message->data.result;
    CURL* const handle = message->easy_handle;
    curl_multi_remove_handle(multi_.get(), handle);  // `message` is gone now
    end_try(std::move(running_.extract(handle).mapped()), code);
  }
}

void CurlExchange::end_try(std::unique_ptr<Job> job, CURLcode code) {
  if (code == CURLE_PEER_FAILED_VERIFICATION && job->has_reserve) {
    settings_.trust_store.add_reserve();
    trace(fmt::format("certificate not trusted yet, trust store now: {}", settings_.trust_store.name()));
    job->transfer.reset();
    waiting_.emplace(steady_clock::now(), std::move(job));
    return;
  }
  tl::expected<Response, CurlFailure> answer = job->transfer->finish(code);
  const TryEnd end = answer ? TryEnd::answered : answer.error().end;
  const int status = answer ? answer->status : 0;
  trace(fmt::format(
      "{}: {}", label_of(*job),
      answer ? fmt::format("status {}, {}", status, job->transfer->summary()) : answer.error().error.message));

  if (const std::optional<milliseconds> pause = pause_before_retry(*job, end, status)) {
    trace(fmt::format("{}: retry {} of {} in {} ms", label_of(*job), job->retries_done + 1,
                      job->request.patience.retries, pause->count()));
    ++job->retries_done;
    job->transfer.reset();
    waiting_.emplace(steady_clock::now() + *pause, std::move(job));
    return;
  }
  if (!answer) {
    job->on_done(fail(std::move(answer.error().error)));
    return;
  }
  answer->elapsed = std::chrono::duration_cast<milliseconds>(steady_clock::now() - job->first_try);
  job->transfer.reset();
  job->on_done(std::move(*answer));
}

// Nothing when there is to be no retry, be it only because its pause would pass the deadline.
std::optional<milliseconds> CurlExchange::pause_before_retry(const Job& job, TryEnd end, int status) {
  if (job.retries_done >= job.request.patience.retries || !may_repeat(job.request.repeat, end, status)) {
    return std::nullopt;
  }
  const double chance = std::uniform_real_distribution<double>(0.0, 1.0)(random_);
  const auto asked = end == TryEnd::answered ? job.transfer->retry_after() : std::nullopt;
  const milliseconds pause = retry_delay(job.retries_done, asked, chance);
  return steady_clock::now() + pause < job.deadline ? std::optional(pause) : std::nullopt;
}

}  // namespace

Result<std::unique_ptr<Exchange>> make_curl_exchange(ExchangeSettings settings) {
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
  return std::make_unique<CurlExchange>(std::move(settings), std::move(multi));
}

std::string curl_versions() {
  const curl_version_info_data* const info = curl_version_info(CURLVERSION_NOW);
  return fmt::format("libcurl {} (built with {}) {}", info->version, LIBCURL_VERSION,
                     info->ssl_version == nullptr ? "without TLS" : info->ssl_version);
}

}  // namespace dgauth::http
