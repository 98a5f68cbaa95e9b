// SPDX-License-Identifier: MIT
#include "cli/coloured_console.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

namespace dgauth::cli {
namespace {

constexpr std::string_view program = "dgauth: ";

struct Word {
  std::string_view text;
  std::string_view colour;  // of SGR, the terminal's
};
constexpr auto words = std::to_array<Word>({{"error:", "1;31"}, {"warning:", "33"}, {"hint:", "36"}});

// One line, with its newline if it has one.
std::string coloured(std::string_view line) {
  if (line.starts_with(program)) {
    const std::string_view rest = line.substr(program.size());
    const auto* const word =
        std::ranges::find_if(words, [rest](const Word& each) { return rest.starts_with(each.text); });
    if (word != words.end()) {
      return fmt::format("{}\x1B[{}m{}\x1B[0m{}", program, word->colour, word->text, rest.substr(word->text.size()));
    }
  }
  return std::string(line);
}

}  // namespace

void ColouredConsole::write_err(std::string_view bytes) {
  if (!bytes.starts_with(program)) {
    plain_.write_err(bytes);  // perhaps a secret to be masked, which is not to be copied
    return;
  }
  std::string text;
  while (!bytes.empty()) {
    const std::size_t size = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    text += coloured(bytes.substr(0, size));
    bytes.remove_prefix(size);
  }
  plain_.write_err(text);
}

}  // namespace dgauth::cli
