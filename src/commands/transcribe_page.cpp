// SPDX-License-Identifier: MIT
#include <array>

#include "commands/pages.hpp"

namespace dgauth::commands {
namespace {

constexpr auto statuses = std::to_array<StatusMeaning>({
    {ExitStatus::ok, "all inputs were transcribed"},
    {ExitStatus::failed, "a result could not be written, or a bug in dgauth"},
    {ExitStatus::usage, "usage error; an input that is not a URL, or a file that cannot be read"},
    {ExitStatus::no_credential, "no credential, or the configuration cannot be used"},
    {ExitStatus::refused, "the credential was refused"},
    {ExitStatus::forbidden, "the credential is not allowed to transcribe, or the token has expired"},
    {ExitStatus::limited, "no credit left, or too many requests"},
    {ExitStatus::network, "network error"},
    {ExitStatus::service, "server error or invalid response"},
    {ExitStatus::rejected, "the server rejected the request: an unknown model, a URL it cannot fetch, ..."},
});

constexpr std::array<std::string_view, 6> variables = {"DEEPGRAM_ACCESS_TOKEN", "DEEPGRAM_API_KEY",
                                                       "DEEPGRAM_API_KEY_FILE", "DEEPGRAM_BASE_URL",
                                                       "DGAUTH_CONFIG",         "DGAUTH_PROFILE"};

constexpr auto url_examples = std::to_array<Example>({
    {"Print the transcript of a recording on the web", "dgauth transcribe-url https://dpgr.am/spacewalk.wav"},
    {"Make captions", "dgauth transcribe-url -o srt https://dpgr.am/spacewalk.wav > spacewalk.srt"},
    {"Transcribe a list of URLs; after an interruption the same line does the rest",
     "dgauth transcribe-url --from-file urls.txt --output-dir transcripts --resume"},
});

constexpr auto file_examples = std::to_array<Example>({
    {"Print the transcript of a recording, with its speakers", "dgauth transcribe-file --diarize talk.wav"},
    {"Make captions", "dgauth transcribe-file -o srt talk.wav > talk.srt"},
    {"Transcribe many files; after an interruption the same line does the rest",
     "dgauth transcribe-file *.wav -j 8 --output-dir transcripts --resume"},
});

}  // namespace

constexpr Page transcribe_url_page = {
    .about =
        "Has Deepgram fetch and transcribe the audio at each URL, and prints the transcripts. Deepgram fetches the "
        "URLs "
        "itself, so they must be reachable from the internet without a login.\n\n"
        "With several inputs, one that fails does not stop the others; the exit status is that of the first input that "
        "failed. A credential that is refused, or no credit, stops the run.",
    .statuses = statuses,
    .variables = variables,
    .examples = url_examples,
};

constexpr Page transcribe_file_page = {
    .about =
        "Sends each audio file to Deepgram and prints the transcripts; `-` is standard input. Files are read as they "
        "are "
        "sent, however large they are; the content type is taken from the file extension.\n\n"
        "With several inputs, one that fails does not stop the others; the exit status is that of the first input that "
        "failed. A credential that is refused, or no credit, stops the run.",
    .statuses = statuses,
    .variables = variables,
    .examples = file_examples,
};

}  // namespace dgauth::commands
