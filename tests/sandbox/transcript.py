"""Transcripts of what the sandbox never heard, in the shape real ones have.

They depend only on what was sent, so that a test can tell them apart and knows them beforehand.
"""

import re
from dataclasses import dataclass

WORD_SECONDS = 0.4
SPOKEN_SECONDS = 0.32
PAUSE_SECONDS = 1.0          # between sentences: longer than the default of utt_split
STAGGER_SECONDS = 0.5        # by which each channel begins after the one before
CONFIDENCE = 0.99
SPEAKERS = 2                 # take turns, a sentence each


@dataclass(frozen=True)
class Wanted:
    """What of a transcript was asked for."""

    channels: int = 1
    punctuated: bool = False
    diarized: bool = False
    paragraphs: bool = False
    utterances: bool = False
    utterance_gap: float = 0.8
    summary: bool = False
    language_detected: bool = False


@dataclass(frozen=True)
class Word:
    text: str                # punctuated
    sentence: int
    start: float
    end: float

    def as_json(self, wanted: Wanted) -> dict:
        word = {"word": _bare(self.text), "start": self.start, "end": self.end,
                "confidence": CONFIDENCE}
        if wanted.punctuated:
            word["punctuated_word"] = self.text
        if wanted.diarized:
            word |= {"speaker": self.speaker, "speaker_confidence": CONFIDENCE}
        return word

    @property
    def speaker(self) -> int:
        return self.sentence % SPEAKERS


def results(name: str, duration: float | None, wanted: Wanted) -> dict:
    """The member `results` of an answer, about an input of that name and length in seconds."""
    channels = [_spoken(name, number, wanted.channels) for number in range(wanted.channels)]
    if duration is not None:
        channels = _fitted(channels, duration)
    found: dict = {"channels": [_channel(words, wanted) for words in channels]}
    if wanted.utterances:
        found["utterances"] = sorted(
            (_utterance(words, channel, wanted)
             for channel, spoken in enumerate(channels)
             for words in _grouped(spoken, wanted)),
            key=lambda utterance: utterance["start"])
    if wanted.summary:
        found["summary"] = {"result": "success", "short": f"The sandbox speaks of {name}."}
    return found


def seconds(found: dict) -> float:
    """The time by which the last word of `results` has been spoken."""
    return max((channel["alternatives"][0]["words"][-1]["end"] for channel in found["channels"]
                if channel["alternatives"][0]["words"]), default=0.0)


def readable(name: str) -> str:
    """The name as one word that needs no quoting anywhere."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name)[:60].strip(".-") or "nothing"


def _spoken(name: str, channel: int, of: int) -> list[Word]:
    place = f"channel {channel + 1} of the sandbox" if of > 1 else "the sandbox"
    sentences = (f"Hello from {place}.", f"You sent {name}.", "Nobody really listened to it.")
    words = []
    now = channel * STAGGER_SECONDS
    for number, sentence in enumerate(sentences):
        for text in sentence.split():
            words.append(Word(text, number, round(now, 3), round(now + SPOKEN_SECONDS, 3)))
            now += WORD_SECONDS
        now += PAUSE_SECONDS
    return words


def _fitted(channels: list[list[Word]], duration: float) -> list[list[Word]]:
    """The same words within the duration of the input; none in none."""
    if duration <= 0:
        return [[] for _ in channels]
    scale = duration / max(words[-1].end for words in channels)
    return [[Word(word.text, word.sentence, round(word.start * scale, 3),
                  round(word.end * scale, 3)) for word in words] for words in channels]


def _channel(words: list[Word], wanted: Wanted) -> dict:
    alternative: dict = {
        "transcript": _transcript(words, wanted),
        "confidence": CONFIDENCE if words else 0.0,
        "words": [word.as_json(wanted) for word in words],
    }
    if wanted.paragraphs:
        paragraphs = [_paragraph(group, wanted) for group in _turns(words, wanted)]
        alternative["paragraphs"] = {
            "transcript": "\n" + "\n\n".join(_paragraph_text(each) for each in paragraphs),
            "paragraphs": paragraphs,
        }
    channel: dict = {"alternatives": [alternative]}
    if wanted.language_detected:
        channel["detected_language"] = "en"
    return channel


def _paragraph(words: list[Word], wanted: Wanted) -> dict:
    sentences = _split(words, lambda before, after: before.sentence != after.sentence)
    paragraph = {
        "sentences": [{"text": _text(each), "start": each[0].start, "end": each[-1].end}
                      for each in sentences],
        "start": words[0].start, "end": words[-1].end, "num_words": len(words),
    }
    return paragraph | ({"speaker": words[0].speaker} if wanted.diarized else {})


def _paragraph_text(paragraph: dict) -> str:
    text = " ".join(sentence["text"] for sentence in paragraph["sentences"])
    return f"Speaker {paragraph['speaker']}: {text}" if "speaker" in paragraph else text


def _utterance(words: list[Word], channel: int, wanted: Wanted) -> dict:
    utterance = {
        "start": words[0].start, "end": words[-1].end, "confidence": CONFIDENCE,
        "channel": channel, "transcript": _transcript(words, wanted),
        "words": [word.as_json(wanted) for word in words],
        "id": f"fa4e0000-0000-4000-8000-{channel:04}{int(words[0].start * 1000):08}",
    }
    return utterance | ({"speaker": words[0].speaker} if wanted.diarized else {})


def _grouped(words: list[Word], wanted: Wanted) -> list[list[Word]]:
    """By silences, and by speakers where they are told apart."""
    return _split(words, lambda before, after: (
        after.start - before.end >= wanted.utterance_gap
        or (wanted.diarized and before.speaker != after.speaker)))


def _turns(words: list[Word], wanted: Wanted) -> list[list[Word]]:
    return _split(words, lambda before, after: (
        wanted.diarized and before.speaker != after.speaker))


def _split(words: list[Word], between) -> list[list[Word]]:
    """Cuts wherever `between` says so of two neighbours."""
    groups: list[list[Word]] = []
    for word in words:
        if not groups or between(groups[-1][-1], word):
            groups.append([])
        groups[-1].append(word)
    return groups


def _transcript(words: list[Word], wanted: Wanted) -> str:
    return _text(words) if wanted.punctuated else " ".join(_bare(word.text) for word in words)


def _text(words: list[Word]) -> str:
    return " ".join(word.text for word in words)


def _bare(text: str) -> str:
    return text.strip(".,").lower()
