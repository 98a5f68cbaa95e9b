// SPDX-License-Identifier: MIT
#pragma once

// What a failed check shows of our types. A type that cannot be shown does not compile in a check; Secret is one, on
// purpose.
#define DOCTEST_CONFIG_REQUIRE_STRINGIFICATION_FOR_ALL_USED_TYPES

#include <array>
#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "base/error.hpp"
#include "base/exit_status.hpp"
#include "base/result.hpp"

namespace dgauth::support {

template <typename T>
doctest::String shown(const T& value) {
  using doctest::toString;
  return toString(value);
}

inline doctest::String shown(const std::string& text) { return doctest::toString("\"" + text + "\""); }

// `Name{first, second}`.
template <typename... Parts>
doctest::String braced(const char* name, const Parts&... parts) {
  doctest::String text = doctest::String(name) + "{";
  const char* separator = "";
  ((text = text + separator + shown(parts), separator = ", "), ...);
  return text + "}";
}

template <typename Range>
doctest::String bracketed(const Range& range) {
  doctest::String text = "[";
  const char* separator = "";
  for (const auto& each : range) {
    text = text + separator + shown(each);
    separator = ", ";
  }
  return text + "]";
}

}  // namespace dgauth::support

namespace doctest {

template <typename T>
struct StringMaker<std::optional<T>> {
  static String convert(const std::optional<T>& value) {
    return value ? dgauth::support::shown(*value) : String("nothing");
  }
};

template <>
struct StringMaker<std::nullopt_t> {
  static String convert(std::nullopt_t /*value*/) { return "nothing"; }
};

template <typename T, typename Allocator>
struct StringMaker<std::vector<T, Allocator>> {
  static String convert(const std::vector<T, Allocator>& values) { return dgauth::support::bracketed(values); }
};

template <typename First, typename Second>
struct StringMaker<std::pair<First, Second>> {
  static String convert(const std::pair<First, Second>& pair) {
    return dgauth::support::braced("", pair.first, pair.second);
  }
};

template <typename Key, typename T, typename Compare>
struct StringMaker<std::map<Key, T, Compare>> {
  static String convert(const std::map<Key, T, Compare>& map) { return dgauth::support::bracketed(map); }
};

template <typename Rep, typename Period>
struct StringMaker<std::chrono::duration<Rep, Period>> {
  static String convert(std::chrono::duration<Rep, Period> duration) {
    return toString(std::chrono::duration<double>(duration).count()) + " s";
  }
};

template <typename Duration>
struct StringMaker<std::chrono::time_point<std::chrono::system_clock, Duration>> {
  static String convert(std::chrono::time_point<std::chrono::system_clock, Duration> time) {
    return String("unix time ") + dgauth::support::shown(time.time_since_epoch());
  }
};

template <typename T>
struct StringMaker<tl::expected<T, dgauth::Error>> {
  static String convert(const tl::expected<T, dgauth::Error>& result) {
    return result ? dgauth::support::shown(*result) : dgauth::support::shown(result.error());
  }
};

}  // namespace doctest

namespace dgauth {

inline doctest::String toString(ErrorKind kind) { return doctest::toString(std::string(name_of(kind))); }

inline doctest::String toString(ExitStatus status) {
  return doctest::String("exit status ") + doctest::toString(static_cast<int>(status));
}

inline doctest::String toString(const Error& error) {
  return support::braced("Error", error.kind, error.message, error.hint, error.http_status, error.request_id,
                         error.is_of_one_file);
}

inline bool operator==(const Error& a, const Error& b) {
  return a.kind == b.kind && a.message == b.message && a.hint == b.hint && a.http_status == b.http_status &&
         a.request_id == b.request_id && a.is_of_one_file == b.is_of_one_file;
}

}  // namespace dgauth
