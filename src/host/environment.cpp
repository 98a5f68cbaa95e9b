// SPDX-License-Identifier: MIT
#include "host/environment.hpp"

namespace dgauth::host {

Environment::Environment(const Variables& variables) {
  for (const auto& [name, value] : variables) {
    variables_.emplace(name, std::string_view(value));
  }
}

Environment Environment::of_process(const char* const* variables) {
  Environment environment;
  for (; *variables != nullptr; ++variables) {
    const std::string_view line(*variables);
    const std::size_t equals = line.find('=');
    if (equals != std::string_view::npos) {
      environment.variables_.emplace(line.substr(0, equals), line.substr(equals + 1));
    }
  }
  return environment;
}

std::string_view Environment::get(std::string_view name) const {
  const auto found = variables_.find(name);
  return found == variables_.end() ? std::string_view() : std::string_view(found->second);
}

bool Environment::is_set_but_empty(std::string_view name) const {
  const auto found = variables_.find(name);
  return found != variables_.end() && found->second.empty();
}

}  // namespace dgauth::host
