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
  const std::optional<std::string_view> meant = nearest(lower_case(name), known);
  const bool is_shown = meant || may_be_repeated(name);
  return mistake(place, is_shown ? fmt::format("unknown setting {}", name) : "unknown setting",
                 meant ? fmt::format("did you mean {}?", *meant)
                       : fmt::format("allowed here: {}", fmt::join(known.begin(), known.end(), ", ")));
}

Error setting_outside_profile(std::string_view place, std::string_view name, bool has_profiles) {
  return mistake(place, fmt::format("{} must be in a profile", name),
                 has_profiles ? "move it below the line [profiles.NAME] of the profile it belongs to"
                              : "write [profiles.default] on a line above it");
}

Error profile_within_profile(std::string_view place) {
  return mistake(place, "profile cannot be in a profile",
                 "profile belongs at the top of the file, above the first [profiles.NAME]");
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
    const std::string_view table =
        words.starts_with('[') ? trim(words.substr(1, words.find(']') - 1)) : std::string_view();
    const std::size_t before_name = table.find_first_of(". \t");
    const std::string_view kind = table.substr(0, before_name);
    if (before_name != std::string_view::npos &&
        (kind == "profile" || (kind == "profiles" && table[before_name] != '.'))) {
      const std::string_view name = trim(table.substr(before_name + 1));
      const bool is_quoted = name.size() > 1 && name.starts_with('"') && name.ends_with('"');
      return ProfileTable{.line = number, .name = is_quoted ? name.substr(1, name.size() - 2) : name, .table = table};
    }
  }
  return std::nullopt;
}

Error unknown_profile_table(std::string_view place, const ProfileTable& table) {
  return may_be_repeated(table.name) ? mistake(place, fmt::format("unknown table [{}]", table.table),
                                               fmt::format("did you mean [profiles.{}]?", table.name))
                                     : mistake(place, "unknown table", std::string(how_a_profile_begins));
}

std::string_view hint_for_unread(std::string_view path) {
  const bool is_home = path == "~" || (path.starts_with('~') && path.find('/') != std::string_view::npos);
  return is_home ? "~ is not expanded here: write the path in full" : "";
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
