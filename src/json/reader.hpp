// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "base/secret.hpp"

namespace dgauth::json {

// One value inside a Document, which must outlive it. Every function may be called on every value: a member that does
// not exist, or is asked of a value that is not an object, is the absent value, which has no type at all.
class Value {
 public:
  Value() = default;

  bool is_absent() const { return node_ == nullptr; }
  bool is_object() const;
  bool is_array() const;

  // Valid UTF-8. nullopt if it is not a string, or holds half of a surrogate pair.
  std::optional<std::string_view> as_string() const;
  // The same, with U+FFFD in place of such a half; empty if it is not a string.
  std::string as_text() const;
  std::optional<double> as_number() const;  // finite
  std::optional<bool> as_bool() const;

  // Of several members with the same name this is the first.
  Value member(std::string_view name) const;
  std::optional<std::string_view> string_member(std::string_view name) const { return member(name).as_string(); }
  std::optional<double> number_member(std::string_view name) const { return member(name).as_number(); }

  // The number of elements of an array; 0 for anything else.
  std::size_t size() const;
  // Element `index` of an array, absent beyond its end.
  Value at(std::size_t index) const;

 private:
  friend class Document;
  std::string_view raw_text() const;
  explicit Value(const void* node) : node_(node) {}
  const void* node_ = nullptr;
};

// A parsed JSON text (RFC 8259). Safe on any bytes: nesting does not recurse, NUL and invalid UTF-8 are refused.
class Document {
 public:
  // nullopt if `text` is not one JSON value.
  static std::optional<Document> parse(std::string_view text);
  static std::optional<Document> parse(const Secret& text) { return parse(text.reveal()); }

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Value root() const;

 private:
  struct Tree;
  explicit Document(std::unique_ptr<Tree> tree);
  std::unique_ptr<Tree> tree_;
};

}  // namespace dgauth::json
