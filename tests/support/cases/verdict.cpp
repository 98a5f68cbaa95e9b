// SPDX-License-Identifier: MIT
#include "support/cases/verdict.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <regex.h>

#include "support/cases/difference.hpp"
#include "support/cases/json_verdict.hpp"

namespace dgauth::cases {
namespace {

using Lines = std::vector<std::string>;

bool holds(const std::string& text, const std::string& piece) { return text.find(piece) != std::string::npos; }

// Whether all of `text` matches an extended regular expression of POSIX. Not std::regex: it costs as much to compile as
// ten files of ours, and g++ 12 warns about it.
bool matches(const std::string& text, const std::string& pattern) {
  regex_t compiled{};
  if (::regcomp(&compiled, ("^(" + pattern + ")$").c_str(), REG_EXTENDED | REG_NOSUB) != 0) {
    throw std::runtime_error("not a regular expression: " + pattern);
  }
  const bool is_match = ::regexec(&compiled, text.c_str(), 0, nullptr, 0) == 0;
  ::regfree(&compiled);
  return is_match;
}

// What is wrong with the form of a line on stderr; empty if nothing is.
std::string line_complaint(const std::string& line, bool is_verbose) {
  if (line.starts_with("::add-mask::") && line.size() > 12 && line.find(' ') == std::string::npos) {
    return "";
  }
  if (!matches(line, "dgauth: (error|hint|warning|note|trace): [^ ].*")) {
    return "stderr line without a known beginning: ";
  }
  if (line.ends_with('.')) {
    return "stderr line ends in a full stop: ";
  }
  if (matches(line, "dgauth: (error|hint|warning): [A-Z][a-z]+ [a-z].*")) {
    return "stderr line begins with a capital: ";
  }
  return line.starts_with("dgauth: trace: ") && !is_verbose ? "trace without -v: " : "";
}

class Verdict {
 public:
  Verdict(const Case& one, Trial& trial) : json_(one.json), trial_(trial), said_(trial.client_complaints) {
    for (const Json& arg : member(json_, "args")->GetArray()) {
      args_.push_back(arg.IsObject() || arg.IsArray() ? json_text(arg) : shown(arg));
    }
  }

  Lines judge() {
    judge_status();
    judge_stdout();
    judge_stderr();
    judge_leaks();
    judge_requests();
    judge_files();
    return said_;
  }

 private:
  void say(std::string what) { said_.push_back(std::move(what)); }
  void compare(const std::string& what, const std::string& wanted, const std::string& seen) {
    if (wanted != seen) {
      say(difference(what, wanted, seen));
    }
  }
  bool has_arg(std::string_view word) const { return std::ranges::find(args_, word) != args_.end(); }
  bool says_something_of(std::string_view stream) const {
    return std::ranges::any_of(json_.GetObject(),
                               [&](const auto& entry) { return string_of(entry.name).starts_with(stream); });
  }

  void judge_status() {
    Lines wanted = {"0"};
    if (const Json* const status = member(json_, "status")) {
      wanted.clear();
      if (status->IsArray()) {
        for (const Json& each : status->GetArray()) {
          wanted.push_back(shown(each));
        }
      } else {
        wanted.push_back(shown(*status));
      }
    }
    if (std::ranges::find(wanted, std::to_string(trial_.status)) == wanted.end()) {
      say(fmt::format("status {}, wanted {}\n{}", trial_.status, fmt::join(wanted, " or "), indented(trial_.err)));
    }
  }

  void judge_stdout() {
    constexpr std::string_view commands[] = {"grant", "header", "check", "cache", "transcribe-url", "transcribe-file"};
    const auto command = std::ranges::find_if(
        args_, [&](const std::string& word) { return std::ranges::find(commands, word) != std::end(commands); });
    const bool is_failure =
        trial_.status != 0 && command != args_.end() && (*command == "grant" || *command == "header");
    if (is_failure || !says_something_of("stdout")) {
      compare("stdout", "", trial_.out);  // promise 16
      return;
    }
    if (const Json* const wanted = member(json_, "stdout")) {
      compare("stdout", trial_.names.bytes_of(*wanted), trial_.out);
    }
    if (const Json* const wanted = member(json_, "stdout_json")) {
      compare("stdout", json_line(*wanted, trial_.names), trial_.out);
    }
    judge_pieces("stdout", trial_.out);
  }

  void judge_stderr() {
    if (const Json* const wanted = member(json_, "stderr")) {
      compare("stderr", trial_.names.bytes_of(*wanted), trial_.err);
    } else if (trial_.status == 0 && !says_something_of("stderr")) {
      compare("stderr", "", trial_.err);
    }
    judge_pieces("stderr", trial_.err);
    if (const Json* const wanted = member(json_, "stderr_json")) {
      for (std::string& complaint : json_error_complaints(*wanted, trial_)) {
        say(std::move(complaint));
      }
    } else if (!has(json_, "stderr_free")) {
      judge_lines();
    }
  }

  void judge_pieces(const std::string& stream, const std::string& text) {
    for (const bool is_wanted : {true, false}) {
      if (const Json* const pieces = member(json_, stream + (is_wanted ? "_has" : "_lacks"))) {
        for (const Json& each : pieces->GetArray()) {
          const std::string piece = trial_.names.bytes_of(each);
          if (holds(text, piece) != is_wanted) {
            say(fmt::format("{} {} '{}'\n{}", stream, is_wanted ? "lacks" : "holds", piece, indented(text)));
          }
        }
      }
    }
    if (const Json* const pattern = member(json_, stream + "_match")) {
      if (!matches(text, trial_.names.expand_pattern(string_of(*pattern)))) {
        say(fmt::format("{} does not match '{}'\n{}", stream, string_of(*pattern), indented(text)));
      }
    }
  }

  // Each line says what it is; no full stop; one error for a failure and none otherwise.
  void judge_lines() {
    if (!trial_.err.empty() && trial_.err.back() != '\n') {
      say("stderr does not end its last line\n" + indented(trial_.err));
    }
    if (args_.empty() && trial_.status == 2) {  // `dgauth` alone: short help
      return;
    }
    int errors = 0;
    std::istringstream lines(trial_.err);
    for (std::string line; std::getline(lines, line);) {
      if (const std::string complaint = line_complaint(line, has_arg("-v") || has_arg("--verbose"));
          !complaint.empty()) {
        say(complaint + line);
      }
      errors += line.starts_with("dgauth: error: ") ? 1 : 0;
    }
    if (errors != (trial_.status == 0 ? 0 : 1)) {
      say(fmt::format("{} error lines for status {}\n{}", errors, trial_.status, indented(trial_.err)));
    }
  }

  // promises 16 and 19: no secret where none was asked for.
  void judge_leaks() {
    std::string shown_lines;
    std::istringstream lines(trial_.err);
    for (std::string line; std::getline(lines, line);) {
      shown_lines += line.starts_with("::add-mask::") ? "" : line + "\n";
    }
    for (const std::string& leak : leaks_in(shown_lines, trial_.secrets)) {
      say(fmt::format("stderr holds '{}' of a secret", leak));
    }
    if (has_arg("--dry-run") || !(has_arg("grant") || has_arg("header"))) {
      for (const std::string& leak : leaks_in(trial_.out, trial_.secrets)) {
        say(fmt::format("stdout holds '{}' of a secret", leak));
      }
    }
  }

  void judge_requests() {
    const Json* const wanted = member(json_, "requests");
    const Json* const replies = member(json_, "replies");
    const std::size_t count = wanted != nullptr ? wanted->Size() : replies != nullptr ? replies->Size() : 0;
    if (count != trial_.requests.size()) {
      std::string said;
      for (const ReceivedRequest& request : trial_.requests) {
        said += fmt::format("{} {}\n", request.method, request.path);
      }
      say(fmt::format("{} requests, wanted {}\n{}", trial_.requests.size(), count, indented(said)));
      return;
    }
    for (rapidjson::SizeType i = 0; wanted != nullptr && i < wanted->Size(); ++i) {
      const JsonDocument expected = trial_.names.expand_all((*wanted)[i]);
      for (std::string& complaint : request_complaints(expected, trial_.requests[i])) {
        say(std::move(complaint));
      }
    }
  }

  // The files named are as they should be, and no other came or went (promise 24).
  void judge_files() {
    const Json* const wanted = member(json_, "files_after");
    if (wanted != nullptr) {
      for (const auto& [name, content] : wanted->GetObject()) {
        judge_file(string_of(name), content);
      }
    }
    const auto judge_stray = [&](const Files& here, const Files& not_here, const char* what) {
      for (const auto& [name, file] : here) {
        if (not_here.count(name) == 0 && (wanted == nullptr || !has(*wanted, name))) {
          say(fmt::format("{} {}", name, what));
        }
      }
    };
    judge_stray(trial_.files, trial_.files_before, "appeared");
    judge_stray(trial_.files_before, trial_.files, "went away");
  }

  void judge_file(const std::string& name, const Json& content) {
    const auto file = trial_.files.find(name);
    if (has(content, "absent") || file == trial_.files.end()) {
      if (has(content, "absent") == (file != trial_.files.end())) {
        say(name + (has(content, "absent") ? " is there" : " is not there"));
      }
      return;
    }
    if (const Json* const text = member(content, "text")) {
      compare(name, trial_.names.bytes_of(*text), file->second.content);
    }
    const std::string mode = fmt::format("{:03o}", file->second.mode);
    if (const Json* const wanted = member(content, "mode"); wanted != nullptr && shown(*wanted) != mode) {
      say(fmt::format("{} has mode {}, wanted {}", name, mode, shown(*wanted)));
    }
  }

  const Json& json_;
  Trial& trial_;
  Lines args_;
  Lines said_;
};

}  // namespace

std::vector<std::string> complaints(const Case& one, Trial& trial) { return Verdict(one, trial).judge(); }

}  // namespace dgauth::cases
