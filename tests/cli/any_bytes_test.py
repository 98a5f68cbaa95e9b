#!/usr/bin/env python3
"""promise 27: any bytes as a reply, a key file or a configuration: never a crash, never a hang."""

import os
import random
import unittest

from place import Place, binary_from_environment
from sandbox import Reply, Sandbox
from text import TOKEN_CLAIMS, fake_jwt, leaks_in

DGAUTH = binary_from_environment()
TOKEN = fake_jwt(TOKEN_CLAIMS)
SEED = 20_250_703  # fixed, so that a failure comes again
ROUNDS = int(os.environ.get("DGAUTH_TEST_ROUNDS", "20"))  # the fuzzers of tests/fuzz do the rest
STATUSES = range(10)
PIECES = [b"{", b"}", b"[", b"]", b'"', b"\\", b"\\u0000", b"\\ud800", b"\0", b"\xff", b"\xc3",
          b"1e999", b"-", b"null", b"\r\n", b"\xef\xbb\xbf", b"access_token", b"expires_in", b":",
          b",", b"Invalid credentials.", b"HTTP/1.1 ", b"9" * 400, b"Transfer-Encoding: chunked\r\n"]
GOOD = [
    b'{"access_token":"' + TOKEN.encode() + b'","expires_in":60}',
    b'{"err_code":"INVALID_AUTH","err_msg":"Invalid credentials.","request_id":"r"}',
    b'{"category":"UNAUTHORIZED","message":"No.","details":"None.","request_id":"r"}',
]
CONFIGURATION = (b'profile = "a"\n[profiles.a]\nttl = "5m"\nregion = "eu"\n'
                 b'api_key_command_timeout = 10\n[profiles.b]\nbase_url = "https://h/p"\n')


def spoiled(source: random.Random, text: bytes) -> bytes:
    """A few small accidents at random places."""
    for _ in range(source.randint(1, 4)):
        at = source.randint(0, len(text))
        match source.randint(0, 3):
            case 0:
                text = text[:at] + source.choice(PIECES) + text[at:]
            case 1:
                text = text[:at] + text[at + source.randint(1, 8):]
            case 2:
                text = text[:at] + bytes([source.randint(0, 255)]) + text[at + 1:]
            case 3:
                text = text[:at]
    return text


class AnyBytesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box = self.enterContext(Sandbox(tls=False))
        self.key = self.box.keys["member"]
        self.env = {"DEEPGRAM_BASE_URL": self.box.base_url, "DEEPGRAM_API_KEY": self.key}
        self.source = random.Random(SEED)

    def assert_in_order(self, what: bytes, *args: str, **env: str) -> None:
        outcome = self.place.run([DGAUTH, *args], self.env | env, limit=5)
        self.assertIn(outcome.status, STATUSES, (what, outcome.message))
        self.assertEqual(outcome.status == 0, outcome.stdout != b"", (what, outcome.message))
        self.assertEqual(leaks_in(outcome.message, [self.key, TOKEN]), [], what)

    def test_bodies(self) -> None:
        """promise 27: spoiled bodies"""
        for _ in range(ROUNDS):
            body = spoiled(self.source, self.source.choice(GOOD))
            status = self.source.choice([200, 200, 400, 401, 403, 429, 500])
            self.box.script(Reply(status, body=body))
            self.assert_in_order(body, "grant", "-v", "--retries", "0",
                                 "-o", self.source.choice(["token", "json"]))

    def test_whole_replies(self) -> None:
        """promise 27: spoiled status lines and headers"""
        for _ in range(ROUNDS):
            head = (b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\ndg-request-id: r\r\n"
                    b"Retry-After: 1\r\nLocation: https://h/?q\r\nConnection: close\r\n\r\n"
                    % len(GOOD[0]))
            reply = spoiled(self.source, head) + GOOD[0]
            self.box.script(Reply(raw=reply))
            self.assert_in_order(reply, "grant", "-v", "--retries", "0", "--timeout", "3")

    def test_key_files(self) -> None:
        """promises 3 and 27: any bytes as a key"""
        for _ in range(ROUNDS // 4):
            key = spoiled(self.source, self.key.encode() + b"\n")
            self.place.write("k", key)
            self.box.script(Reply(401, body=GOOD[1]), times=None)
            self.assert_in_order(key, "grant", "--api-key-file", "k")
        for received in self.box.requests:
            headers = [name.lower() for name, _ in received.headers]
            self.assertEqual(headers.count("authorization"), 1)
            self.assertEqual(received.body, b"{}")

    def test_configurations(self) -> None:
        """promise 27: any bytes as a configuration"""
        for _ in range(ROUNDS // 2):
            text = spoiled(self.source, CONFIGURATION)
            self.place.write("c.toml", text)
            self.assert_in_order(text, "grant", "--dry-run", "-c", "c.toml")


if __name__ == "__main__":
    unittest.main()
