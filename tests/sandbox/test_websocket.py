"""The WebSocket handshakes, and what is said after them."""

import base64
import hashlib
import json
import os
import struct
import unittest

from sandbox.testing import SandboxTest

PATHS = ("/v1/listen", "/v1/speak", "/v1/agent/converse")
TEXT, BINARY, CLOSE, PING, PONG = 0x1, 0x2, 0x8, 0x9, 0xA


class Handshake(SandboxTest):
    def open(self, path: str, *headers: str, version: str = "13"):
        """Status, headers and the connection after the blank line."""
        self.nonce = base64.b64encode(os.urandom(16)).decode()
        sock = self.socket()
        sock.sendall("\r\n".join((
            f"GET {path} HTTP/1.1", "Host: 127.0.0.1", "Connection: keep-alive, Upgrade",
            "Upgrade: websocket", f"Sec-WebSocket-Version: {version}",
            f"Sec-WebSocket-Key: {self.nonce}", *headers, "", "")).encode())
        stream = sock.makefile("rwb")
        self.addCleanup(stream.close)
        status = int(stream.readline().split()[1])
        answered = {}
        while (line := stream.readline().strip()):
            name, _, value = line.decode().partition(": ")
            answered[name.lower()] = value
        return status, answered, stream

    def send(self, stream, opcode: int, payload: bytes, final: bool = True) -> None:
        mask = b"\x01\x02\x03\x04"
        size = len(payload)
        length = struct.pack("!B", 0x80 | size) if size < 126 else struct.pack("!BH", 0xFE, size)
        masked = bytes(byte ^ mask[i % 4] for i, byte in enumerate(payload))
        stream.write(bytes([opcode | 0x80 * final]) + length + mask + masked)
        stream.flush()

    def receive(self, stream) -> tuple[int, bytes]:
        first, length = stream.read(2)
        if length == 126:
            length, = struct.unpack("!H", stream.read(2))
        return first & 0x0F, stream.read(length)

    def test_who_may(self):
        key, token = self.box.keys["default"], self.token()
        for path in PATHS:
            for header, expected in (
                (f"Authorization: Token {key}", 101), (f"Authorization: Bearer {token}", 101),
                (f"Sec-WebSocket-Protocol: token, {key}", 101),
                (f"Sec-WebSocket-Protocol: bearer, {token}", 101),
                (f"Sec-WebSocket-Protocol: Bearer,{token},x-deepgram-session-id,1", 101),
                (f"Sec-WebSocket-Protocol: mine, token, {key}", 101),
                (f"Sec-WebSocket-Protocol: token, {token}", 401),
                (f"Sec-WebSocket-Protocol: bearer, {key}", 401),
                (f"Sec-WebSocket-Protocol: {key}", 401), ("X-None: 1", 401),
                (f"Authorization: Bearer {key}", 401),
                (f"Authorization: Token {self.box.keys['read-only']}", 401),
            ):
                with self.subTest(f"{path} {header}"):
                    self.assertEqual(expected, self.open(path, header)[0])

    def test_answer(self):
        key = self.box.keys["member"]
        for offered, chosen in ((f"token, {key}", "token"), (f"Token,{key},x,y", "Token")):
            _, headers, _ = self.open("/v1/speak", f"Sec-WebSocket-Protocol: {offered}")
            accept = hashlib.sha1(
                f"{self.nonce}258EAFA5-E914-47DA-95CA-C5AB0DC85B11".encode()).digest()
            self.assertEqual(base64.b64encode(accept).decode(), headers["sec-websocket-accept"])
            self.assertEqual(chosen, headers["sec-websocket-protocol"])
            self.assertIn("dg-request-id", headers)
        _, headers, _ = self.open("/v1/speak", f"Authorization: Token {key}")
        self.assertNotIn("sec-websocket-protocol", headers)

    def test_refusal(self):
        status, headers, stream = self.open("/v1/listen")
        self.assertEqual((401, "application/json", "Invalid credentials.", "accept-encoding"), (
            status, headers["content-type"], headers["dg-error"], headers["vary"]))
        self.assertEqual(
            {"err_code": "INVALID_AUTH", "err_msg": "Invalid credentials.",
             "request_id": headers["dg-request-id"]},
            json.loads(stream.read(int(headers["content-length"]))))

    def test_malformed_handshake(self):
        authorization = f"Authorization: Token {self.box.keys['member']}"
        self.assertEqual(400, self.open("/v1/listen", authorization, version="8")[0])

    def open_as_member(self, path: str):
        status, _, stream = self.open(path, f"Authorization: Token {self.box.keys['member']}")
        self.assertEqual(101, status)
        return stream

    def test_listening(self):
        stream = self.open_as_member("/v1/listen")
        self.send(stream, BINARY, bytes(70000 % 65536))
        self.send(stream, TEXT, b'{"type":"KeepAlive"}')
        self.send(stream, TEXT, b"no JSON")
        self.send(stream, TEXT, b'{"type":', final=False)
        self.send(stream, PING, b"still there?")
        self.send(stream, 0, b'"CloseStream"}')
        self.assertEqual((PONG, b"still there?"), self.receive(stream))
        kind, message = self.receive(stream)
        self.assertEqual((TEXT, "Metadata", 0.0), (
            kind, json.loads(message)["type"], json.loads(message)["duration"]))
        self.assertEqual((CLOSE, struct.pack("!H", 1000)), self.receive(stream))
        self.send(stream, CLOSE, struct.pack("!H", 1000))
        self.assertEqual(b"", stream.read())

    def test_conversing(self):
        stream = self.open_as_member("/v1/agent/converse")
        self.assertEqual("Welcome", json.loads(self.receive(stream)[1])["type"])
        self.send(stream, TEXT, b'{"type":"Settings"}')
        self.assertEqual("SettingsApplied", json.loads(self.receive(stream)[1])["type"])

    def test_close_is_answered_in_kind(self):
        for path in PATHS[:2]:
            stream = self.open_as_member(path)
            self.send(stream, CLOSE, struct.pack("!H", 4321))
            self.assertEqual((CLOSE, struct.pack("!H", 4321)), self.receive(stream))
            self.assertEqual(b"", stream.read())

    def test_open_socket_outlives_its_token(self):
        token = self.token()
        _, _, stream = self.open("/v1/listen", f"Sec-WebSocket-Protocol: bearer, {token}")
        self.box.deepgram.mint._secret = b"another: the token is now refused"
        self.assertEqual(401, self.open("/v1/listen", f"Authorization: Bearer {token}")[0])
        self.send(stream, PING, b"")
        self.assertEqual((PONG, b""), self.receive(stream))

    def test_unmasked_frame_ends_it(self):
        stream = self.open_as_member("/v1/listen")
        stream.write(b"\x81\x00")
        stream.flush()
        self.assertEqual(b"", stream.read())


if __name__ == "__main__":
    unittest.main()
