#!/usr/bin/env python3
"""A batch with fewer descriptors than its jobs could use."""

import json
import unittest

from place import Place, binary_from_environment
from sandbox import Reply, Sandbox

DGAUTH = binary_from_environment()
ANSWER = {"results": {"channels": [{"alternatives": [{"transcript": "hello there"}]}]}}
COUNT = 30


def is_sanitized() -> bool:
    with open(DGAUTH, "rb") as binary:
        return b"__ubsan_" in binary.read()


class FewDescriptorsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box = self.enterContext(Sandbox(tls=False))
        self.env = {"DEEPGRAM_BASE_URL": self.box.base_url,
                    "DEEPGRAM_API_KEY": self.box.keys["member"]}
        self.names = [f"{number}.wav" for number in range(COUNT)]
        for name in self.names:
            self.place.write(name, "RIFF")

    def run_with(self, limit: int, *args: str):
        return self.place.run(
            ["bash", "-c", f'ulimit -n {limit}; exec "$@"', "bash", DGAUTH, "transcribe-file",
             *self.names, "-j", str(COUNT), *args], self.env, limit=20)

    def test_enough_for_a_few(self) -> None:
        """an input waits for a descriptor that another one gives back"""
        answer = json.dumps(ANSWER).encode()
        self.box.script(Reply(200, {"content-type": "application/json"}, answer, delay=0.02),
                        "POST", "/v1/listen", None)
        for limit in (12, 32, 60):
            with self.subTest(limit):
                outcome = self.run_with(limit, "--output-dir", f"out-{limit}")
                self.assertEqual((outcome.status, outcome.message),
                                 (0, f"dgauth: note: {COUNT} succeeded\n"))

    @unittest.skipIf(is_sanitized(), "UBSan needs descriptors itself")
    def test_enough_for_none(self) -> None:
        """neither the inputs nor the network are to blame"""
        outcome = self.run_with(5, "-o", "json")
        self.assertEqual(outcome.status, 1, outcome.message)
        statuses = {json.loads(line)["status"] for line in outcome.stdout.splitlines()}
        self.assertEqual(statuses, {1})
        self.assertEqual(self.box.requests, [])


if __name__ == "__main__":
    unittest.main()
