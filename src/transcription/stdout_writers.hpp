// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "transcription/result_writer.hpp"

namespace dgauth::transcription {

// As make_result_writer, for a plan without a directory.
std::unique_ptr<ResultWriter> make_stdout_writer(const Plan& plan, host::Console& console);

}  // namespace dgauth::transcription
