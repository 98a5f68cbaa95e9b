#!/usr/bin/env python3
"""Captions, byte for byte: captions/NAME.json is an answer, NAME.srt and NAME.vtt what comes of it.

With --write it writes the files anew instead; look at what git shows then.
"""

import sys
import unittest
from pathlib import Path

from place import Place, binary_from_environment
from sandbox import Reply, Sandbox

DGAUTH = binary_from_environment()
ANSWERS = sorted((Path(__file__).resolve().parent / "captions").glob("*.json"))
FORMATS = ("srt", "vtt")


def captions(place: Place, box: Sandbox, answer: Path, form: str) -> bytes:
    box.script(Reply(200, {"content-type": "application/json"}, answer.read_bytes()))
    outcome = place.run([DGAUTH, "transcribe-url", "https://media.example/a.wav", "-o", form],
                        {"DEEPGRAM_BASE_URL": box.base_url, "DEEPGRAM_API_KEY": box.keys["member"]})
    if outcome.status or outcome.stderr:
        raise AssertionError(outcome.message)
    return outcome.stdout


class CaptionsTest(unittest.TestCase):
    def test_each_answer(self) -> None:
        self.assertGreaterEqual(len(ANSWERS), 10)
        with Place() as place, Sandbox(tls=False) as box:
            for answer in ANSWERS:
                for form in FORMATS:
                    with self.subTest(answer.stem, form=form):
                        self.assertEqual(captions(place, box, answer, form).decode(),
                                         answer.with_suffix(f".{form}").read_text(encoding="utf-8"))


def write() -> None:
    with Place() as place, Sandbox(tls=False) as box:
        for answer in ANSWERS:
            for form in FORMATS:
                answer.with_suffix(f".{form}").write_bytes(captions(place, box, answer, form))


if __name__ == "__main__":
    if "--write" in sys.argv:
        write()
    else:
        unittest.main()
