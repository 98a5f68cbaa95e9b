// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

#include "base/error.hpp"
#include "json/writer.hpp"

namespace dgauth::output {

// `dgauth: hint: …`, a line.
std::string hint_text(std::string_view hint);

// `dgauth: error: …` and `dgauth: hint: …`, a line each.
std::string error_text(const Error& error);

// {"error":{…}}, one line.
std::string error_json(const Error& error);

// The error as a JSON object, the next value of `writer`.
void write_error(json::Writer& writer, const Error& error);

}  // namespace dgauth::output
