// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "transcription/result_writer.hpp"

namespace dgauth::transcription {

// Makes the directory of `plan` if there is none, removes what is unfinished in it where `plan` resumes, and writes a
// file for each input, which has its name only once it is whole. Fails as make_result_writer does.
Result<std::unique_ptr<ResultWriter>> make_directory_writer(const Plan& plan);

}  // namespace dgauth::transcription
