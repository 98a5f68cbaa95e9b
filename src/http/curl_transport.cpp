// SPDX-License-Identifier: MIT
#include "http/curl_transport.hpp"

#include <new>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "host/cleanup_on_signal.hpp"
#include "http/response_head.hpp"
#include "http/transfer.hpp"

namespace dgauth::http {
namespace {

using std::chrono::milliseconds;

struct Attempt {
  std::unique_ptr<Transfer> transfer{};
  bool has_reserve = false;  // of authorities
};

class CurlTransport final : public Transport {
 public:
  CurlTransport(ClientSettings settings, MultiHandle multi)
      : settings_(std::move(settings)), multi_(std::move(multi)) {}
  ~CurlTransport() override;
  CurlTransport(const CurlTransport&) = delete;
  CurlTransport& operator=(const CurlTransport&) = delete;

  Result<void> begin(JobId job, const Request& request, milliseconds timeout) override;
  void perform() override;
  std::optional<Ended> next_ended() override;
  void wait(milliseconds longest) override;

 private:
  Ended end(JobId job, CURLcode code);

  ClientSettings settings_;
  MultiHandle multi_;
  std::unordered_map<JobId, Attempt> attempts_;
  std::unordered_map<CURL*, JobId> running_;
  std::unordered_set<JobId> on_fresh_connections_;  // jobs that found a kept one closed
};

CurlTransport::~CurlTransport() {
  for (const auto& [handle, job] : running_) {
    curl_multi_remove_handle(multi_.get(), handle);
  }
}

// What a multi handle cannot do for want of memory, it would not do the next time either.
void require(CURLMcode code) {
  if (code == CURLM_OUT_OF_MEMORY) {
    throw std::bad_alloc();
  }
}

Result<void> CurlTransport::begin(JobId job, const Request& request, milliseconds timeout) {
  const auto connection = on_fresh_connections_.contains(job) ? Transfer::Connection::fresh : Transfer::Connection::any;
  Attempt attempt{.has_reserve = !settings_.trust_store.reserve.empty()};
  TRY_ASSIGN(attempt.transfer, Transfer::prepare(request, settings_, timeout, connection));
  CURL* const handle = attempt.transfer->handle();
  const auto running = running_.emplace(handle, job).first;
  attempts_.insert_or_assign(job, std::move(attempt));
  const CURLMcode added = curl_multi_add_handle(multi_.get(), handle);
  require(added);
  if (added != CURLM_OK) {
    running_.erase(running);
    attempts_.erase(job);
    return fail(ErrorKind::internal, "libcurl does not take another transfer");
  }
  return {};
}

void CurlTransport::perform() {
  // The threads that libcurl starts here to look up names would run the handlers of signals beside us.
  const host::BlockSignals in_threads;
  int still_running = 0;
  require(curl_multi_perform(multi_.get(), &still_running));
}

std::optional<Transport::Ended> CurlTransport::next_ended() {
  int left = 0;
  const CURLMsg* const message = curl_multi_info_read(multi_.get(), &left);
  if (message == nullptr) {
    return std::nullopt;
  }
  const CURLcode code = message->data.result;
  CURL* const handle = message->easy_handle;
  curl_multi_remove_handle(multi_.get(), handle);  // `message` is gone now
  return end(running_.extract(handle).mapped(), code);
}

Transport::Ended CurlTransport::end(JobId job, CURLcode code) {
  const Attempt attempt = std::move(attempts_.extract(job).mapped());
  Transfer& transfer = *attempt.transfer;
  if (code == CURLE_PEER_FAILED_VERIFICATION && attempt.has_reserve) {
    settings_.trust_store.add_reserve();
    return {.job = job,
            .result = Response(),
            .summary = fmt::format("certificate not trusted yet, trust store now: {}", settings_.trust_store.name()),
            .is_to_be_repeated = true};
  }
  if (transfer.was_to_be_repeated()) {
    const bool is_first = on_fresh_connections_.insert(job).second;
    if (is_first && transfer.lost_kept_connection()) {
      return {.job = job,
              .result = Response(),
              .summary = "the kept connection was closed, once more on a fresh one",
              .is_to_be_repeated = true};
    }
  }
  Ended ended{.job = job, .result = transfer.finish(code)};
  ended.summary = ended.result ? fmt::format("status {}, {}", ended.result->status, summary_of(transfer.handle()))
                               : ended.result.error().error.message;
  return ended;
}

void CurlTransport::wait(milliseconds longest) {
  std::vector<curl_waitfd> inputs;
  std::vector<Transfer*> uploads;  // that wait for them
  for (const auto& [handle, job] : running_) {
    Transfer* const transfer = attempts_.at(job).transfer.get();
    if (const std::optional<int> descriptor = transfer->awaited_descriptor()) {
      inputs.push_back({.fd = *descriptor, .events = CURL_WAIT_POLLIN, .revents = 0});
      uploads.push_back(transfer);
    }
  }
  require(curl_multi_poll(multi_.get(), inputs.data(), static_cast<unsigned>(inputs.size()),
                          static_cast<int>(longest.count()), nullptr));
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    if (inputs[i].revents != 0) {
      uploads[i]->resume();
    }
  }
}

}  // namespace

std::unique_ptr<Transport> make_curl_transport(ClientSettings settings, MultiHandle multi) {
  return std::make_unique<CurlTransport>(std::move(settings), std::move(multi));
}

}  // namespace dgauth::http
