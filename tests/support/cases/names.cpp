// SPDX-License-Identifier: MIT
#include "support/cases/names.hpp"

#include <algorithm>
#include <charconv>
#include <set>
#include <stdexcept>
#include <unordered_set>
#include <utility>

#include <fmt/format.h>

#include "base/digest.hpp"
#include "base/utf8.hpp"
#include "support/made_up.hpp"

namespace dgauth::cases {
namespace {

constexpr std::size_t fragment = 8;  // so many characters of a secret in a row are a leak
constexpr std::string_view claims = R"("sub":"00000000-0000-4000-8000-000000000000","scopes":["asr:write"])";

std::string token_expiring(int after_noon) {
  const auto expiry =
      std::chrono::duration_cast<std::chrono::seconds>(support::noon.time_since_epoch()).count() + after_noon;
  return support::jwt_with(fmt::format(R"({{{},"exp":{}}})", claims, expiry));
}

std::string latin1(std::string_view text) {
  std::string bytes;
  while (!text.empty()) {
    const auto character = first_utf8_char(text);
    if (!character || character->code_point > 0xFF) {
      throw std::runtime_error("not latin1");
    }
    bytes += static_cast<char>(character->code_point);
    text.remove_prefix(character->size);
  }
  return bytes;
}

std::string in_pattern(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (std::string_view(R"(\^$.|?*+()[]{})").find(c) != std::string_view::npos) {
      escaped += '\\';
    }
    escaped += c;
  }
  return escaped;
}

std::string url_encoded(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const bool stays = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                       std::string_view("_.-~").find(c) != std::string_view::npos;
    encoded += stays ? std::string(1, c) : fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return encoded;
}

// How a secret may be written.
std::set<std::string> forms_of(const std::string& secret) {
  std::set<std::string> forms = {secret, url_encoded(secret)};
  for (const char* scheme : {"", "Token ", "Bearer ", ":"}) {
    const std::string coded(base64(scheme + secret));
    forms.insert(coded.substr(0, coded.find_last_not_of('=') + 1));
  }
  return forms;
}

std::vector<std::string> pieces_of(std::string_view text) {
  std::vector<std::string> pieces;
  for (std::size_t start = 0; start + fragment <= text.size(); ++start) {
    pieces.emplace_back(text.substr(start, fragment));
  }
  return pieces;
}

// All of the secrets' pieces. Kept, since nearly all cases have the same secrets.
const std::unordered_set<std::string>& secret_pieces(const std::vector<std::string>& secrets) {
  static std::map<std::vector<std::string>, std::unordered_set<std::string>> known;
  const auto [found, is_new] = known.try_emplace(secrets);
  if (is_new) {
    for (const std::string& secret : secrets) {
      for (const std::string& form : forms_of(secret)) {
        const std::vector<std::string> pieces = pieces_of(form);
        found->second.insert(pieces.begin(), pieces.end());
      }
    }
  }
  return found->second;
}

}  // namespace

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
  return text;
}

Names::Names(std::map<std::string, std::string> known) : known_(std::move(known)) {
  known_["token"] = support::jwt_with(fmt::format("{{{}}}", claims));
}

void Names::learn_moments(std::string_view text) {
  constexpr std::string_view opening = "{jwt";
  for (std::size_t at = text.find(opening); at != std::string_view::npos; at = text.find(opening, at + 1)) {
    const std::string_view name = text.substr(at + 1, text.find('}', at) - at - 1);
    const std::string_view digits = name.substr(name.find_first_of("+-") == 3 && name[3] == '+' ? 4 : 3);
    int after_noon = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), after_noon).ec == std::errc()) {
      known_.emplace(name, token_expiring(after_noon));
    }
  }
}

std::string Names::expand(std::string text) {
  learn_moments(text);
  for (const auto& [name, value] : known_) {
    text = replaced(std::move(text), "{" + name + "}", value);
  }
  return text;
}

std::string Names::expand_pattern(std::string pattern) {
  learn_moments(pattern);
  for (const auto& [name, value] : known_) {
    pattern = replaced(std::move(pattern), "{" + name + "}", in_pattern(value));
  }
  return pattern;
}

JsonDocument Names::expand_all(const Json& value) {
  JsonDocument expanded;
  auto& memory = expanded.GetAllocator();
  const Json copy = with_strings(value, memory, [&](const Json& text) {
    const std::string put_in = expand(string_of(text));
    return Json(put_in.data(), static_cast<rapidjson::SizeType>(put_in.size()), memory);
  });
  expanded.CopyFrom(copy, memory);
  return expanded;
}

std::string Names::bytes_of(const Json& text) {
  if (text.IsArray()) {
    std::string bytes;
    for (const Json& part : text.GetArray()) {
      bytes += bytes_of(part);
    }
    return bytes;
  }
  if (!text.IsObject()) {
    return expand(shown(text));
  }
  if (const Json* const raw = member(text, "latin1")) {
    return latin1(string_of(*raw));
  }
  const Json* const times = member(text, "times");
  if (times == nullptr || !times->IsInt() || !has(text, "repeat")) {
    throw std::runtime_error("not a text: " + json_text(text));
  }
  const std::string once = bytes_of(*member(text, "repeat"));
  std::string bytes;
  for (int i = 0; i < times->GetInt(); ++i) {
    bytes += once;
  }
  return bytes;
}

std::vector<std::string> Names::tokens() const {
  std::vector<std::string> tokens;
  for (const auto& [name, value] : known_) {
    if (name == "token" || name.starts_with("jwt")) {
      tokens.push_back(value);
    }
  }
  return tokens;
}

std::vector<std::string> leaks_in(std::string_view text, const std::vector<std::string>& secrets) {
  const auto& pieces = secret_pieces(secrets);
  std::set<std::string> shown;
  for (const std::string& piece : pieces_of(text)) {
    if (pieces.count(piece) > 0) {
      shown.insert(piece);
    }
  }
  std::set<std::string> found;
  for (const std::string& secret : shown.empty() ? std::vector<std::string>() : secrets) {
    for (const std::string& form : forms_of(secret)) {
      const std::vector<std::string> of_form = pieces_of(form);
      const auto first =
          std::ranges::find_if(of_form, [&](const std::string& piece) { return shown.count(piece) > 0; });
      if (first != of_form.end()) {
        found.insert(*first);
      }
    }
  }
  return {found.begin(), found.end()};
}

}  // namespace dgauth::cases
