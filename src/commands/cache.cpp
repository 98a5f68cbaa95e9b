// SPDX-License-Identifier: MIT
#include "commands/cache.hpp"

#include <fmt/format.h>

#include "credentials/token_cache.hpp"
#include "options/typed_word.hpp"

namespace dgauth::commands {
namespace {

constexpr std::array<options::Word, 1> actions = {{{"clear", "delete all cached tokens"}}};

Result<std::string> parse_action(std::string_view text) {
  if (text == "clear") {
    return std::string(text);
  }
  const std::string quoted = options::quoted_word(text, "");
  return fail(ErrorKind::usage,
              fmt::format("{}{}is unknown: the only action is clear", quoted, quoted.empty() ? "" : " "),
              "use 'dgauth cache clear'");
}

}  // namespace

constexpr std::array<options::Word, 1> cache_formats = {{{"text", "nothing is printed", "Nothing is printed."}}};

options::Declaration declare_cache(CacheOptions& options) {
  options::Declaration declaration;
  declaration.arguments.push_back({.names = "action",
                                   .value_name = "clear",
                                   .description = "Delete all cached tokens",
                                   .details = "`clear` deletes all cached tokens of this user.",
                                   .hint = {.kind = options::ValueKind::word, .words = actions},
                                   .set = options::parsed_into(options.action, parse_action)});
  return declaration;
}

Result<ExitStatus> run_cache(const CacheOptions& options, const session::Context& context) {
  if (options.action != "clear") {
    return fail(ErrorKind::usage, "cache needs an action: the only one is clear", "use 'dgauth cache clear'");
  }
  if (context.global.dry_run) {
    context.messages.warn("nothing would be sent: the cache is on this machine");
    return ExitStatus::ok;
  }
  return credentials::clear_cache(context.host.environment).map([&context](std::size_t removed) {
    context.messages.trace(fmt::format("{} files removed from the cache", removed));
    return ExitStatus::ok;
  });
}

}  // namespace dgauth::commands
