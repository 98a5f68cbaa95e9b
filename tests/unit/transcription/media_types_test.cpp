// SPDX-License-Identifier: MIT
#include "transcription/media_types.hpp"

#include <array>

#include "support/printing.hpp"

namespace dgauth::transcription {

TEST_CASE("transcription::media_type_of looks at the extension of the last part") {
  struct Row {
    std::string_view path, type;
  };
  constexpr std::array rows = {
      Row{"a.wav", "audio/wav"},
      Row{"A.WAV", "audio/wav"},
      Row{"/x.flac/b.mp3", "audio/mpeg"},
      Row{"c.tar.flac", "audio/flac"},
      Row{"d.m4a", "audio/mp4"},
      Row{"e.mp4", "video/mp4"},
      Row{"f.ogg", "audio/ogg"},
      Row{"g.webm", "video/webm"},
      Row{"3.3gp", "video/3gpp"},
      Row{"z.wmv", "video/x-ms-wmv"},
      Row{"wav", "application/octet-stream"},
      Row{"h.", "application/octet-stream"},
      Row{"x.wav/h", "application/octet-stream"},
      Row{"i.unknown", "application/octet-stream"},
      Row{"-", "application/octet-stream"},
      Row{"", "application/octet-stream"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.path);
    CHECK(media_type_of(row.path) == row.type);
  }
}

}  // namespace dgauth::transcription
