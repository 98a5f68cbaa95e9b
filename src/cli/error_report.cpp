// SPDX-License-Identifier: MIT
#include "cli/error_report.hpp"

#include "commands/error_text.hpp"
#include "json/writer.hpp"

namespace dgauth::cli {

std::string error_text(const Error& error) { return commands::error_text(error); }

std::string error_json(const Error& error) {
  json::Writer writer;
  writer.begin_object().key("error");
  commands::write_error(writer, error);
  writer.end_object();
  return std::string(writer.text()) + "\n";
}

}  // namespace dgauth::cli
