// SPDX-License-Identifier: MIT
#pragma once

namespace dgauth::json {

// Past the bytes of a string that stand for themselves: up to a quote, a backslash, a control character, a byte that is
// not ASCII, or `end`.
const char* skip_plain_text(const char* at, const char* end);

// Past members of objects that can be checked at a glance: `"name":"text",` and `"name":12.5,` without blanks, escapes,
// exponents, and bytes that are not ASCII. Lists of words, nearly all of a long answer, consist of them, and a check
// byte by byte costs more than to receive and to write them.
//
// `at` is where a name begins, and so is what is returned: of the first member that is different, or too near to `end`.
// Where the object is an element of an array, its end and the beginning of the next object may lie between.
const char* skip_plain_members(const char* at, const char* end, bool is_in_array);

}  // namespace dgauth::json
