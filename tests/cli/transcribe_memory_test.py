#!/usr/bin/env python3
"""What does not fit into memory: a large answer, a large file, and a stdin that dawdles."""

import os
import re
import socket
import subprocess
import threading
import time
import unittest

from loopback import RawServer
from place import SANITIZER_SETTINGS, Place, binary_from_environment

DGAUTH = binary_from_environment()
LIMIT = 200.0  # seconds for one run
MEGABYTE = 1024 * 1024
MOST_MEMORY = 32 * 1000 * 1000
ANSWER = 100 * 1000 * 1000
LARGEST_ANSWER = 256 * MEGABYTE  # that is read for text and captions
FILE = 2 * 1000 * 1000 * 1000
# An answer, where many pieces of one kind have their place.
BEGIN = b'{"results":{"channels":[{"alternatives":[{"transcript":"heard","words":['
END = b']}]}]}}'
WORD = b'{"word":"endless","start":12.34,"end":13.1,"confidence":0.998,"punctuated_word":"Endless,"},'
NOTHING = b'{"results":{"nothing":['
SAID = b'],"channels":[{"alternatives":[{"transcript":"heard"}]}]}}'
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


class MemoryTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.received = 0
        self.peak = 0
        self.reply = b'{"results":{"channels":[]}}'

    def serve(self, talk) -> None:
        self.server = self.enterContext(RawServer(talk))
        self.env = {"DEEPGRAM_BASE_URL": f"http://127.0.0.1:{self.server.port}",
                    "DEEPGRAM_API_KEY": "fa4e0003" * 5}

    def take_request(self, sock: socket.socket) -> None:
        """Reads a whole request and counts its body."""
        head = b""
        while b"\r\n\r\n" not in head:
            head += sock.recv(65536)
        head, _, body = head.partition(b"\r\n\r\n")
        length = int(re.search(rb"(?i)content-length: (\d+)", head)[1])
        self.received = len(body)
        room = bytearray(MEGABYTE)
        while self.received < length:
            got = sock.recv_into(room)
            if not got:
                return
            self.received += got

    def serve_much(self, begin: bytes, piece: bytes, end: bytes, size: int = ANSWER) -> int:
        """Answers with so many pieces between the two that it is about `size`, which is returned."""
        count = size // len(piece)
        pieces = piece * 10000
        size = len(begin) + count * len(piece) + len(end)

        def talk(sock: socket.socket) -> None:
            self.take_request(sock)
            try:
                sock.sendall(HEAD % size + begin)
                for _ in range(count // 10000):
                    sock.sendall(pieces)
                sock.sendall(piece * (count % 10000) + end)
                time.sleep(0.2)  # the peak of the receiver is still to be seen
            except ConnectionError:
                pass  # it does not want more

        self.serve(talk)
        return size

    def answer_shortly(self, sock: socket.socket) -> None:
        self.take_request(sock)
        time.sleep(0.2)  # the peak of the sender is still to be seen
        sock.sendall(HEAD % len(self.reply) + self.reply)

    def run_measured(self, *args: str, out: int = subprocess.DEVNULL,
                     err: int | None = None) -> int:
        """The status. wait4 would tell of the memory that this process had when it forked, too;
        /proc tells of the program alone."""
        process = subprocess.Popen([DGAUTH, *args], cwd=self.place.cwd, stdout=out,
                                   stderr=err, env=self.place.environment(self.env), stdin=subprocess.DEVNULL)
        try:
            watch = threading.Thread(target=self.watch, args=(process,))
            watch.start()
            status = process.wait(LIMIT)
            watch.join()
            return status
        finally:
            process.kill()
            process.wait()

    def watch(self, process: subprocess.Popen) -> None:
        while process.returncode is None:
            try:
                with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
                    found = re.search(r"VmHWM:\s+(\d+) kB", status.read())
            except (FileNotFoundError, ProcessLookupError):
                return
            # Before exec it is the memory of this process.
            if found and os.path.realpath(f"/proc/{process.pid}/exe") == os.path.realpath(DGAUTH):
                self.peak = max(self.peak, int(found[1]) * 1024)
            time.sleep(0.02)

    def check_peak(self, what: str) -> None:
        print(f"{what}: peak {self.peak / 1e6:.1f} MB")
        self.assertGreater(self.peak, 0)
        if not any(name in os.environ for name in SANITIZER_SETTINGS) and not is_sanitized():
            self.assertLess(self.peak, MOST_MEMORY)

    def test_a_large_answer(self) -> None:
        size = self.serve_much(BEGIN, WORD, b'{}' + END)
        path = self.place.path("answer.json")
        with open(path, "wb") as out:
            status = self.run_measured("transcribe-url", "https://media.example/a.wav", "--json",
                                       out=out.fileno())
        self.assertEqual(status, 0)
        self.assertEqual(path.stat().st_size, size)
        self.check_peak("an answer of 100 MB")

    def test_a_large_answer_into_a_folder(self) -> None:
        size = self.serve_much(BEGIN, WORD, b'{}' + END)
        status = self.run_measured("transcribe-url", "https://media.example/a.wav", "--json",
                                   "--output-dir", "out")
        self.assertEqual(status, 0)
        self.assertEqual([each.stat().st_size for each in self.place.path("out").iterdir()],
                         [size])
        self.check_peak("an answer of 100 MB into a folder")

    def test_a_large_answer_that_is_cut(self) -> None:
        self.serve_much(BEGIN, WORD, b"{}")
        status = self.run_measured("transcribe-url", "https://media.example/a.wav", "--json",
                                   "--output-dir", "out")
        self.assertEqual(status, 8)
        self.assertEqual(list(self.place.path("out").iterdir()), [])
        self.check_peak("half an answer of 100 MB")

    def test_a_small_transcript_in_a_large_answer(self) -> None:
        """promise 14: it is the transcript that takes memory, not the answer"""
        self.serve_much(NOTHING, b"0,", b"0" + SAID, 40 * 1000 * 1000)
        path = self.place.path("text")
        with open(path, "wb") as out:
            status = self.run_measured("transcribe-url", "https://media.example/a.wav",
                                       out=out.fileno())
        self.assertEqual((status, path.read_text()), (0, "heard\n"))
        self.check_peak("a transcript in 40 MB of zeros")

    def test_a_large_file(self) -> None:
        self.serve(self.answer_shortly)
        with open(self.place.path("large.wav"), "wb") as large:
            large.truncate(FILE)
        self.assertEqual(self.run_measured("transcribe-file", "large.wav"), 0)
        self.assertEqual(self.received, FILE)
        self.check_peak("a file of 2 GB")

    def test_too_large_an_answer_to_read(self) -> None:
        """what has to be understood is read up to 256 MiB"""
        padding = b'"%s",' % (b"x" * 997)
        self.serve_much(NOTHING, padding, b"0" + SAID, LARGEST_ANSWER + MEGABYTE)
        path = self.place.path("text")
        with open(path, "wb") as out:
            status = self.run_measured("transcribe-url", "https://media.example/a.wav",
                                       out=out.fileno(), err=out.fileno())
        self.assertEqual(status, 8)
        self.assertIn("larger than 256 MiB", path.read_text())
        self.check_peak("257 MiB to be read")


class StdinTest(unittest.TestCase):
    """stdin is sent as it comes, and time-outs count while it does not."""

    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.server = self.enterContext(RawServer(self.answer))
        self.env = {"DEEPGRAM_BASE_URL": f"http://127.0.0.1:{self.server.port}",
                    "DEEPGRAM_API_KEY": "fa4e0003" * 5}
        self.came = b""

    def answer(self, sock: socket.socket) -> None:
        while b"0\r\n\r\n" not in self.came:
            piece = sock.recv(65536)
            if not piece:
                return
            self.came += piece
        body = b'{"results":{"channels":[{"alternatives":[{"transcript":"x"}]}]}}'
        sock.sendall(HEAD % len(body) + body)

    def start(self, *args: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [DGAUTH, "transcribe-file", "-", *args], cwd=self.place.cwd,
            env=self.place.environment(self.env), stdin=subprocess.PIPE, stdout=subprocess.PIPE,
            stderr=subprocess.PIPE)
        self.addCleanup(process.kill)
        return process

    def test_pieces_go_out_as_they_come(self) -> None:
        process = self.start()
        for piece in (b"first", b"second"):
            process.stdin.write(piece)
            process.stdin.flush()
            deadline = time.monotonic() + 10
            while piece not in self.came and time.monotonic() < deadline:
                time.sleep(0.01)
            self.assertIn(piece, self.came)
        stdout, stderr = process.communicate(timeout=10)
        self.assertEqual((process.returncode, stdout, stderr), (0, b"x\n", b""))

    def test_a_stdin_that_never_comes(self) -> None:
        process = self.start("--timeout", "1")
        began = time.monotonic()
        process.wait(10)
        self.assertEqual(process.returncode, 7)
        self.assertLess(time.monotonic() - began, 4)
        process.communicate()

    def test_an_empty_stdin(self) -> None:
        process = self.start()
        _, stderr = process.communicate(b"", timeout=10)
        self.assertEqual(process.returncode, 2, stderr)
        self.assertIn(b"stdin is empty", stderr)


def is_sanitized() -> bool:
    with open(DGAUTH, "rb") as binary:
        return b"__asan_init" in binary.read()


if __name__ == "__main__":
    unittest.main()
