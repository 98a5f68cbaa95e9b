// SPDX-License-Identifier: MIT
#include "cli/run.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "base/version.hpp"
#include "cli/command_tree.hpp"
#include "cli/early_options.hpp"
#include "cli/usage_error.hpp"
#include "http/curl_client.hpp"
#include "options/option_binding.hpp"
#include "output/dry_run.hpp"
#include "output/error_text.hpp"

namespace dgauth::cli {
namespace {

std::string help_text(std::string_view command) {
  const std::unique_ptr<CLI::App> root = whole_tree();
  if (command.empty()) {
    return root->help();
  }
  const CLI::App* const app = root->get_subcommand(std::string(command));
  const auto& formatter = dynamic_cast<const CLI::Formatter&>(*root->get_formatter());
  return app->help("dgauth") + formatter.make_groups(root.get(), CLI::AppFormatMode::Normal);
}

Result<ExitStatus> print(const host::Host& host, std::string_view text) {
  return host.console.write_out(text).and_then([&host] { return host.console.finish(); }).map([] {
    return ExitStatus::ok;
  });
}

// Makes `global.output` a format that `command` has: --json is -o json, and nothing is the default.
Result<void> settle_output(const commands::Command& command, options::GlobalOptions& global) {
  if (global.json && !global.output.empty() && global.output != "json") {
    return fail(ErrorKind::usage, "--json does not go together with another -o");
  }
  if (global.json) {
    global.output = "json";
  }
  const auto is_in = [&global](std::span<const std::string_view> names) {
    return std::ranges::find(names, std::string_view(global.output)) != names.end();
  };
  if (global.output.empty() || is_in(command.formats) || (global.dry_run && is_in(output::dry_run_formats()))) {
    return {};
  }
  return fail(ErrorKind::usage, fmt::format("-o is none of the formats of {}", command.name),
              fmt::format("there are {}", join_with_and(command.formats)));
}

Result<void> parse(const std::vector<std::string>& args, CommandTree& tree) {
  try {
    tree.root->parse(std::vector<std::string>(args.rbegin(), args.rend()));  // CLI11 reads from the back
  } catch (const CLI::ParseError&) {
    return fail(usage_error(args, *tree.root));
  } catch (options::BadOption& bad) {
    return fail(std::move(bad.error));
  }
  if (std::optional<Error> error = flag_with_value(args, *tree.root)) {  // CLI11 takes --json=3 for --json
    return fail(std::move(*error));
  }
  return tree.chosen == nullptr ? Result<void>() : settle_output(*tree.chosen, *tree.global);
}

Result<ExitStatus> run_chosen(const CommandTree& tree, const host::Host& host, const http::ClientFactory& make_client) {
  const session::Context context{.host = host,
                                 .make_client = make_client,
                                 .global = *tree.global,
                                 .messages = {host.console, tree.global->quiet, tree.global->verbose}};
  Result<ExitStatus> status = tree.action(context);
  const Result<void> written = status ? host.console.finish() : Result<void>();
  return written ? status : fail(written.error());
}

ExitStatus report(const Error& error, const host::Host& host, bool as_json) {
  const bool is_usage = error.kind == ErrorKind::usage;
  host.console.write_err(as_json && !is_usage ? output::error_json(error) : output::error_text(error));
  return exit_status_of(error.kind);
}

ExitStatus run_screened(const std::vector<std::string>& args, const host::Host& host,
                        const http::ClientFactory& make_client) {
  const Result<Screening> screening = screen(args);
  if (!screening) {
    return report(screening.error(), host, false);
  }
  if (screening->wants_help || screening->wants_version) {
    const std::string text = screening->wants_help ? help_text(screening->command)
                                                   : fmt::format("dgauth {}\n{}\n", version(), http::curl_versions());
    const Result<ExitStatus> printed = print(host, text);
    return printed ? *printed : report(printed.error(), host, false);
  }
  const std::unique_ptr<CommandTree> tree = make_command_tree();
  // `help` of something that is no command: that word is the mistake, not `help`.
  const bool skips_help = !args.empty() && args.front() == "help";
  const std::vector<std::string> words(args.begin() + (skips_help ? 1 : 0), args.end());
  if (const Result<void> parsed = parse(words, *tree); !parsed) {
    return report(parsed.error(), host, false);
  }
  if (tree->chosen == nullptr) {
    host.console.write_err(help_text({}));
    return ExitStatus::usage;
  }
  const Result<ExitStatus> status = run_chosen(*tree, host, make_client);
  return status ? *status : report(status.error(), host, tree->global->output == "json");
}

}  // namespace

ExitStatus run(const std::vector<std::string>& args, const host::Host& host, const http::ClientFactory& make_client) {
  try {
    return run_screened(args, host, make_client);
  } catch (const std::bad_alloc&) {
    return report({.kind = ErrorKind::internal, .message = "no memory left"}, host, false);
  } catch (...) {
    // The exception's text is not shown: nobody knows what it repeats.
    return report({.kind = ErrorKind::internal, .message = "this is a bug in dgauth"}, host, false);
  }
}

}  // namespace dgauth::cli
