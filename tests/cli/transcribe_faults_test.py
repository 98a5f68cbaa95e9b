#!/usr/bin/env python3
"""What goes wrong around a batch: the place of its results, its terminal, its token, its server."""

import json
import subprocess
import time
import unittest

from place import Place, binary_from_environment
from sandbox import Reply, Sandbox
from terminal import Terminal

DGAUTH = binary_from_environment()
JSON = {"content-type": "application/json"}
ANSWER = {"metadata": {"request_id": "r-1"}, "results": {"channels": [{"alternatives": [
    {"transcript": "hello there", "confidence": 0.9, "words": []}]}]}}


def url_of(number: int) -> str:
    return f"https://media.example/talk{number}.wav"


class FaultsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box = self.enterContext(Sandbox(tls=False))
        self.env = {"DEEPGRAM_BASE_URL": self.box.base_url,
                    "DEEPGRAM_API_KEY": self.box.keys["member"]}

    def transcribe(self, *args: str):
        return self.place.run([DGAUTH, "transcribe-url", *args], self.env, limit=20)

    def listens(self) -> list:
        return [each for each in self.box.requests if each.path == "/v1/listen"]

    def grants(self) -> int:
        return sum(each.path == "/v1/auth/grant" for each in self.box.requests)


class FolderTest(FaultsTest):
    def test_two_batches_in_one_folder(self) -> None:
        """--resume takes away what a killed run left, not what another one is writing"""
        # Of a short answer nothing is written before all of it is there.
        answer = json.dumps(ANSWER).replace("hello", "hello " * 40000).encode()
        drip = (len(answer) // 400, 2.0 / 400)
        self.box.script(Reply(200, JSON, answer, drip=drip), "POST", "/v1/listen", 1)
        folder = str(self.place.path("out"))
        args = ["-o", "json", "--output-dir", folder, "--resume"]
        first = subprocess.Popen(
            [DGAUTH, "transcribe-url", url_of(0), *args], cwd=self.place.cwd,
            env=self.place.environment(self.env), stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        with first:
            deadline = time.monotonic() + 5
            while not list(self.place.path("out").glob(".dgauth-*")):
                self.assertLess(time.monotonic(), deadline, "nothing is being written")
                time.sleep(0.01)
            self.place.write("out/.dgauth-killed", "half")
            second = self.transcribe(url_of(1), *args)
            self.assertEqual(second.status, 0, second.message)
            self.assertIsNone(first.poll(), "the first was too quick")
            self.assertEqual((first.communicate(timeout=10)[1], first.returncode), (b"", 0))
        names = sorted(path.name for path in self.place.path("out").iterdir())
        self.assertEqual([name.split("-")[0] for name in names], ["talk0.wav", "talk1.wav"])

    def test_a_full_disk_ends_the_batch(self) -> None:
        """what nobody can keep is not sent for"""
        answer = json.dumps(ANSWER).replace("hello", "hello " * 1000).encode()
        self.box.script(Reply(200, JSON, answer), "POST", "/v1/listen", None)
        for form in ("json", "text"):
            with self.subTest(form):
                self.box.requests.clear()
                folder = self.place.path(f"out-{form}")
                outcome = self.place.run(
                    ["bash", "-c", 'ulimit -f 1; exec "$@"', "bash", DGAUTH, "transcribe-url",
                     *map(url_of, range(6)), "-j", "1", "-o", form, "--output-dir", str(folder)],
                    self.env, limit=20)
                self.assertEqual((outcome.status, len(self.listens())), (1, 1), outcome.message)
                self.assertIn("file too large", outcome.message)
                self.assertIn("dgauth: note: 0 succeeded, 1 failed, 5 not sent\n", outcome.message)
                self.assertEqual(list(folder.iterdir()), [])

    def test_a_page_is_no_result(self) -> None:
        """whatever it is labelled: it is not streamed, and no file is made of it"""
        page = b"<html>login</html>"
        for body in (page, b'{"results":', b'{"results":{"a":{}}', b"", b"[]"):
            for label in ("application/json", "Text/HTML; charset=utf-8", None):
                with self.subTest(body=body, label=label):
                    headers = {"content-type": label} if label else {}
                    self.box.script(Reply(200, headers, body), "POST", "/v1/listen", 2)
                    alone = self.transcribe(url_of(0), "-o", "json")
                    self.assertEqual((alone.status, alone.stdout), (8, b""), alone.message)
                    folder = self.place.path("out")
                    kept = self.transcribe(url_of(0), "-o", "json", "--output-dir", str(folder))
                    self.assertEqual(kept.status, 8)
                    self.assertEqual(list(folder.iterdir()), [])


class TerminalTest(FaultsTest):
    def test_progress_and_answer_share_it(self) -> None:
        """what was drawn is gone before the answer comes, and nothing is drawn into it"""
        answer = json.dumps(ANSWER, indent=2).encode()
        self.box.script(Reply(200, JSON, answer, delay=0.8, drip=(1, 1.0 / len(answer))))
        with Terminal() as terminal:
            terminal.start([DGAUTH, "transcribe-url", url_of(0), "-o", "json"],
                           str(self.place.cwd), self.place.environment(self.env))
            self.assertEqual(terminal.finish(10), 0, terminal.shown)
            progress, carriage_return, rest = terminal.shown.rpartition(b"\r")
            self.assertIn(b"waiting for the transcript", progress)
            self.assertEqual((carriage_return, rest), (b"\r", answer))


class TokenTest(FaultsTest):
    def test_cache(self) -> None:
        """--auth grant with --cache: the token of the run before, and of grant"""
        for number in range(3):
            outcome = self.transcribe(url_of(number), "--auth", "grant", "--cache", "--ttl", "1h")
            self.assertEqual((outcome.status, outcome.message), (0, ""))
            self.assertEqual(self.grants(), 1)
        minted = self.place.run([DGAUTH, "grant", "--cache", "--ttl", "1h"], self.env)
        self.assertEqual(minted.stdout.decode().strip(), self.box.tokens[-1])
        self.assertEqual(self.grants(), 1)
        sent = {value for each in self.listens() for name, value in each.headers
                if name.lower() == "authorization"}
        self.assertEqual(sent, {f"Bearer {self.box.tokens[-1]}"})

    def test_cache_of_the_profile(self) -> None:
        self.place.write("~/.config/dgauth/config.toml",
                         'profile = "a"\n[profiles.a]\ncache = true\nttl = 600\n')
        for args, grants in (([], 1), ([], 1), (["--no-cache"], 2), (["-q", "--min-valid", "1h"], 3)):
            with self.subTest(args):
                outcome = self.transcribe(url_of(0), "--auth", "grant", *args)
                self.assertEqual((outcome.status, outcome.message), (0, ""))
                self.assertEqual(self.grants(), grants)

    def test_a_cached_token_that_is_refused(self) -> None:
        """the service takes it no longer: another is minted"""
        self.transcribe(url_of(0), "--auth", "grant", "--cache", "--ttl", "1h")
        refusal = {"err_code": "INVALID_AUTH", "err_msg": "Invalid credentials."}
        self.box.script(Reply(401, JSON, json.dumps(refusal).encode()), "POST", "/v1/listen", 1)
        outcome = self.transcribe(url_of(1), url_of(2), "--auth", "grant", "--cache", "--ttl", "1h")
        self.assertEqual((outcome.status, self.grants()), (0, 2), outcome.message)
        self.transcribe(url_of(3), "--auth", "grant", "--cache", "--ttl", "1h")
        self.assertEqual(self.grants(), 2, "the other one was not kept")

    def test_strict_ttl(self) -> None:
        granted = {"access_token": "fake-token", "expires_in": 10}
        self.box.script(Reply(200, JSON, json.dumps(granted).encode()), "POST", "/v1/auth/grant", 2)
        for more in ([], ["--cache"]):
            outcome = self.transcribe(url_of(0), "--auth", "grant", "--ttl", "60", "--strict-ttl",
                                      *more)
            self.assertEqual((outcome.status, self.listens()), (8, []), outcome.message)

    def test_nothing_to_mint(self) -> None:
        for args in (["--cache"], ["--ttl", "60", "--auth", "key"], ["--no-cache", "--auth", "none"],
                     ["--min-valid", "5", "--auth", "token"]):
            with self.subTest(args):
                outcome = self.transcribe(url_of(0), *args)
                self.assertEqual(outcome.status, 2)
                self.assertIn("use --auth grant", outcome.message)
        self.assertEqual(self.box.requests, [])


class FilesTest(FaultsTest):
    def test_few_descriptors(self) -> None:
        """the soft limit is no limit where the hard one is higher"""
        script = 'ulimit -Sn 24; exec "$@"'
        outcome = self.place.run(
            ["bash", "-c", script, "bash", DGAUTH, "transcribe-url", *map(url_of, range(80)),
             "-j", "40", "--output-dir", str(self.place.path("out"))], self.env, limit=20)
        self.assertEqual((outcome.status, outcome.message), (0, "dgauth: note: 80 succeeded\n"))


class ServerTest(FaultsTest):
    def test_a_429_late_in_the_time_of_its_input(self) -> None:
        """the pause counts for the others even where it is too long for that one"""
        self.box.script(Reply(429, {"Retry-After": "2"}, delay=2.0), "POST", "/v1/listen", 1)
        outcome = self.transcribe(url_of(0), url_of(1), "-j", "1", "--timeout", "3")
        self.assertEqual(outcome.status, 6, outcome.message)
        times = [each.time for each in self.listens()]
        self.assertEqual(len(times), 2)
        self.assertGreaterEqual(times[1] - times[0], 3.9)

    def test_a_429_that_comes_while_others_wait(self) -> None:
        """who waits for its own retry is not put off past its time"""
        self.box.script(Reply(429, {"Retry-After": "1"}), "POST", "/v1/listen", 1)
        self.box.script(Reply(429, {"Retry-After": "60"}, delay=0.5), "POST", "/v1/listen", 1)
        outcome = self.transcribe(url_of(0), url_of(1), url_of(2), "-j", "2", "--timeout", "5")
        self.assertEqual(outcome.status, 6, outcome.message)
        self.assertLess(outcome.seconds, 3)
        self.assertIn("dgauth: note: 0 succeeded, 1 failed, 2 not sent\n", outcome.message)


if __name__ == "__main__":
    unittest.main()
