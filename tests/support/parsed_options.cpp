// SPDX-License-Identifier: MIT
#include "support/parsed_options.hpp"

#include <algorithm>

namespace dgauth::support {

Result<void> set_options(const options::Declaration& declaration, const std::vector<std::string>& words) {
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const std::size_t equals = word.find('=');
    const auto option = std::ranges::find_if(declaration.options, [&](const options::Option& each) {
      return options::is_named(each, word.substr(0, equals));
    });
    if (option == declaration.options.end()) {
      TRY(declaration.arguments.at(0).set(word));
      continue;
    }
    std::string_view value;
    if (!option->is_flag()) {
      value = equals == std::string_view::npos ? std::string_view(words.at(++i)) : word.substr(equals + 1);
    }
    if (Result<void> set = option->set(value); !set) {
      return fail_at(options::shown_name(*option), ErrorKind::usage, std::move(set.error()));
    }
  }
  return {};
}

}  // namespace dgauth::support
