// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

// How text from outside (a path, an input, the name of a profile or a command) appears in what people and logs get to
// see. Whoever prints a line for them sends it through shown_line or shown_text; nobody else has to think of it.
namespace dgauth {

// One line that is data, a transcript say: without_controls and without_workflow_commands.
std::string shown_line(std::string_view text);

// `text` with `<looks like a secret>` in place of every word that looks like a pasted one: 40 to 63 hexadecimal digits,
// a JWT, 20 or more letters and digits in which lower case, upper case and digits take turns. A word before the
// extension of an audio file is spared: recordings are named by their SHA-1.
std::string without_pasted_secrets(std::string_view text);

// One line of our own words about something from outside, a message say: without_pasted_secrets and shown_line.
std::string shown_text(std::string_view text);

// `path` within a message: "-" is called stdin, and what looks like a pasted secret in it is not repeated.
std::string shown_path(std::string_view path);

}  // namespace dgauth
