// SPDX-License-Identifier: MIT
#include "transcription/media_types.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/text.hpp"

namespace dgauth::transcription {
namespace {

// Sorted by extension. Types are IANA's where it has one.
struct MediaType {
  std::string_view extension;
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
static_assert(std::ranges::is_sorted(media_types, {}, &MediaType::extension));

}  // namespace

std::string_view media_type_of(std::string_view path) {
  const std::string_view name = path.substr(path.rfind('/') + 1);  // npos + 1 is 0
  const std::size_t dot = name.rfind('.');
  const std::string extension = dot == std::string_view::npos ? std::string() : lower_case(name.substr(dot + 1));
  const auto* const found = std::ranges::find(media_types, extension, &MediaType::extension);
  return found == media_types.end() ? "application/octet-stream" : found->type;
}

}  // namespace dgauth::transcription
