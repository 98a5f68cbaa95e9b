#!/usr/bin/env python3
"""--timeout bounds the whole of a command, whatever it waits for before the first request."""

import os
import threading
import unittest

from place import Place, binary_from_environment
from sandbox import Sandbox

DGAUTH = binary_from_environment()
SLOW = "[profiles.a]\napi_key_command = ['sh', '-c', 'sleep 20; echo {key}']\n"
COMMANDS = (["grant"], ["grant", "--cache"], ["header"], ["check"],
            ["transcribe-url", "https://media.example/a.wav", "--auth", "grant"])
SOURCES = {
    "a pipe with the key": (3, ["--api-key-file", "pipe"]),
    "a command that gives the key": (3, ["-c", "slow.toml", "-p", "a"]),
    "a pipe with the configuration": (3, ["-c", "pipe"]),
    "a pipe with authorities": (2, ["--cacert", "pipe"]),
}


class TimeoutTest(unittest.TestCase):
    def test_before_the_first_request(self) -> None:
        with Place() as place, Sandbox(tls=False) as box:
            os.mkfifo(place.path("pipe"), 0o600)
            place.write("slow.toml", SLOW.replace("{key}", box.keys["member"]))
            env = {"DEEPGRAM_BASE_URL": box.base_url, "DEEPGRAM_API_KEY": box.keys["member"]}
            outcomes = {}

            def run(name: str, command: list[str], args: list[str]) -> None:
                outcomes[name, *command] = place.run(
                    [DGAUTH, *command, "--timeout", "1", *args], env, limit=20)

            threads = [threading.Thread(target=run, args=(name, command, args))
                       for name, (_, args) in SOURCES.items() for command in COMMANDS]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            self.assertEqual(box.requests, [])
            for case, outcome in outcomes.items():
                with self.subTest(case):
                    self.assertEqual(outcome.status, SOURCES[case[0]][0], outcome.message)
                    self.assertEqual(outcome.stdout, b"")
                    self.assertIn("dgauth: hint: the time limit of 1 s for the whole command "
                                  "has passed: raise --timeout\n", outcome.message)
                    self.assertGreater(outcome.seconds, 0.9)
                    self.assertLess(outcome.seconds, 3)

    def test_a_list_of_inputs(self) -> None:
        with Place() as place, Sandbox(tls=False) as box:
            os.mkfifo(place.path("pipe"), 0o600)
            env = {"DEEPGRAM_BASE_URL": box.base_url, "DEEPGRAM_API_KEY": box.keys["member"]}
            outcome = place.run([DGAUTH, "transcribe-url", "--from-file", "pipe", "--timeout", "1"],
                                env, limit=10)
            self.assertEqual((outcome.status, outcome.stdout, box.requests), (2, b"", []))
            self.assertIn("dgauth: hint: raise --timeout\n", outcome.message)
            self.assertLess(outcome.seconds, 3)


if __name__ == "__main__":
    unittest.main()
