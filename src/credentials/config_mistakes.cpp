// SPDX-License-Identifier: MIT
#include "credentials/config_mistakes.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/short_word.hpp"
#include "base/text.hpp"

namespace dgauth::credentials {
namespace {

constexpr std::string_view how_a_profile_begins = "a profile begins with a line [profiles.NAME]";

Error mistake(std::string_view place, std::string_view what, std::string hint) {
  return {.kind = ErrorKind::config, .message = fmt::format("{}: {}", place, what), .hint = std::move(hint)};
}

}  // namespace

bool may_be_repeated(std::string_view name) { return is_short_word(name, "-_"); }

Error unknown_setting(std::string_view place, std::string_view name, std::span<const std::string_view> known) {
  const std::optional<std::string_view> meant = nearest(name, known);
  const bool is_shown = meant || may_be_repeated(name);
  return mistake(place, is_shown ? fmt::format("unknown setting {}", name) : "unknown setting",
                 meant ? fmt::format("did you mean {}?", *meant)
                       : fmt::format("allowed here: {}", fmt::join(known.begin(), known.end(), ", ")));
}

Error setting_outside_profile(std::string_view place, std::string_view name) {
  return mistake(place, fmt::format("{} must be in a profile", name), "write [profiles.default] on a line above it");
}

Error unknown_table(std::string_view place, std::string_view name, std::string_view inner) {
  const std::string_view profile = inner.empty() ? name : inner;
  if (!may_be_repeated(name) || !may_be_repeated(profile)) {
    return mistake(place, "unknown table", std::string(how_a_profile_begins));
  }
  const std::string table = inner.empty() ? std::string(name) : fmt::format("{}.{}", name, inner);
  return mistake(
      place, fmt::format("unknown table [{}]", table),
      profile == "profile" ? std::string(how_a_profile_begins) : fmt::format("did you mean [profiles.{}]?", profile));
}

std::optional<ProfileTable> find_profile_table(std::string_view text) {
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    const std::string_view words = trim(line);
    if (words.starts_with('[') && trim(words.substr(1)).starts_with("profile.")) {
      const std::string_view name = words.substr(words.find('.') + 1);
      return ProfileTable{.line = number, .name = trim(name.substr(0, name.find(']')))};
    }
  }
  return std::nullopt;
}

Result<std::string> with_home(std::string_view path, std::string_view home) {
  if (path.starts_with("~/")) {
    return home.starts_with('/')
               ? Result<std::string>(fmt::format("{}{}", home, path.substr(1)))
               : fail(ErrorKind::config, "begins with ~/, and HOME is not set", "write the path in full");
  }
  const bool is_foreign_home = path.starts_with('~') && path.find('/') != std::string_view::npos;
  if (is_foreign_home || path.starts_with('$')) {
    return fail(ErrorKind::config, fmt::format("begins with {}, which is not expanded here", path.front()),
                "write the path in full; only ~/ at its beginning means the home directory");
  }
  return std::string(path);
}

}  // namespace dgauth::credentials
