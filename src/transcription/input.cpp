// SPDX-License-Identifier: MIT
#include "transcription/input.hpp"

#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>
#include <poll.h>

#include "base/text.hpp"
#include "base/utf8.hpp"
#include "host/files.hpp"
#include "http/url.hpp"

namespace dgauth::transcription {
namespace {

constexpr std::size_t largest_list = 64 * 1024 * 1024;
constexpr std::size_t piece_size = 64 * 1024;

// Sorted by ending. Types are IANA's where it has one.
struct MediaType {
  std::string_view ending;
  std::string_view type;
};
constexpr auto media_types = std::to_array<MediaType>({
    {"3gp", "video/3gpp"},       {"aac", "audio/aac"},        {"aif", "audio/aiff"},      {"aiff", "audio/aiff"},
    {"amr", "audio/amr"},        {"au", "audio/basic"},       {"avi", "video/x-msvideo"}, {"caf", "audio/x-caf"},
    {"flac", "audio/flac"},      {"flv", "video/x-flv"},      {"m4a", "audio/mp4"},       {"m4v", "video/mp4"},
    {"mka", "audio/x-matroska"}, {"mkv", "video/x-matroska"}, {"mov", "video/quicktime"}, {"mp2", "audio/mpeg"},
    {"mp3", "audio/mpeg"},       {"mp4", "video/mp4"},        {"mpeg", "video/mpeg"},     {"mpg", "video/mpeg"},
    {"mpga", "audio/mpeg"},      {"oga", "audio/ogg"},        {"ogg", "audio/ogg"},       {"ogv", "video/ogg"},
    {"opus", "audio/ogg"},       {"snd", "audio/basic"},      {"ts", "video/mp2t"},       {"wav", "audio/wav"},
    {"wave", "audio/wav"},       {"weba", "audio/webm"},      {"webm", "video/webm"},     {"wma", "audio/x-ms-wma"},
    {"wmv", "video/x-ms-wmv"},
});
static_assert(std::ranges::is_sorted(media_types, {}, &MediaType::ending));

std::string scheme_of(std::string_view input) {
  const std::size_t end = input.find("://");
  return end == std::string_view::npos ? std::string() : lower_case(input.substr(0, end));
}

bool is_web_url(std::string_view input) {
  const std::string scheme = scheme_of(input);
  return scheme == "http" || scheme == "https";
}

// The host of a URL, in lower case, with its user name and port left out.
std::string host_of(std::string_view url) {
  std::string_view authority = http::without_query(url);
  authority.remove_prefix(authority.find("://") + 3);
  authority = authority.substr(0, authority.find('/'));
  authority = after_last(authority, '@');
  const std::optional<http::Url> parsed = http::parse_url(fmt::format("http://{}/", authority));
  return parsed ? parsed->host : std::string();
}

Result<std::string> read_list(const std::string& path) {
  const Result<std::unique_ptr<host::InputFile>> file = host::InputFile::open(path);
  if (!file) {
    return fail(file.error());
  }
  std::string text;
  std::array<char, piece_size> piece{};
  while (text.size() <= largest_list) {
    const Result<std::optional<std::size_t>> got = (*file)->read(piece);
    if (!got) {
      return fail(got.error());
    }
    if (*got == 0U) {
      return text.find('\0') == std::string::npos
                 ? Result<std::string>(std::move(text))
                 : fail(ErrorKind::usage, "the list of --from-file holds a NUL", "write one input a line");
    }
    if (!*got) {
      pollfd readable{.fd = (*file)->descriptor(), .events = POLLIN, .revents = 0};
      ::poll(&readable, 1, -1);
      continue;
    }
    text.append(piece.data(), **got);
  }
  return fail(ErrorKind::usage, "the list of --from-file is too large");
}

void add_lines(std::vector<std::string>& lines, std::string_view text) {
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.ends_with('\r')) {
      line.remove_suffix(1);
    }
    if (!trim(line).empty()) {
      lines.emplace_back(line);
    }
  }
}

}  // namespace

Result<std::vector<std::string>> inputs_of(const std::vector<std::string>& named, const std::string& from_file,
                                           std::string_view other_stdin) {
  if (from_file == "-" && !other_stdin.empty()) {
    return fail(ErrorKind::usage, fmt::format("{} and --from-file cannot both be read from stdin", other_stdin));
  }
  std::vector<std::string> all = named;
  if (!from_file.empty()) {
    Result<std::string> list = read_list(from_file);
    if (!list) {
      return fail(std::move(list.error()));
    }
    add_lines(all, *list);
  }
  const std::string_view also = from_file == "-" ? "--from-file" : other_stdin;
  if (!also.empty() && std::ranges::find(all, "-") != all.end()) {
    return fail(ErrorKind::usage, fmt::format("{} and - cannot both be read from stdin", also));
  }
  std::unordered_set<std::string> seen;
  std::erase_if(all, [&seen](const std::string& input) { return !seen.insert(input).second; });
  if (all.empty()) {
    return fail(ErrorKind::usage, "there is nothing to transcribe", "name it after the command, or give --from-file");
  }
  return all;
}

std::string shown_input(std::string_view input) {
  if (scheme_of(input).empty()) {
    return without_controls(host::shown_path(std::string(input)));
  }
  return without_controls(http::shown_url(input));
}

Result<void> check_media_url(std::string_view url) {
  if (is_web_url(url)) {
    if (host_of(url).empty() || !std::ranges::all_of(url, is_visible_ascii)) {
      return fail(ErrorKind::usage, "is not a URL", "write https://host/path, other characters as %XX");
    }
    return {};
  }
  if (scheme_of(url) == "file") {
    return fail(ErrorKind::usage, "is a file of this machine, and Deepgram fetches a URL from its own side",
                "send it with 'dgauth transcribe-file', without file://");
  }
  return fail(ErrorKind::usage, "is not an http or https URL", "a local file goes with 'dgauth transcribe-file'");
}

std::string reachability_warning(std::string_view url) {
  const std::string host = host_of(url);
  const http::Url parsed{.scheme = "http", .host = host, .port = {}, .path = "/"};
  const bool is_here = http::is_loopback(parsed) || host.ends_with(".localhost") || host == "0.0.0.0";
  const bool is_link_local = host.starts_with("169.254.") || host.ends_with(".local") || host.starts_with("[fe8") ||
                             host.starts_with("[fe9") || host.starts_with("[fea") || host.starts_with("[feb");
  if (!is_here && !is_link_local) {
    return {};
  }
  return fmt::format(
      "{} {}, and Deepgram fetches the URL from its own side: send the file with "
      "'dgauth transcribe-file' instead",
      shown_input(url), is_here ? "is on this machine" : "is known on this network only");
}

Result<std::shared_ptr<host::InputFile>> open_media_file(const std::string& path) {
  if (is_web_url(path)) {
    return fail(ErrorKind::usage, fmt::format("{} is a URL, not a file", shown_input(path)),
                "use 'dgauth transcribe-url'");
  }
  Result<std::unique_ptr<host::InputFile>> file = host::InputFile::open(path);
  if (!file) {
    if (scheme_of(path) == "file") {
      file.error().hint = "write the path without file://";
    }
    return fail(std::move(file.error()));
  }
  return std::shared_ptr<host::InputFile>(std::move(*file));
}

std::string_view media_type_of(std::string_view path) {
  const std::string_view name = after_last(path, '/');
  const std::size_t dot = name.rfind('.');
  const std::string ending = dot == std::string_view::npos ? std::string() : lower_case(name.substr(dot + 1));
  const auto* const found = std::ranges::find(media_types, ending, &MediaType::ending);
  return found == media_types.end() ? "application/octet-stream" : found->type;
}

}  // namespace dgauth::transcription
