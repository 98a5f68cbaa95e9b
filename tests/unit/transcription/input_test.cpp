// SPDX-License-Identifier: MIT
#include "transcription/input.hpp"

#include <array>
#include <filesystem>
#include <string_view>

#include "base/digest.hpp"
#include "support/printing.hpp"

#include "support/temporary_folder.hpp"

namespace dgauth::transcription {
namespace {

Input url_input(std::string_view text) { return parse_input(MediaKind::url, std::string(text)).value(); }
Input file_input(std::string_view text) { return parse_input(MediaKind::file, std::string(text)).value(); }

std::vector<std::string> secrets_of(std::string_view url) {
  std::vector<std::string> secrets;
  for (const Secret& secret : url_input(url).secrets) {
    secrets.emplace_back(secret.reveal());
  }
  return secrets;
}

}  // namespace

TEST_CASE("transcription::parse_input: how an input is shown, promise 19") {
  struct Row {
    MediaKind kind;
    std::string_view text, shown;
  };
  constexpr std::array rows = {
      Row{MediaKind::url, "https://media.example", "https://media.example"},
      Row{MediaKind::url, "HTTPS://Media.Example:443/A/../b.wav", "HTTPS://Media.Example:443/A/../b.wav"},
      Row{MediaKind::url, "https://media.example/x.wav?token=fake-signature&k=v", "https://media.example/x.wav"},
      Row{MediaKind::url, "https://media.example/x.wav#fake-signature", "https://media.example/x.wav"},
      Row{MediaKind::url, "https://user:fake-password@media.example/x", "https://media.example/x"},
      Row{MediaKind::url, "http://media.example?a=fake-signature", "http://media.example"},
      Row{MediaKind::file, "a b.wav", "a b.wav"},
      Row{MediaKind::file, "-", "stdin"},
      Row{MediaKind::file, "a\nb\x1b[31m", "a b\xEF\xBF\xBD[31m"},
      Row{MediaKind::file, "file:///a.wav", "file:///a.wav"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    const Result<Input> input = parse_input(row.kind, std::string(row.text));
    REQUIRE(input.has_value());
    CHECK(input->shown == row.shown);
    CHECK(input->text == row.text);
  }
}

TEST_CASE("transcription::parse_input: the kind, and the media type of a file") {
  CHECK((url_input("https://media.example/a.wav").kind == InputKind::url));
  CHECK(url_input("https://media.example/a.wav").media_type.empty());
  CHECK((file_input("a.wav").kind == InputKind::file));
  CHECK(file_input("a.wav").media_type == "audio/wav");
  CHECK((file_input("-").kind == InputKind::standard_input));
  CHECK(file_input("-").media_type == "application/octet-stream");
}

TEST_CASE("transcription::parse_input: the file stem is the last part of the path and a digest of the whole input") {
  struct Row {
    MediaKind kind;
    std::string_view text, stem;
  };
  constexpr std::array rows = {
      Row{MediaKind::file, "a", "a-ca978112"},
      Row{MediaKind::file, "-", "stdin-3973e022"},
      Row{MediaKind::url, "https://media.example/a.wav", "a.wav-f91c9f25"},
      Row{MediaKind::url, "https://media.example/b.wav?sig=x", "b.wav-b57b7610"},
      Row{MediaKind::url, "https://media.example/.hidden", "_hidden-22242052"},
      Row{MediaKind::url, "https://media.example/-rf", "_rf-0d822e69"},
      Row{MediaKind::url, "https://media.example/a/..", "_.-192e9f37"},
      Row{MediaKind::url, "https://media.example/", "input-fc0a3d7b"},
      Row{MediaKind::url, "https://media.example", "input-36817ef6"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    CHECK(parse_input(row.kind, std::string(row.text)).value().file_stem == row.stem);
  }
  CHECK(file_input("/x/a b.wav").file_stem.starts_with("a b.wav-"));
  CHECK(file_input("a\nb\x1b").file_stem.starts_with("a b\xEF\xBF\xBD-"));
  CHECK(file_input(std::string(1000, 'x')).file_stem.size() < 250);
}

TEST_CASE("transcription::parse_input keeps what may open a URL") {
  using Secrets = std::vector<std::string>;
  CHECK(secrets_of("https://media.example/x?token=fake-signature&k=v&=12345678&87654321") ==
        Secrets{"fake-signature", "12345678", "87654321"});
  CHECK(secrets_of("https://media.example/x?k=1234567") == Secrets{});
  CHECK(secrets_of("https://user:fake-password@media.example/x?a#fake-fragment") ==
        Secrets{"fake-password", "fake-fragment"});
}

TEST_CASE("transcription::parse_input warns of URLs that Deepgram can hardly reach") {
  for (const std::string_view here : {"http://127.0.0.1:8000/a.wav", "http://localhost/a.wav", "http://[::1]/a.wav",
                                      "https://u:p@LOCALHOST/a", "http://a.localhost/", "http://0.0.0.0/"}) {
    CAPTURE(here);
    CHECK(url_input(here).reachability.find(" is on this machine, but Deepgram has to fetch") != std::string::npos);
  }
  for (const std::string_view near :
       {"http://169.254.169.254/a.wav", "http://[fe80::1]/a.wav", "http://printer.local", "http://10.0.0.1/a.wav",
        "https://172.16.0.1/a", "http://172.31.255.255/a", "http://192.168.1.7:8000/a.wav", "http://[fd12:3456::1]/a",
        "http://100.64.0.1/a"}) {
    CAPTURE(near);
    CHECK(url_input(near).reachability.starts_with(std::string(near) + " is only reachable on this network"));
  }
  for (const std::string_view far : {"https://media.example/127.0.0.1", "https://localhost.example/", "http://8.8.8.8/",
                                     "https://localhost@media.example/", "http://172.32.0.1/", "http://11.0.0.1/",
                                     "http://192.169.0.1/", "http://10.example/", "http://[2001:db8::fd12]/"}) {
    CAPTURE(far);
    CHECK(url_input(far).reachability.empty());
  }
}

TEST_CASE("transcription::parse_input: what is not a URL, or not a file, is a usage error with a hint") {
  struct Row {
    MediaKind kind;
    std::string_view text, message, hint;
  };
  constexpr std::string_view local = "begin it with https://; for a local file, use 'dgauth transcribe-file'";
  constexpr std::string_view form = "use https://host/path, with special characters as %XX";
  constexpr std::array rows = {
      Row{MediaKind::url, "talk.wav", "talk.wav is not an http or https URL", local},
      Row{MediaKind::url, "/tmp/talk.wav", "/tmp/talk.wav is not an http or https URL", local},
      Row{MediaKind::url, "-", "stdin is not an http or https URL", local},
      Row{MediaKind::url, "ftp://x.example/y?fake-signature", "ftp://x.example/y is not an http or https URL", local},
      Row{MediaKind::url, "https://", "https:// is not a valid URL", form},
      Row{MediaKind::url, "https:///x", "https:///x is not a valid URL", form},
      Row{MediaKind::url, "https://a b/", "https://a b/ is not a valid URL", form},
      Row{MediaKind::url, "https://h.example/\xC3\xBC", "https://h.example/\xC3\xBC is not a valid URL", form},
      Row{MediaKind::url, "file:///tmp/talk.wav",
          "file:///tmp/talk.wav is a local file, but Deepgram has to fetch the URL itself",
          "use 'dgauth transcribe-file', with the path without file://"},
      Row{MediaKind::file, "https://x.example/a.wav?fake-signature", "https://x.example/a.wav is a URL, not a file",
          "use 'dgauth transcribe-url'"},
      Row{MediaKind::file, "HTTP://x.example", "HTTP://x.example is a URL, not a file", "use 'dgauth transcribe-url'"},
  };
  for (const Row& row : rows) {
    CAPTURE(std::string(row.text));
    const Result<Input> input = parse_input(row.kind, std::string(row.text));
    REQUIRE_FALSE(input.has_value());
    CHECK(input.error() ==
          Error{.kind = ErrorKind::usage, .message = std::string(row.message), .hint = std::string(row.hint)});
  }
}

TEST_CASE("transcription::parse_input: the result of a file is named by its path as it reads") {
  const auto stem = [](const std::string& text) { return parse_input(MediaKind::file, text).value().file_stem; };
  for (const std::string same :
       {"./wavs/a.wav", "wavs//a.wav", "wavs/./a.wav", "x/../wavs/a.wav", "././wavs///a.wav"}) {
    CAPTURE(same);
    CHECK(stem(same) == stem("wavs/a.wav"));
  }
  CHECK(stem("wavs/a.wav").ends_with("-" + sha256_hex("wavs/a.wav").substr(0, 8)));
  for (const std::string other : {"../wavs/a.wav", "/wavs/a.wav", "wavs/b/a.wav", "a.wav"}) {
    CAPTURE(other);
    CHECK(stem(other) != stem("wavs/a.wav"));
  }
  CHECK(stem("//wavs/a.wav") == stem("/wavs/a.wav"));
  CHECK(stem("-") != stem("./-"));
  const auto of_url = [](const std::string& text) { return parse_input(MediaKind::url, text).value().file_stem; };
  CHECK(of_url("https://h.example//a.wav") != of_url("https://h.example/a.wav"));
  CHECK(of_url("https://h.example/./a.wav") != of_url("https://h.example/a.wav"));
}

TEST_CASE("transcription::parse_inputs takes two spellings of a path for one input, unless a link says otherwise") {
  using Texts = std::vector<std::string>;
  const auto taken = [](const Texts& texts) {
    const std::vector<Input> inputs = parse_inputs(MediaKind::file, texts).value();
    Texts all;
    for (const Input& input : inputs) {
      all.push_back(input.text);
    }
    return all;
  };
  CHECK(taken({"gone/a", "./gone//a", "gone/b", "gone/c/../a"}) == Texts{"gone/a", "gone/b"});
  CHECK(taken({"-", "./-"}) == Texts{"-", "./-"});
  const support::TemporaryFolder directory;
  std::filesystem::create_directories(directory.at("deep/est"));
  std::filesystem::create_directory_symlink(directory.at("deep/est"), directory.at("link"));
  const std::string outer = directory.file("a", "outer");
  directory.file("deep/a", "inner");
  CHECK(taken({outer, directory.at("link/../a"), directory.at("deep/../a")}) ==
        Texts{outer, directory.at("link/../a")});
}

TEST_CASE("transcription::parse_input: plain names") {
  const auto plain = [](MediaKind kind, const std::string& text) {
    return parse_input(kind, text, ResultNames::plain).value().file_stem;
  };
  CHECK(plain(MediaKind::file, "d/talk.wav") == "talk");
  CHECK(plain(MediaKind::file, "talk.2.tar.wav") == "talk.2.tar");
  CHECK(plain(MediaKind::file, "talk") == "talk");
  CHECK(plain(MediaKind::file, ".wav") == "_wav");
  CHECK(plain(MediaKind::file, ".a.wav") == "_a");
  CHECK(plain(MediaKind::file, "-") == "stdin");
  CHECK(plain(MediaKind::url, "https://h.example/talk.wav?sig=x.y") == "talk");
  CHECK(plain(MediaKind::url, "https://h.example/") == "input");
}

TEST_CASE("transcription::parse_inputs ends with the first that is wrong") {
  CHECK(parse_inputs(MediaKind::url, {"https://a.example/", "https://b.example/"}).value().size() == 2);
  const auto wrong = parse_inputs(MediaKind::url, {"https://a.example/", "b.wav", "c.wav"});
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().message.starts_with("b.wav is not"));
}

TEST_CASE("transcription::check_readable finds what cannot be sent") {
  const support::TemporaryFolder directory;
  CHECK(check_readable(url_input("https://media.example/no-such-file")).has_value());
  CHECK(check_readable(file_input(directory.file("a.wav", "x"))).has_value());
  const auto message_of = [](const std::string& path) {
    const Result<void> checked = check_readable(file_input(path));
    REQUIRE_FALSE(checked.has_value());
    CHECK(checked.error().kind == ErrorKind::usage);
    return checked.error().message;
  };
  CHECK(message_of(directory.at("nix.wav")) ==
        "cannot read " + directory.at("nix.wav") + ": no such file or directory");
  CHECK(message_of(directory.file("empty.wav", "")) == directory.at("empty.wav") + " is empty");
  CHECK(message_of(directory.path()) == directory.path() + " is a directory, not a file");
  CHECK(check_readable(file_input("file:///nix.wav")).error().hint == "use the path without file://");
}

}  // namespace dgauth::transcription
