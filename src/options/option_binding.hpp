// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "base/result.hpp"

namespace dgauth::options {

// Thrown by option callbacks through CLI11, which lets no value out: the only exception of our own making that leaves
// a function. cli/ turns it into its Error.
struct BadOption {
  Error error;
};

// Throws BadOption for a text that can be no value: an empty one, which an unset variable makes, or one that is an
// option.
void reject_missing_value(const std::string& option, const std::string& text);

// parse_duration as a Result, for bind_value.
Result<std::chrono::seconds> parse_duration_option(std::string_view text);

// Binds an option to `target` through `parse`, which takes the text and gives a Result of something assignable to it;
// its message begins with a predicate. CLI11's own conversions are not used: they read 010 as 8 and repeat the value.
template <typename T, typename Parse>
CLI::Option* bind_value(CLI::App& app, const std::string& names, T& target, Parse parse, const std::string& value_name,
                        const std::string& description) {
  const std::size_t long_name = names.find("--");
  const std::string shown_name = long_name == std::string::npos ? names : names.substr(long_name);
  const auto assign = [&target, parse, shown_name](const std::string& text) {
    reject_missing_value(shown_name, text);
    auto value = parse(text);
    if (!value) {
      throw BadOption{fail_at(shown_name, ErrorKind::usage, std::move(value.error())).value()};
    }
    target = std::move(*value);
  };
  return app.add_option_function<std::string>(names, assign, description)->option_text(value_name);
}

// Binds a repeatable option, each value of which `parse` turns into some elements for `target`. It takes one word at a
// time: what follows is not swallowed.
template <typename T, typename Parse>
CLI::Option* bind_list(CLI::App& app, const std::string& names, std::vector<T>& target, Parse parse,
                       const std::string& value_name, const std::string& description) {
  const auto assign = [&target, parse, names](const std::vector<std::string>& texts) {
    for (const std::string& text : texts) {
      reject_missing_value(names, text);
      auto values = parse(text);
      if (!values) {
        throw BadOption{fail_at(names, ErrorKind::usage, std::move(values.error())).value()};
      }
      target.insert(target.end(), values->begin(), values->end());
    }
  };
  return app.add_option_function<std::vector<std::string>>(names, assign, description)
      ->allow_extra_args(false)
      ->option_text(value_name);
}

// Binds an option to a text that may be anything but empty.
inline CLI::Option* bind_text(CLI::App& app, const std::string& names, std::string& target,
                              const std::string& value_name, const std::string& description) {
  const auto as_it_is = [](const std::string& text) -> Result<std::string> { return text; };
  return bind_value(app, names, target, as_it_is, value_name, description);
}

inline CLI::Option* bind_flag(CLI::App& app, const std::string& names, bool& target, const std::string& description) {
  CLI::Option* const flag = app.add_flag(names, target, description);
  // With a text of its own, CLI11 lists no other options that this one excludes.
  return flag->option_text(" ")->multi_option_policy(CLI::MultiOptionPolicy::Throw);
}

}  // namespace dgauth::options
