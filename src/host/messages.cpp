// SPDX-License-Identifier: MIT
#include "host/messages.hpp"

#include <fmt/format.h>

#include "base/shown.hpp"

namespace dgauth::host {

void Messages::note(std::string_view text) const {
  console_->write_err(fmt::format("dgauth: note: {}\n", shown_text(text)));
}

void Messages::warn(std::string_view text) const {
  if (!is_quiet_) {
    console_->write_err(fmt::format("dgauth: warning: {}\n", shown_text(text)));
  }
}

void Messages::trace(std::string_view text) const {
  if (is_verbose_) {
    console_->write_err(fmt::format("dgauth: trace: {}\n", shown_text(text)));
  }
}

}  // namespace dgauth::host
