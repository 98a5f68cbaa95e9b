// SPDX-License-Identifier: MIT
#include "commands/cache.hpp"

#include <array>
#include <memory>

#include <fmt/format.h>

#include "credentials/token_cache.hpp"
#include "options/option_binding.hpp"

namespace dgauth::commands {
namespace {

constexpr std::array<std::string_view, 1> format_names = {"text"};

}  // namespace

void declare_cache(CLI::App& app, CacheOptions& options) {
  options::bind_text(app, "action", options.action, "clear", "Forget all cached tokens");
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

Command cache_command() {
  return {.name = "cache",
          .summary = "Forget cached tokens",
          .formats = format_names,
          .declare = [](CLI::App& app) -> Action {
            auto options = std::make_shared<CacheOptions>();
            declare_cache(app, *options);
            return [options](const session::Context& context) { return run_cache(*options, context); };
          }};
}

}  // namespace dgauth::commands
