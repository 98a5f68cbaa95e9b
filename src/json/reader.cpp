// SPDX-License-Identifier: MIT
#include "json/reader.hpp"

#include <cmath>
#include <utility>

#include "base/utf8.hpp"
#include "base/wiping_allocator.hpp"
#include "json/rapidjson_memory.hpp"

#include <rapidjson/document.h>  // behind its settings

namespace dgauth::json {
namespace {

using Pool = rapidjson::MemoryPoolAllocator<RapidJsonMemory>;
using Node = rapidjson::GenericValue<rapidjson::UTF8<>, Pool>;

const Node& node_of(const void* node) { return *static_cast<const Node*>(node); }

}  // namespace

// Strings are parsed in place, so that `text` holds the only copy of a token in a reply and wipes it.
struct Document::Tree {
  WipedString text;
  rapidjson::GenericDocument<rapidjson::UTF8<>, Pool, RapidJsonMemory> document;
};

bool Value::is_object() const { return node_ != nullptr && node_of(node_).IsObject(); }

bool Value::is_array() const { return node_ != nullptr && node_of(node_).IsArray(); }

std::optional<std::string_view> Value::as_string() const {
  const std::string_view text = raw_text();
  return node_ != nullptr && node_of(node_).IsString() && is_utf8(text) ? std::optional(text) : std::nullopt;
}

std::string Value::as_text() const { return valid_utf8(raw_text()); }

// Not always valid UTF-8: RapidJSON accepts "\udc00".
std::string_view Value::raw_text() const {
  const bool is_string = node_ != nullptr && node_of(node_).IsString();
  return is_string ? std::string_view(node_of(node_).GetString(), node_of(node_).GetStringLength())
                   : std::string_view();
}

std::optional<double> Value::as_number() const {
  if (node_ == nullptr || !node_of(node_).IsNumber()) {
    return std::nullopt;
  }
  const double number = node_of(node_).GetDouble();
  return std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<bool> Value::as_bool() const {
  return node_ != nullptr && node_of(node_).IsBool() ? std::optional(node_of(node_).GetBool()) : std::nullopt;
}

Value Value::member(std::string_view name) const {
  if (!is_object()) {
    return {};
  }
  const Node key(rapidjson::StringRef(name.data(), name.size()));
  const auto found = node_of(node_).FindMember(key);
  return found == node_of(node_).MemberEnd() ? Value() : Value(&found->value);
}

std::size_t Value::size() const { return is_array() ? node_of(node_).Size() : 0; }

Value Value::at(std::size_t index) const {
  return index < size() ? Value(&node_of(node_)[static_cast<rapidjson::SizeType>(index)]) : Value();
}

std::optional<Document> Document::parse(std::string_view text) {
  // RapidJSON ignores everything after a NUL, and reads out of bounds if `text` ends within a character.
  if (text.find('\0') != std::string_view::npos || !is_utf8(text)) {
    return std::nullopt;
  }
  auto tree = std::make_unique<Tree>();
  tree->text.assign(text);
  tree->document.ParseInsitu<rapidjson::kParseIterativeFlag>(tree->text.data());
  if (tree->document.HasParseError()) {
    return std::nullopt;
  }
  return Document(std::move(tree));
}

Document::Document(std::unique_ptr<Tree> tree) : tree_(std::move(tree)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Value Document::root() const { return Value(static_cast<const Node*>(&tree_->document)); }

}  // namespace dgauth::json
