// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "options/declaration.hpp"

namespace dgauth::support {

// Gives the values of a command line to a declaration's options and arguments, as the parser does with a right one:
// `--name value`, `--name=value`, `-n value` or `--flag`. What is wrong is for the tests of the parser.
Result<void> set_options(const options::Declaration& declaration, const std::vector<std::string>& words);

// What `words` make of a command's options.
template <typename Options>
Result<Options> parsed_options(options::Declaration (*declare)(Options&), const std::vector<std::string>& words) {
  Options values;
  TRY(set_options(declare(values), words));
  return values;
}

}  // namespace dgauth::support
