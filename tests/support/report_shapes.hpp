// SPDX-License-Identifier: MIT
#pragma once

#include <string>

// What is left of a report of `check` without the words in it: the same whatever a server says. Each throws
// std::runtime_error, saying why, for a text that a reader of the format could misread.
namespace dgauth::support {

std::string shape_of_text(const std::string& report);
std::string shape_of_json(const std::string& report);
// Well-formed XML, as far as it goes: elements, attributes, references.
std::string shape_of_junit(const std::string& report);
std::string shape_of_tap(const std::string& report);
// The Markdown table, and the workflow commands after it.
std::string shape_of_github(const std::string& report);

}  // namespace dgauth::support
