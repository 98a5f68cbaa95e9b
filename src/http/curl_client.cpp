// SPDX-License-Identifier: MIT
#include "http/curl_client.hpp"

#include <algorithm>
#include <random>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "http/response_head.hpp"
#include "http/scheduler.hpp"
#include "http/transfer.hpp"
#include "http/url.hpp"

namespace dgauth::http {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds longest_wait{1000};
constexpr milliseconds tick{100};

// A request until it is done.
struct Job {
  Request request;
  Client::Done on_done;
  bool is_being_authorized = false;  // its next attempt waits for that
  bool has_reserve = false;          // of authorities, during this attempt
  Transfer::Connection connection = Transfer::Connection::any;
  std::unique_ptr<Transfer> transfer{};  // the attempt under way; the last member: it points into the request
};

class CurlClient final : public Client {
 public:
  CurlClient(ClientSettings settings, MultiHandle multi)
      : settings_(std::move(settings)), multi_(std::move(multi)), random_(std::random_device()()) {}
  ~CurlClient() override;
  CurlClient(const CurlClient&) = delete;
  CurlClient& operator=(const CurlClient&) = delete;

  using Client::run;
  void start(Request request, Done on_done) override;
  Result<void> may_start(RetryPolicy policy, const RequestLimits& limits) const override {
    return scheduler_.may_add(policy, limits, now());
  }
  void run(const std::function<void()>& on_tick) override;

 private:
  void start_due_attempts();
  void authorize_attempt(Scheduler::JobId id);
  void take_authorization(Scheduler::JobId id, Result<Secret> value);
  void begin_attempt(Scheduler::Due due);
  Result<void> start_transfer(Scheduler::JobId id, milliseconds timeout);
  void wait(milliseconds longest);
  void collect_finished();
  void end_attempt(Scheduler::JobId id, CURLcode code);
  void finish(Scheduler::JobId id, Result<Response> result);
  Scheduler::Time now() const { return settings_.clock.steady_now(); }
  void trace(const Request& request, std::string_view text) const;

  ClientSettings settings_;
  MultiHandle multi_;
  std::minstd_rand random_;
  Scheduler scheduler_;
  std::unordered_map<Scheduler::JobId, Job> jobs_;
  std::unordered_map<CURL*, Scheduler::JobId> running_;
};

CurlClient::~CurlClient() {
  for (const auto& [handle, id] : running_) {
    curl_multi_remove_handle(multi_.get(), handle);
  }
}

void CurlClient::trace(const Request& request, std::string_view text) const {
  if (settings_.trace) {
    settings_.trace(fmt::format("{} {}: {}", request.method, without_query(request.url), text));
  }
}

void CurlClient::start(Request request, Done on_done) {
  const Scheduler::JobId id = scheduler_.add(request.retry_policy, request.limits, now());
  jobs_.emplace(id, Job{.request = std::move(request), .on_done = std::move(on_done)});
}

void CurlClient::run(const std::function<void()>& on_tick) {
  while (!jobs_.empty()) {
    start_due_attempts();
    int still_running = 0;
    curl_multi_perform(multi_.get(), &still_running);
    collect_finished();
    if (on_tick) {
      on_tick();
    }
    wait(on_tick ? tick : longest_wait);
  }
}

void CurlClient::start_due_attempts() {
  while (std::optional<Scheduler::Due> due = scheduler_.next_due(now())) {
    const Scheduler::JobId id = due->job;
    const Job& job = jobs_.at(id);
    if (due->timeout && job.is_being_authorized) {
      scheduler_.forget(id);
      finish(id, fail(ErrorKind::network, "no fresh token in time", "allow more time with --timeout"));
    } else if (due->timeout && job.request.authorize) {
      authorize_attempt(id);
    } else {
      begin_attempt(std::move(*due));
    }
  }
}

void CurlClient::authorize_attempt(Scheduler::JobId id) {
  Job& job = jobs_.at(id);
  job.is_being_authorized = true;
  scheduler_.suspend(id);
  const auto authorize = job.request.authorize;  // the job may be gone before it returns
  authorize([this, id](Result<Secret> value) { take_authorization(id, std::move(value)); });
}

void CurlClient::take_authorization(Scheduler::JobId id, Result<Secret> value) {
  const auto found = jobs_.find(id);
  if (found == jobs_.end()) {
    return;  // its time was over
  }
  Job& job = found->second;
  job.is_being_authorized = false;
  if (!value) {
    scheduler_.forget(id);
    finish(id, fail(std::move(value.error())));
    return;
  }
  job.request.authorization = std::move(*value);
  if (std::optional<Scheduler::Due> due = scheduler_.resume(id, now())) {
    begin_attempt(std::move(*due));
  }
}

void CurlClient::begin_attempt(Scheduler::Due due) {
  if (!due.timeout) {
    finish(due.job, fail(std::move(due.timeout.error())));
  } else if (Result<void> started = start_transfer(due.job, *due.timeout); !started) {
    scheduler_.forget(due.job);
    finish(due.job, fail(std::move(started.error())));
  }
}

Result<void> CurlClient::start_transfer(Scheduler::JobId id, milliseconds timeout) {
  Job& job = jobs_.at(id);
  TRY_ASSIGN(job.transfer, Transfer::prepare(job.request, settings_, timeout, job.connection));
  job.has_reserve = !settings_.trust_store.reserve.empty();
  CURL* const handle = job.transfer->handle();
  if (curl_multi_add_handle(multi_.get(), handle) != CURLM_OK) {
    return fail(ErrorKind::internal, "libcurl does not take another transfer");
  }
  const std::optional<std::uint64_t> size = job.request.body_size();
  trace(job.request, size ? fmt::format("{} bytes to send", *size) : "a body of unknown length to send");
  running_.emplace(handle, id);
  return {};
}

void CurlClient::wait(milliseconds longest) {
  if (jobs_.empty()) {
    return;
  }
  milliseconds timeout = longest;
  if (const std::optional<Scheduler::Time> next = scheduler_.next_time()) {
    timeout = std::clamp(std::chrono::ceil<milliseconds>(*next - now()), milliseconds(0), longest);
  }
  std::vector<curl_waitfd> inputs;
  std::vector<Transfer*> uploads;  // that wait for them
  for (const auto& [handle, id] : running_) {
    Transfer* const transfer = jobs_.at(id).transfer.get();
    if (const std::optional<int> descriptor = transfer->awaited_descriptor()) {
      inputs.push_back({.fd = *descriptor, .events = CURL_WAIT_POLLIN, .revents = 0});
      uploads.push_back(transfer);
    }
  }
  curl_multi_poll(multi_.get(), inputs.data(), static_cast<unsigned>(inputs.size()), static_cast<int>(timeout.count()),
                  nullptr);
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].revents != 0) {
      uploads[i]->resume();
    }
  }
}

void CurlClient::collect_finished() {
  int left = 0;
  while (const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left)) {
    const CURLcode code = message->data.result;
    CURL* const handle = message->easy_handle;
    curl_multi_remove_handle(multi_.get(), handle);  // `message` is gone now
    end_attempt(running_.extract(handle).mapped(), code);
  }
}

void CurlClient::end_attempt(Scheduler::JobId id, CURLcode code) {
  Job& job = jobs_.at(id);
  const Request& request = job.request;
  if (code == CURLE_PEER_FAILED_VERIFICATION && job.has_reserve) {
    settings_.trust_store.add_reserve();
    trace(request, fmt::format("certificate not trusted yet, trust store now: {}", settings_.trust_store.name()));
    job.transfer.reset();
    scheduler_.repeat(id, now());
    return;
  }
  if (job.transfer->was_to_be_repeated()) {
    const bool is_first = std::exchange(job.connection, Transfer::Connection::fresh) == Transfer::Connection::any;
    if (is_first && job.transfer->lost_kept_connection()) {
      trace(request, "the kept connection was closed, once more on a fresh one");
      job.transfer.reset();
      scheduler_.repeat(id, now());
      return;
    }
  }
  tl::expected<Response, CurlFailure> response = job.transfer->finish(code);
  trace(request, response ? fmt::format("status {}, {}", response->status, summary_of(job.transfer->handle()))
                          : response.error().error.message);
  job.transfer.reset();
  Scheduler::Attempt attempt{.outcome = AttemptOutcome::answered,
                             .can_rewind = !request.body_file || request.body_file->can_rewind()};
  if (response) {
    attempt.status = response->status;
    attempt.retry_after = response->retry_after;
  } else {
    attempt.outcome = response.error().end;
  }
  const double chance = std::uniform_real_distribution<double>(0.0, 1.0)(random_);
  const Scheduler::AttemptEnd end = scheduler_.end_attempt(id, attempt, now(), chance);
  if (end.retry) {
    trace(request,
          fmt::format("retry {} of {} in {} ms", end.retry->number, request.limits.retries, end.retry->pause.count()));
    if (request.body_file) {
      request.body_file->rewind();
    }
    return;
  }
  if (!response) {
    finish(id, fail(std::move(response.error().error)));
    return;
  }
  response->elapsed = end.elapsed;
  finish(id, std::move(*response));
}

void CurlClient::finish(Scheduler::JobId id, Result<Response> result) {
  const auto job = jobs_.extract(id);  // before on_done, which may start more
  job.mapped().on_done(std::move(result));
}

}  // namespace

Result<std::unique_ptr<Client>> make_curl_client(ClientSettings settings) {
  MultiHandle multi = make_multi();
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
