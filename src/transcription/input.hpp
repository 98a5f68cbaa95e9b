// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.hpp"
#include "host/host.hpp"
#include "host/input_file.hpp"
#include "transcription/query.hpp"

// What transcriptions are made of: URLs and files, as the user named them.
namespace dgauth::transcription {

// The inputs that are named on the command line, then those of --from-file (empty: none), each once. ErrorKind::usage
// if there are none, the list cannot be read, or two things want stdin; `other_stdin` is what else reads it, or empty.
Result<std::vector<std::string>> inputs_of(const std::vector<std::string>& named, const std::string& from_file,
                                           std::string_view other_stdin);

// How an input is named in messages: a URL without its query, which is often a secret, and without user name.
std::string shown_input(std::string_view input);

// ErrorKind::usage for what is no http or https URL, with a hint at transcribe-file.
Result<void> check_media_url(std::string_view url);

// Why Deepgram can hardly reach the URL: its host is this machine, or one that only this network knows. Empty: no such
// reason.
std::string reachability_warning(std::string_view url);

// Opens a file to send. ErrorKind::usage for a URL, with a hint at transcribe-url, and as host::InputFile::open.
Result<std::shared_ptr<host::InputFile>> open_media_file(const std::string& path);

// The media type that a file's name stands for; application/octet-stream for others.
std::string_view media_type_of(std::string_view path);

}  // namespace dgauth::transcription
