// SPDX-License-Identifier: MIT
#include "commands/cache.hpp"

#include <fmt/format.h>

#include "credentials/token_cache.hpp"

namespace dgauth::commands {
namespace {

constexpr std::array<options::Word, 1> actions = {{{"clear", "delete all cached tokens"}}};

}  // namespace

constexpr std::array<options::Word, 1> cache_formats = {{{"text", "nothing is printed", "Nothing is printed."}}};

options::Declaration declare_cache(CacheOptions& options) {
  options::Declaration declaration;
  declaration.arguments.push_back({.names = "action",
                                   .value_name = "clear",
                                   .description = "Delete all cached tokens",
                                   .details = "`clear` deletes all cached tokens of this user.",
                                   .hint = {.kind = options::ValueKind::word, .words = actions},
                                   .set = options::text_into(options.action)});
  return declaration;
}

Result<ExitStatus> run_cache(const CacheOptions& options, const session::Context& context) {
  if (options.action != "clear") {
    return fail(ErrorKind::usage, "cache needs a word for what to do", "write 'dgauth cache clear'");
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
