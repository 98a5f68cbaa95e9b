#!/usr/bin/env python3
"""How often a request is sent: what libcurl would repeat of its own accord is counted, or not repeated."""

import json
import socket
import struct
import time
import unittest

from loopback import RawServer, grant_reply, make_certificate, read_request, server_context
from place import Place, binary_from_environment
from text import TOKEN_CLAIMS, fake_jwt

DGAUTH = binary_from_environment()
TOKEN = fake_jwt(TOKEN_CLAIMS)
KEY = "fa4e0003" * 5
ANSWER = json.dumps({"results": {"channels": [{"alternatives": [{"transcript": "hi"}]}]}}).encode()
HEARD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%b" % (len(ANSWER), ANSWER)
DATA, HEADERS, RST_STREAM, SETTINGS = 0, 1, 3, 4
END_STREAM, ACK, REFUSED_STREAM = 1, 1, 7


def frame(kind: int, flags: int, stream: int, payload: bytes = b"") -> bytes:
    return struct.pack(">I", len(payload))[1:] + bytes([kind, flags]) + struct.pack(
        ">I", stream) + payload


def read_exactly(sock: socket.socket, size: int) -> bytes:
    received = b""
    while len(received) < size:
        piece = sock.recv(size - len(received))
        if not piece:
            raise ConnectionError
        received += piece
    return received


class RepeatsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.seen: list[str] = []

    def refuse(self, sock: socket.socket) -> None:
        """Says of every HTTP/2 request that it was not processed."""
        read_exactly(sock, 24)
        sock.sendall(frame(SETTINGS, 0, 0))
        while True:
            head = read_exactly(sock, 9)
            kind, flags = head[3], head[4]
            stream = int.from_bytes(head[5:], "big")
            read_exactly(sock, int.from_bytes(head[:3], "big"))
            if kind == SETTINGS and not flags & ACK:
                sock.sendall(frame(SETTINGS, ACK, 0))
            if kind in (DATA, HEADERS) and flags & END_STREAM:
                self.seen.append("refused")
                sock.sendall(frame(RST_STREAM, 0, stream, struct.pack(">I", REFUSED_STREAM)))

    def test_refused_streams_count(self) -> None:
        """--retries is how often, over HTTP/2 too"""
        certificate, key = make_certificate(self.place.root, "IP:127.0.0.1")
        context = server_context(certificate, key)
        context.set_alpn_protocols(["h2", "http/1.1"])
        with RawServer(self.refuse, context=context) as server:
            for retries in (0, 2):
                self.seen.clear()
                outcome = self.place.run(
                    [DGAUTH, "grant", "--retries", str(retries), "--cacert", str(certificate),
                     "--base-url", f"https://127.0.0.1:{server.port}"], {"DEEPGRAM_API_KEY": KEY})
                self.assertEqual((outcome.status, len(self.seen)), (7, 1 + retries),
                                 outcome.message)

    def talk(self, sock: socket.socket) -> None:
        """Closes a kept connection when it has read a mint on it, or the transcription of `cut`."""
        is_kept = False
        while request := read_request(sock):
            is_mint = b"/auth/grant" in request
            self.seen.append("mint" if is_mint else request.rpartition(b"/")[2].decode()[:-2])
            if is_kept and (is_mint or self.seen[-1] == "cut"):
                return
            if not is_mint:
                time.sleep(1.1)  # the token expires
            sock.sendall(grant_reply(TOKEN, 1) if is_mint else HEARD)
            is_kept = True

    def test_kept_connections(self) -> None:
        """on one that closes, a mint goes once more at once, and what may be billed does not"""
        with RawServer(self.talk) as server:
            env = {"DEEPGRAM_API_KEY": KEY, "DEEPGRAM_BASE_URL": f"http://127.0.0.1:{server.port}"}
            for auth, names, status, seen in (
                    ("grant", ["a", "b"], 0, ["mint", "a", "mint", "mint", "b"]),
                    ("key", ["a", "cut"], 7, ["a", "cut"])):
                with self.subTest(auth):
                    self.seen.clear()
                    outcome = self.place.run(
                        [DGAUTH, "transcribe-url", "-j", "1", "--retries", "0", "--auth", auth,
                         *(f"https://media.example/{name}" for name in names)], env, limit=20)
                    self.assertEqual((outcome.status, self.seen), (status, seen), outcome.message)


if __name__ == "__main__":
    unittest.main()
