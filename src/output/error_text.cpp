// SPDX-License-Identifier: MIT
#include "output/error_text.hpp"

#include <fmt/format.h>

#include "base/exit_status.hpp"
#include "base/shown.hpp"

namespace dgauth::output {

std::string hint_text(std::string_view hint) { return fmt::format("dgauth: hint: {}\n", shown_text(hint)); }

std::string error_text(const Error& error) {
  std::string text = fmt::format("dgauth: error: {}\n", shown_text(error.message));
  if (!error.hint.empty()) {
    text += hint_text(error.hint);
  }
  return text;
}

void write_error(json::Writer& writer, const Error& error) {
  writer.begin_object();
  writer.key("kind").string(name_of(error.kind));
  writer.key("exit_status").number(static_cast<int>(exit_status_of(error.kind)));
  writer.key("message").string(shown_text(error.message));
  writer.key("hint").string_or_null(shown_text(error.hint));
  writer.key("http_status").number_or_null(error.http_status);
  writer.key("request_id").string_or_null(error.request_id);
  writer.end_object();
}

std::string error_json(const Error& error) {
  json::Writer writer;
  writer.begin_object().key("error");
  write_error(writer, error);
  writer.end_object();
  return std::string(writer.text()) + "\n";
}

}  // namespace dgauth::output
