// SPDX-License-Identifier: MIT
#include "output/secret_output.hpp"

#include "host/files.hpp"

namespace dgauth::output {
namespace {

// The runner decodes these in the value of a command.
std::string_view escape_of(char c) {
  switch (c) {
    case '%': return "%25";
    case '\r': return "%0D";
    case '\n': return "%0A";
    default: return {};
  }
}

Secret escaped_for_runner(const Secret& secret) {
  WipedString escaped;
  escaped.reserve(std::string_view("%25").size() * secret.reveal().size() + least_on_heap);
  for (const char c : secret.reveal()) {
    const std::string_view escape = escape_of(c);
    escaped += escape.empty() ? std::string_view(&c, 1) : escape;
  }
  return Secret(escaped);
}

}  // namespace

Result<void> print_secret(const session::Context& context, const Secret& text, const Secret& secret,
                          const std::string& out) {
  mask_in_logs(context, secret);
  if (out.empty() || out == "-") {
    return context.host.console.write_out(text);
  }
  return host::write_private_file(out, text);
}

void mask_in_logs(const session::Context& context, const Secret& secret) {
  // To stderr: stdout is what a script captures. The runner reads both.
  if (context.host.environment.get("GITHUB_ACTIONS") == "true") {
    context.host.console.write_err(Secret({"::add-mask::", escaped_for_runner(secret), "\n"}));
  }
}

}  // namespace dgauth::output
