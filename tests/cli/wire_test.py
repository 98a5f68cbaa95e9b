#!/usr/bin/env python3
"""promises 9 to 14: proxies, trust, strange servers, and that all of it ends in time."""

import os
import re
import shutil
import socket
import subprocess
import time
import unittest
from pathlib import Path

from loopback import (ConnectProxy, RawServer, grant_reply, make_certificate, read_request,
                      server_context)
from place import Place, binary_from_environment
from sandbox import Reply, Sandbox
from text import TOKEN_CLAIMS, fake_jwt, leaks_in

DGAUTH = binary_from_environment()
TOKEN = fake_jwt(TOKEN_CLAIMS)
KEY = "fa4e0003" * 5
HOST = "api.deepgram.com"
IS_SANITIZED = b"__asan_init" in Path(DGAUTH).read_bytes()
MEMORY_LIMIT_KB = (1024 if IS_SANITIZED else 48) * 1024


class WireCase(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.env: dict[str, str | None] = {"DEEPGRAM_API_KEY": KEY}

    def grant(self, *args: str, **env: str):
        outcome = self.place.run([DGAUTH, "grant", *args], self.env | env)
        self.assertFalse(outcome.timed_out)
        self.assertEqual(leaks_in(outcome.message, [KEY, TOKEN]), [])
        return outcome

    def assert_granted(self, outcome) -> None:
        self.assertEqual((outcome.status, outcome.stdout), (0, TOKEN.encode() + b"\n"),
                         outcome.message)

    def assert_failed(self, outcome, status: int, *pieces: str) -> None:
        self.assertEqual((outcome.status, outcome.stdout), (status, b""), outcome.message)
        for piece in pieces:
            self.assertIn(piece, outcome.message)


class ProxyTest(WireCase):
    """promise 13"""

    def setUp(self) -> None:
        super().setUp()
        self.requests: list[bytes] = []
        certificate, key = make_certificate(self.place.root, f"DNS:{HOST}")
        self.env["SSL_CERT_FILE"] = str(certificate)
        self.server = self.enterContext(
            RawServer(self.answer, context=server_context(certificate, key)))

    def answer(self, sock: socket.socket) -> None:
        self.requests.append(read_request(sock))
        sock.sendall(grant_reply(TOKEN, 30))

    def test_the_proxy_sees_no_key(self) -> None:
        """promise 13: through an https proxy, which sees no Authorization"""
        for name in ("https_proxy", "HTTPS_PROXY", "ALL_PROXY"):
            with self.subTest(name), ConnectProxy(self.server.port) as proxy:
                self.assert_granted(self.grant(**{name: f"http://127.0.0.1:{proxy.port}"}))
                proxy.settle()
                self.assertEqual(len(proxy.requests), 1)
                self.assertTrue(proxy.requests[0].startswith(f"CONNECT {HOST}:443 ".encode()))
                self.assertNotIn(b"authorization", proxy.requests[0].lower())
                for secret in (KEY, TOKEN):
                    self.assertNotIn(secret.encode(), proxy.requests[0] + proxy.seen)
                self.assertIn(b"Authorization: Token " + KEY.encode(), self.requests[-1])

    def test_no_proxy(self) -> None:
        """promise 13: no_proxy is honoured, so the name is looked up, and not by the proxy"""
        with ConnectProxy(self.server.port) as proxy:
            outcome = self.grant("--base-url", "https://192.0.2.1", "--connect-timeout", "1",
                                 "--timeout", "1", "--retries", "0", no_proxy="192.0.2.1",
                                 https_proxy=f"http://127.0.0.1:{proxy.port}")
            self.assert_failed(outcome, 7)
            self.assertEqual(proxy.requests, [])

    def test_the_proxy_refuses(self) -> None:
        """a proxy that says no is status 7"""
        for status in (b"407 Proxy Authentication Required", b"502 Bad Gateway", b"403 No"):
            answer = b"HTTP/1.1 " + status + b"\r\nContent-Length: 0\r\n\r\n"
            with self.subTest(status), ConnectProxy(self.server.port, answer) as proxy:
                outcome = self.grant("--retries", "0",
                                     https_proxy=f"http://127.0.0.1:{proxy.port}")
                self.assert_failed(outcome, 7, "proxy")
        self.assertEqual(self.requests, [])

    def test_the_proxys_password_is_not_shown(self) -> None:
        """promise 19: the password of a proxy is a secret too"""
        with ConnectProxy(self.server.port, b"HTTP/1.1 407 No\r\n\r\n") as proxy:
            outcome = self.grant("-v", "--retries", "0",
                                 https_proxy=f"http://joe:fakeproxypass@127.0.0.1:{proxy.port}")
            self.assert_failed(outcome, 7)
            self.assertEqual(leaks_in(outcome.message, ["fakeproxypass"]), [])

    def test_another_host_name(self) -> None:
        """promise 12: the certificate must be for the host asked"""
        with ConnectProxy(self.server.port) as proxy:
            outcome = self.grant("--region", "eu",
                                 https_proxy=f"http://127.0.0.1:{proxy.port}")
            self.assert_failed(outcome, 7, "certificate")
            self.assertEqual(len(proxy.requests), 1, "a TLS failure was tried again")
        self.assertEqual(b"".join(self.requests), b"")

    def test_a_foreign_host_is_named(self) -> None:
        """promise 11: the warning comes when the host is really used, too"""
        with ConnectProxy(self.server.port, b"HTTP/1.1 502 No\r\n\r\n") as proxy:
            outcome = self.grant("--retries", "0", DEEPGRAM_BASE_URL="https://dg.example.com",
                                 https_proxy=f"http://127.0.0.1:{proxy.port}")
            self.assert_failed(outcome, 7, "dgauth: warning: ", "dg.example.com")


class TrustTest(WireCase):
    """promise 12"""

    def setUp(self) -> None:
        super().setUp()
        self.box = self.enterContext(Sandbox(tls=True))
        self.env |= {"DEEPGRAM_BASE_URL": self.box.base_url,
                     "DEEPGRAM_API_KEY": self.box.keys["member"]}

    def assert_trusted(self, *args: str, **env: str) -> None:
        outcome = self.grant(*args, **env)
        self.assertEqual(outcome.status, 0, outcome.message)
        self.assertEqual(outcome.stdout.decode(), self.box.tokens[-1] + "\n")

    def hashed_folder(self) -> str:
        """A folder as OpenSSL wants it: the name of the file is the hash of its subject."""
        folder = self.place.root / "hashed"
        folder.mkdir()
        done = subprocess.run(["openssl", "x509", "-hash", "-noout", "-in", self.box.ca_file],
                              check=True, capture_output=True, text=True)
        shutil.copy(self.box.ca_file, folder / f"{done.stdout.strip()}.0")
        return str(folder)

    def test_stores(self) -> None:
        """promise 12: --cacert, SSL_CERT_FILE, SSL_CERT_DIR"""
        ca = self.box.ca_file
        self.assert_trusted("--cacert", ca)
        self.assert_trusted(SSL_CERT_FILE=ca)
        self.assert_trusted(SSL_CERT_DIR=self.hashed_folder())
        self.assert_trusted("--cacert", ca, SSL_CERT_FILE="/etc/ssl/certs/ca-certificates.crt")

    def test_no_store(self) -> None:
        """promise 12: without the authority nothing is sent"""
        other = self.place.root / "other"
        other.mkdir()
        certificate, _ = make_certificate(other, "IP:127.0.0.1")
        for args, env in ([], {}), (["--cacert", str(certificate)], {}), \
                ([], {"SSL_CERT_FILE": str(certificate)}), ([], {"SSL_CERT_DIR": str(other)}):
            with self.subTest(args=args, env=env):
                self.assert_failed(self.grant(*args, **env), 7, "certificate")
        self.assertEqual(self.box.requests, [])

    def test_curls_and_openssls_files(self) -> None:
        """promises 12 and 13: ~/.curlrc, ~/.netrc and openssl.cnf change nothing"""
        self.place.write("~/.curlrc", "insecure\nheader = \"X-Injected: yes\"\n")
        self.place.write("~/.config/curlrc", "insecure\n")
        self.place.write("~/.netrc", "machine 127.0.0.1 login joe password fakepass\n"
                                     "default login joe password fakepass\n")
        self.assert_failed(self.grant(CURL_HOME=str(self.place.home)), 7)
        self.assert_trusted(SSL_CERT_FILE=self.box.ca_file, NETRC=str(self.place.home / ".netrc"))
        headers = [(name.lower(), value) for name, value in self.box.requests[-1].headers]
        sent = [value for name, value in headers if name == "authorization"]
        self.assertEqual(sent, ["Token " + self.box.keys["member"]])
        self.assertNotIn("x-injected", dict(headers))

    def test_the_trace_names_the_store(self) -> None:
        """-v says which trust store is used"""
        outcome = self.grant("-v", SSL_CERT_FILE=self.box.ca_file)
        self.assertIn(self.box.ca_file, outcome.message)


class StrangeServerTest(WireCase):
    """promise 14: whatever a server does, it ends within --timeout and a second"""

    def against(self, talk, *args: str, scheme: str = "http", **env: str):
        with RawServer(talk) as server:
            url = f"{scheme}://127.0.0.1:{server.port}"
            return self.grant("--timeout", "1", *args, DEEPGRAM_BASE_URL=url, **env), server

    def assert_in_time(self, outcome, *statuses: int) -> None:
        self.assertLess(outcome.seconds, 2.0, outcome.message)
        self.assertIn(outcome.status, statuses, outcome.message)
        self.assertEqual(outcome.stdout, b"")

    def test_silence(self) -> None:
        """promise 14: it takes the request and never answers"""
        outcome, _ = self.against(lambda sock: (read_request(sock), sock.recv(1)))
        self.assert_in_time(outcome, 7)

    def test_silence_in_the_handshake(self) -> None:
        """promise 14: it never answers the TLS greeting; --connect-timeout covers that"""
        outcome, _ = self.against(read_request, scheme="https")
        self.assert_in_time(outcome, 7)
        with RawServer(read_request) as server:
            outcome = self.grant("--connect-timeout", "1", "--retries", "0",
                                 DEEPGRAM_BASE_URL=f"https://127.0.0.1:{server.port}")
            self.assert_in_time(outcome, 7)

    def test_endless_beginnings(self) -> None:
        """promise 14: header lines, interim answers, chunks without end"""
        head = b"HTTP/1.1 200 OK\r\n"
        chunked = head + b"Transfer-Encoding: chunked\r\n\r\n"
        for start, more, pause in (
                (head, b"X-Filler: yes\r\n", 0.05), (head, b"X", 0.01),
                (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01), (chunked, b"1\r\n \r\n", 0.01),
                (chunked, b"0", 0.01), (head + b"\r\n", b" ", 0.01)):
            with self.subTest(more):
                outcome, _ = self.against(self.endless(start, more, pause), "--retries", "0")
                self.assert_in_time(outcome, 7, 8)

    def test_floods(self) -> None:
        """promise 14: as fast as it can; the memory stays bounded"""
        head = b"HTTP/1.1 200 OK\r\n"
        for start, more in ((head, b"X-Filler: " + b"y" * 1000 + b"\r\n"), (head, b"X" * 4096),
                            (head + b"Transfer-Encoding: chunked\r\n\r\n", b"1000\r\n" + b" " * 4096
                             + b"\r\n"), (head + b"\r\n", b" " * 65536)):
            with self.subTest(more[:20]):
                outcome, _ = self.against(self.endless(start, more, 0), "--retries", "0")
                self.assert_in_time(outcome, 7, 8)
                with RawServer(self.endless(start, more, 0)) as server:
                    self.assertLess(self.peak_memory(server.port), MEMORY_LIMIT_KB)

    def peak_memory(self, port: int) -> int:
        """The most memory a grant held, in KiB, as seen every few milliseconds."""
        self.env["DEEPGRAM_BASE_URL"] = f"http://127.0.0.1:{port}"
        process = subprocess.Popen(
            [DGAUTH, "grant", "--timeout", "1", "--retries", "0"], stdin=subprocess.DEVNULL,
            env=self.place.environment(self.env), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL)
        peak = 0
        while process.poll() is None:
            seen = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process.pid}/status").read_text())
            peak = max(peak, int(seen[1]) if seen else 0)  # a process that is ending shows none
            time.sleep(0.002)
        return peak

    @staticmethod
    def endless(start: bytes, more: bytes, pause: float):
        def talk(sock: socket.socket) -> None:
            read_request(sock)
            sock.sendall(start)
            deadline = time.monotonic() + 8
            while time.monotonic() < deadline:
                sock.sendall(more)
                time.sleep(pause)
        return talk

    def test_a_length_that_is_not_kept(self) -> None:
        """a reply shorter than it said is no reply"""
        reply = grant_reply(TOKEN).replace(b"Content-Length: ", b"Content-Length: 9")
        outcome, _ = self.against(lambda sock: (read_request(sock), sock.sendall(reply)),
                                  "--retries", "0")
        self.assert_in_time(outcome, 7, 8)

    def test_a_handshake_cut_short(self) -> None:
        outcome, _ = self.against(lambda sock: sock.recv(100), "--retries", "0", scheme="https")
        self.assert_in_time(outcome, 7)

    def test_a_name_server_that_never_answers(self) -> None:
        """promise 14: a resolver that never answers does not outlive --timeout"""
        compiler = shutil.which("cc") or shutil.which("c++")
        if not compiler or IS_SANITIZED:
            self.skipTest("needs a compiler, and a program that can be preloaded")
        source = self.place.write("silent.c", "#include <unistd.h>\n"
                                  "int getaddrinfo(void) { sleep(30); return -2; }\n")
        library = self.place.path("silent.so")
        subprocess.run([compiler, "-x", "c", "-shared", "-fPIC", "-o", library, source], check=True)
        outcome = self.grant("--timeout", "1", LD_PRELOAD=str(library))
        self.assert_in_time(outcome, 7)

    def test_ipv6_loopback(self) -> None:
        """promise 10: http to ::1 is allowed"""
        def talk(sock: socket.socket) -> None:
            read_request(sock)
            sock.sendall(grant_reply(TOKEN, 30))
        try:
            server = RawServer(talk, host="::1")
        except OSError:
            self.skipTest("no IPv6 here")
        with server:
            self.assert_granted(self.grant("--base-url", f"http://[::1]:{server.port}"))


class RequestTest(WireCase):
    def test_the_bytes_of_the_request(self) -> None:
        """one POST, one Authorization, a body of the length it says, and nothing after it"""
        came = []

        def talk(sock: socket.socket) -> None:
            came.append(read_request(sock))
            sock.sendall(grant_reply(TOKEN))
            while rest := sock.recv(1000):
                came.append(rest)
        with RawServer(talk) as server:
            self.assert_granted(self.grant("--ttl", "60", "--base-url",
                                           f"http://127.0.0.1:{server.port}"))
            server.settle()
            head, _, body = b"".join(came).partition(b"\r\n\r\n")
            self.assertEqual(body, b'{"ttl_seconds":60}')
            self.assertTrue(head.startswith(b"POST /v1/auth/grant HTTP/1.1\r\n"))
            self.assertEqual(len(re.findall(rb"(?im)^authorization:", head)), 1)
            self.assertNotIn(b"\nExpect:", head)

    def test_what_runs_in_the_wrong_place(self) -> None:
        """promise 7: a home that is the current directory, or none, is no reason to fail"""
        with Sandbox(tls=False) as box:
            env = {"DEEPGRAM_BASE_URL": box.base_url, "DEEPGRAM_API_KEY": box.keys["member"]}
            for home in (None, "", "/nonexistent", "relative"):
                with self.subTest(home):
                    box.script(Reply(body={"access_token": TOKEN, "expires_in": 30}))
                    self.assert_granted(self.place.run([DGAUTH, "grant"], env | {"HOME": home}))


if __name__ == "__main__":
    os.umask(0o077)
    unittest.main()
