// SPDX-License-Identifier: MIT
#include "output/secret_output.hpp"

#include "host/files.hpp"

namespace dgauth::output {

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
    context.host.console.write_err(Secret({"::add-mask::", secret, "\n"}));
  }
}

}  // namespace dgauth::output
