#!/usr/bin/env python3
"""Memory that runs out at any moment, in the libraries too: the right result, or status 1 with one line.

tests/unit/cli/memory_test.cpp walks every allocation of our own code; this walks a sample of the process's.
"""

import concurrent.futures
import os
import re
import subprocess
import sys
import unittest
from dataclasses import dataclass, field
from pathlib import Path

from loopback import RawServer, make_certificate, read_request, server_context
from place import Place, binary_from_environment
from text import FRAGMENT, fake_jwt

DGAUTH = binary_from_environment()
KEY = "fa4e0003" * 5
TOKEN = fake_jwt({"sub": "nobody"})
RUNS = 120  # of each command, spread over its allocations
BEYOND = 10**9
TRANSCRIPT = ('{"metadata":{"request_id":"r"},"results":{"channels":[{"alternatives":'
              '[{"transcript":"hello","words":[{"word":"hello","start":0.1,"end":0.5}]}]}]}}')
ONE_LINE = re.compile(r'(dgauth: error: [^\n]+\n|\{"error":\{[^\n]+\}\}\n)(dgauth: hint: [^\n]+\n)?')


@dataclass
class Line:
    words: list[str]
    env: dict[str, str] = field(default_factory=dict)


LINES = [
    Line(["grant", "--ttl", "60"]),
    Line(["grant", "--json", "--cache"]),
    Line(["grant", "-o", "export"], {"tls": "yes"}),
    Line(["header", "-o", "ws"]),
    Line(["check", "--json"]),
    Line(["transcribe-url", "https://media.example/a.wav?sig=fake-signature"]),
    Line(["transcribe-url", "https://media.example/a.wav", "--json"]),
    Line(["transcribe-file", "a.wav", "-o", "srt", "--output-dir", "out"]),
    Line(["grant", "--dry-run"]),
    Line(["--help"]),
]


def answer(sock) -> None:
    while request := read_request(sock):
        path = request.split(b" ")[1]
        status, body = "200 OK", TRANSCRIPT
        if path.startswith(b"/v1/auth/grant"):
            body = f'{{"access_token":"{TOKEN}","expires_in":60}}'
        elif not (path.startswith(b"/v1/listen") and request.startswith(b"POST")):
            status, body = "403 Forbidden", '{"err_code":"FORBIDDEN","err_msg":"m"}'
        sock.sendall(f"HTTP/1.1 {status}\r\nContent-Length: {len(body)}\r\n\r\n{body}".encode())


def shape(output: bytes) -> bytes:
    """Times differ from run to run."""
    return re.sub(rb"[0-9]+", b"0", output)


def holds_part_of(text: bytes, secret: str) -> bool:
    return any(secret[at:at + FRAGMENT].encode() in text
               for at in range(len(secret) - FRAGMENT + 1))


def is_alone() -> bool:
    """Needs nothing but libc. The constructors of other libraries end a process without memory."""
    listing = subprocess.run(["ldd", DGAUTH], capture_output=True, text=True, check=False).stdout
    return "libc.so" in listing and "libcurl" not in listing


@unittest.skipUnless(sys.platform == "linux", "needs glibc's names for its allocator")
@unittest.skipUnless(is_alone(), "for the release, which needs nothing but libc")
class MemoryTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        source = Path(__file__).with_name("failing_malloc.c")
        self.shim = str(self.place.root / "failing_malloc.so")
        subprocess.run(["cc", "-O1", "-shared", "-fPIC", "-o", self.shim, str(source)], check=True)
        self.plain = self.enterContext(RawServer(answer))
        certificate, key = make_certificate(self.place.root, "IP:127.0.0.1")
        self.ca = str(certificate)
        self.tls = self.enterContext(RawServer(answer, context=server_context(certificate, key)))

    def environment(self, line: Line, fail_at: int, for_good: bool) -> dict[str, str]:
        is_tls = "tls" in line.env
        port = self.tls.port if is_tls else self.plain.port
        env = {"DEEPGRAM_API_KEY": KEY, "LD_PRELOAD": self.shim, "FAIL_AT": str(fail_at),
               "DEEPGRAM_BASE_URL": f"http{'s' if is_tls else ''}://127.0.0.1:{port}"}
        if is_tls:
            env["SSL_CERT_FILE"] = self.ca
        return env | ({"FAIL_FOR_GOOD": "1"} if for_good else {})

    def run_line(self, line: Line, fail_at: int, for_good: bool):
        """In a place of its own, whether that allocation was never reached, and how it ended."""
        with Place() as place:
            place.write("a.wav", "RIFF")
            beyond = place.root / "beyond"
            env = self.environment(line, fail_at, for_good) | {"COUNT_FILE": str(beyond)}
            outcome = place.run([DGAUTH, *line.words], env)
            return outcome, beyond.exists()

    def allocations(self, line: Line) -> int:
        """The least number that is beyond the last allocation, found by halving."""
        low, high = 0, 1
        while not self.run_line(line, high, False)[1]:
            low, high = high, high * 2
        while high - low > 50:
            middle = (low + high) // 2
            low, high = (low, middle) if self.run_line(line, middle, False)[1] else (middle, high)
        return high

    def complaint(self, line: Line, usual, fail_at: int, for_good: bool) -> str:
        outcome, _ = self.run_line(line, fail_at, for_good)
        if outcome.status == usual.status and shape(outcome.stdout) == shape(usual.stdout):
            return ""
        where = f"{line.words} with allocation {fail_at}{' and all after it' * for_good}"
        if outcome.status != 1 or not ONE_LINE.search(outcome.message):
            return f"{where}: status {outcome.status}, {outcome.stderr!r}"
        for secret in (TOKEN, KEY):
            if holds_part_of(outcome.stdout + outcome.stderr, secret):
                return f"{where}: shows a secret: {outcome}"
        return ""

    def test_every_command(self) -> None:
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for line in LINES:
                usual, _ = self.run_line(line, BEYOND, False)
                total = self.allocations(line)
                step = max(total // RUNS, 1)
                cases = [(at, for_good) for for_good in (False, True)
                         for at in range(0, total, step)]
                said = pool.map(lambda case: self.complaint(line, usual, *case), cases)
                bad = [each for each in said if each]
                with self.subTest(line=line.words):
                    self.assertEqual(bad, [], f"{len(bad)} of {len(cases)} runs")


if __name__ == "__main__":
    unittest.main()
