"""A plain client for the sandbox's own tests."""

import http.client
import json
import socket
import ssl
import unittest
from dataclasses import dataclass

from sandbox import Sandbox

SECONDS = 10  # for anything that must come; nothing here waits for it to pass


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self):
        return json.loads(self.body)


class SandboxTest(unittest.TestCase):
    """Each test has a sandbox of its own, in plain HTTP where TLS makes no difference."""

    options: dict = {"tls": False}

    def setUp(self) -> None:
        self.box = self.enterContext(Sandbox(**self.options))

    def ask(self, method: str, target: str, role: str | None = None, body=None,
            **headers: str) -> Answer:
        """One request on a connection of its own; `content_type="x"` sends `Content-Type: x`."""
        connection = self.connection()
        try:
            return self.ask_on(connection, method, target, role, body, **headers)
        finally:
            connection.close()

    def ask_on(self, connection: http.client.HTTPConnection, method: str, target: str,
               role: str | None = None, body=None, **headers: str) -> Answer:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if role is not None:
            sent["authorization"] = f"Token {self.box.keys[role]}"
        if isinstance(body, (dict, list)):
            body = json.dumps(body)
            sent.setdefault("content-type", "application/json")
        connection.request(method, target, body, sent)
        reply = connection.getresponse()
        headers = {name.lower(): value for name, value in reply.getheaders()}
        return Answer(reply.status, headers, reply.read())

    def connection(self) -> http.client.HTTPConnection:
        if not self.box.ca_file:
            return http.client.HTTPConnection("127.0.0.1", self.box.port, timeout=SECONDS)
        return http.client.HTTPSConnection(
            "127.0.0.1", self.box.port, timeout=SECONDS, context=self.trust())

    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.box.ca_file)

    def socket(self) -> socket.socket:
        sock = socket.create_connection(("127.0.0.1", self.box.port), timeout=SECONDS)
        self.addCleanup(sock.close)
        return sock

    def raw(self, request: bytes) -> bytes:
        """Everything that comes back until the server closes."""
        sock = self.socket()
        sock.sendall(request)
        return b"".join(iter(lambda: sock.recv(65536), b""))

    def token(self, ttl: float = 30, role: str = "member") -> str:
        return self.ask("POST", "/v1/auth/grant", role, {"ttl_seconds": ttl}).json["access_token"]
