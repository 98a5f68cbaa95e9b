#!/usr/bin/env python3
"""Batches: order, kept connections, the pause after a 429, and going on after a kill."""

import hashlib
import json
import os
import random
import signal
import subprocess
import time
import unittest
from pathlib import Path

from place import Place, binary_from_environment
from sandbox import Reply, Sandbox

DGAUTH = binary_from_environment()
LIMIT = 60.0  # seconds for one run
KILLS = 20
SEED = 20260301


def url_of(number: int) -> str:
    return f"https://media.example/talk{number}.wav"


def transcript_of(number: int) -> str:
    return f"hello from the sandbox you sent talk{number}.wav nobody really listened to it"


def file_name(number: int, ending: str) -> str:
    digest = hashlib.sha256(url_of(number).encode()).hexdigest()
    return f"talk{number}.wav-{digest[:8]}.{ending}"


class BatchTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())

    def sandbox(self, latency: float = 0.0) -> Sandbox:
        box = self.enterContext(Sandbox(tls=False, latency=latency))
        self.env = {"DEEPGRAM_BASE_URL": box.base_url, "DEEPGRAM_API_KEY": box.keys["member"]}
        return box

    def list_of(self, count: int) -> None:
        self.place.write("list", "".join(url_of(number) + "\n" for number in range(count)))

    def transcribe(self, *args: str):
        return self.place.run([DGAUTH, "transcribe-url", "--from-file", "list", *args], self.env,
                              limit=LIMIT)

    def test_five_hundred_inputs(self) -> None:
        """all there, once, in order, on as many connections as there are jobs"""
        box = self.sandbox()
        self.list_of(500)
        outcome = self.transcribe("-j", "50")
        self.assertEqual(outcome.status, 0, outcome.message)
        expected = "\n".join(f"==> {url_of(number)} <==\n{transcript_of(number)}\n"
                             for number in range(500))
        self.assertEqual(outcome.stdout.decode(), expected)
        self.assertEqual(outcome.message, "dgauth: note: 500 succeeded\n")
        self.assertEqual(sorted(box.processed), sorted(url_of(number) for number in range(500)))
        self.assertLessEqual(len({each.connection for each in box.requests}), 50)

    def test_json_lines_come_as_they_finish(self) -> None:
        box = self.sandbox()
        box.script(Reply(delay=1.0, passthrough=True))
        self.list_of(3)
        outcome = self.transcribe("-j", "3", "-o", "json")
        lines = [json.loads(line) for line in outcome.stdout.splitlines()]
        self.assertEqual({each["input"] for each in lines}, {url_of(n) for n in range(3)})
        slow = lines[-1]["response"]["metadata"]["request_id"]
        self.assertEqual({each["status"] for each in lines}, {0})
        self.assertTrue(slow)
        self.assertEqual(len({each["input"] for each in lines[:2]}), 2)

    def test_a_429_holds_back_every_job(self) -> None:
        """promise 15: what the server asks for counts for all of them"""
        box = self.sandbox()
        box.script(Reply(429, {"Retry-After": "1"}))
        self.list_of(12)
        outcome = self.transcribe("-j", "3")
        self.assertEqual(outcome.status, 0, outcome.message)
        times = sorted(each.time for each in box.requests)
        self.assertEqual(len(times), 13)
        # The others of the first three may be on their way already, and start one more each
        # while the 429 travels.
        early = [when for when in times if when < times[0] + 0.9]
        self.assertLessEqual(len(early), 6, times)
        self.assertGreaterEqual(min(set(times) - set(early)), times[0] + 0.95)

    def test_kill_and_resume(self) -> None:
        """promise 25: at any moment a result is there and whole, or not there at all"""
        chance = random.Random(SEED)
        for kill in range(KILLS):
            ending = ("txt", "json", "srt")[kill % 3]
            moment = chance.uniform(0.01, 0.35)
            with self.subTest(kill=kill, ending=ending, moment=moment):
                self.kill_and_resume(30, ending, moment)

    def kill_and_resume(self, count: int, ending: str, moment: float) -> None:
        box = self.sandbox(latency=0.02)
        self.list_of(count)
        folder = self.place.path(f"out-{ending}-{moment}")
        args = ["-j", "4", "-o", {"txt": "text"}.get(ending, ending), "--output-dir", str(folder)]
        self.run_and_kill(args, moment)
        box.wait_idle(5)
        there = {path.name: path.read_bytes() for path in folder.glob("*")} if folder.exists() else {}
        finished = {name for name in there if not name.startswith(".")}
        for number in range(count):
            if file_name(number, ending) in finished:
                self.check_whole(folder / file_name(number, ending), number, ending)

        time.sleep(0.1)  # what was under way when the kill came may still be counted
        box.wait_idle(5)
        box.processed.clear()
        outcome = self.transcribe(*args, "--resume")
        self.assertEqual(outcome.status, 0, outcome.message)
        self.assertEqual(sorted(path.name for path in folder.iterdir()),
                         sorted(file_name(number, ending) for number in range(count)))
        for number in range(count):
            path = folder / file_name(number, ending)
            self.check_whole(path, number, ending)
            if path.name in finished:
                self.assertEqual(path.read_bytes(), there[path.name])
        self.assertEqual(sorted(box.processed), sorted(
            url_of(number) for number in range(count)
            if file_name(number, ending) not in finished))

    def run_and_kill(self, args: list[str], moment: float) -> None:
        process = subprocess.Popen(
            [DGAUTH, "transcribe-url", "--from-file", "list", *args], cwd=self.place.cwd,
            env=self.place.environment(self.env), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moment)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()

    def check_whole(self, path: Path, number: int, ending: str) -> None:
        text = path.read_text()
        if ending == "json":
            answer = json.loads(text)["results"]["channels"][0]["alternatives"][0]
            self.assertEqual(answer["transcript"], transcript_of(number))
        elif ending == "txt":
            self.assertEqual(text, transcript_of(number) + "\n")
        else:
            self.assertTrue(text.startswith("1\n00:00:00,000 --> "), text)
            self.assertTrue(text.endswith("nobody really listened to it\n"), text)


if __name__ == "__main__":
    unittest.main()
