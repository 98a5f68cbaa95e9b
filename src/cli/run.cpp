// SPDX-License-Identifier: MIT
#include "cli/run.hpp"

#include <algorithm>
#include <exception>
#include <new>

#include <fmt/format.h>

#include "base/version.hpp"
#include "cli/coloured_console.hpp"
#include "cli/early_options.hpp"
#include "cli/help.hpp"
#include "cli/help_topics.hpp"
#include "cli/parser.hpp"
#include "http/curl_client.hpp"
#include "options/output_choice.hpp"
#include "output/error_text.hpp"

namespace dgauth::cli {
namespace {

// What is said of an exception. Written down whole: there may be no memory to make it of parts. An exception's own text
// is not shown, for nobody knows what it repeats.
struct LastWords {
  std::string_view text;
  std::string_view json;
};
constexpr LastWords no_memory = {"dgauth: error: out of memory\n",
                                 R"({"error":{"kind":"internal","exit_status":1,"message":"out of memory","hint":null,)"
                                 R"("http_status":null,"request_id":null}})"
                                 "\n"};
constexpr LastWords bug = {
    "dgauth: error: this is a bug in dgauth\n",
    R"({"error":{"kind":"internal","exit_status":1,"message":"this is a bug in dgauth","hint":null,)"
    R"("http_status":null,"request_id":null}})"
    "\n"};

Result<ExitStatus> print(const host::Host& host, std::string_view text) {
  return host.console.write_out(text).and_then([&host] { return host.console.finish(); }).map([] {
    return ExitStatus::ok;
  });
}

std::string help_for(const EarlyOptions& early) {
  if (!early.topic.empty()) {
    return topic_help(early.topic);
  }
  return early.wants_long_help ? long_help(early.command) : short_help(early.command);
}

Result<ExitStatus> run_command(const CommandLine& line, const options::OutputChoice& output, const host::Host& host,
                               const http::ClientFactory& make_client) {
  const session::Context context{.host = host,
                                 .make_client = make_client,
                                 .global = line.global,
                                 .output = output,
                                 .messages = {host.console, line.global.quiet, line.global.verbose}};
  Result<ExitStatus> status = line.run(context);
  const Result<void> written = status ? host.console.finish() : Result<void>();
  return written ? status : fail(written.error());
}

ExitStatus report(const Error& error, const host::Host& host, bool as_json) {
  const bool is_usage = error.kind == ErrorKind::usage;
  host.console.write_err(as_json && !is_usage ? output::error_json(error) : output::error_text(error));
  return exit_status_of(error.kind);
}

// Whether messages are to be in colour. Decided before the arguments are parsed, for what is wrong with them is one.
bool wants_colour(const std::vector<std::string>& args, const host::Host& host) {
  const auto end = std::ranges::find(args, "--");
  return host.console.err_is_terminal() && host.environment.get("NO_COLOR").empty() &&
         !host.environment.get("TERM").empty() && host.environment.get("TERM") != "dumb" &&
         std::find(args.begin(), end, "--no-color") == end;
}

// `wants_json` is set once it is known.
ExitStatus run_line(const std::vector<std::string>& args, const host::Host& host,
                    const http::ClientFactory& make_client, bool& wants_json) {
  const Result<EarlyOptions> early = find_early_options(args);
  if (!early) {
    return report(early.error(), host, false);
  }
  if (early->wants_help || early->wants_version) {
    const std::string text =
        early->wants_help ? help_for(*early) : fmt::format("dgauth {}\n{}\n", version(), http::curl_versions());
    const Result<ExitStatus> printed = print(host, text);
    return printed ? *printed : report(printed.error(), host, false);
  }
  Result<CommandLine> line = parse(args);
  if (!line) {
    return report(line.error(), host, false);
  }
  if (line->command == nullptr) {
    host.console.write_err(short_help({}));
    return ExitStatus::usage;
  }
  const Result<options::OutputChoice> output =
      options::choose_output(line->global, line->command->name, line->command->formats);
  if (!output) {
    return report(output.error(), host, false);
  }
  wants_json = output->is_json;
  const Result<ExitStatus> status = run_command(*line, *output, host, make_client);
  return status ? *status : report(status.error(), host, output->is_json);
}

}  // namespace

ExitStatus run(const std::vector<std::string>& args, const host::Host& host, const http::ClientFactory& make_client) {
  bool wants_json = false;
  try {
    if (!wants_colour(args, host)) {
      return run_line(args, host, make_client, wants_json);
    }
    ColouredConsole console(host.console);
    return run_line(args, {.console = console, .environment = host.environment, .clock = host.clock}, make_client,
                    wants_json);
  } catch (...) {
    return report_exception(host.console, wants_json);
  }
}

ExitStatus report_exception(host::Console& console, bool as_json) noexcept {
  const std::exception_ptr exception = std::current_exception();
  const LastWords* words = &no_memory;  // also if there was none left for the exception itself
  try {
    if (exception) {
      std::rethrow_exception(exception);
    }
  } catch (const std::bad_alloc&) {
    words = &no_memory;
  } catch (...) {
    words = &bug;
  }
  console.write_err(as_json ? words->json : words->text);
  return ExitStatus::failed;
}

}  // namespace dgauth::cli
