"""Scripted replies, records, and the sandbox as a server."""

import base64
import http.client
import json
import socket
import ssl
import threading
import time
import unittest

from sandbox import Reply, Sandbox
from sandbox.testing import SandboxTest

GRANT = "/v1/auth/grant"
GET = b"GET /v1/models HTTP/1.1\r\nHost: x\r\n\r\n"


class Faults(SandboxTest):
    def test_status_headers_and_body(self):
        self.box.script(Reply(429, {"Retry-After": "7"}, {"err_code": "TOO_MANY_REQUESTS"}))
        answer = self.ask("POST", GRANT, "member")
        self.assertEqual((429, "7", "application/json", {"err_code": "TOO_MANY_REQUESTS"}), (
            answer.status, answer.headers["retry-after"], answer.headers["content-type"],
            answer.json))
        self.assertEqual(200, self.ask("POST", GRANT, "member").status)

    def test_repeated_headers_and_text(self):
        self.box.script(Reply(503, [("X-A", "1"), ("X-A", "2")], "Please try again later"))
        raw = self.raw(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        self.assertEqual(b"HTTP/1.1 503 Service Unavailable\r\nX-A: 1\r\nX-A: 2\r\n"
                         b"content-length: 22\r\n\r\nPlease try again later", raw)

    def test_chosen_by_method_and_path_in_order(self):
        self.box.script(Reply(501), method="POST", path=GRANT)
        self.box.script(Reply(502), path=GRANT, times=2)
        self.box.script(Reply(504), method="GET")
        self.assertEqual(405, self.ask("POST", "/v1/models").status)
        statuses = [self.ask("POST", GRANT, "member").status for _ in range(4)]
        self.assertEqual([501, 502, 502, 200], statuses)
        self.assertEqual(1, len(self.box.unused_scripts()))
        self.assertEqual(504, self.ask("GET", "/v1/models?a=b").status)
        self.assertEqual([], self.box.unused_scripts())

    def test_without_limit(self):
        self.box.script(Reply(500), path=GRANT, times=None)
        self.assertEqual(1, len(self.box.unused_scripts()))
        self.assertEqual([500] * 3, [self.ask("POST", GRANT).status for _ in range(3)])
        self.assertEqual([], self.box.unused_scripts())

    def test_delay(self):
        self.box.script(Reply(delay=0.2))
        begin = time.monotonic()
        self.ask("GET", "/v1/models")
        self.assertGreaterEqual(time.monotonic() - begin, 0.2)

    def test_cut(self):
        whole = self.raw(GET.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n"))
        self.box.script(Reply(body="0123456789", cut=20))
        self.assertEqual(b"HTTP/1.1 200 OK\r\ncon", self.raw(GET))
        self.box.script(Reply(passthrough=True, cut=30))
        self.assertEqual(whole[:30], self.raw(GET))
        self.box.script(Reply(cut=0))
        self.assertEqual(b"", self.raw(GET))

    def test_raw(self):
        self.box.script(Reply(raw=b"ICY 200 OK\0\r\n"))
        self.assertEqual(b"ICY 200 OK\0\r\n", self.raw(GET))

    def test_drip(self):
        self.box.script(Reply(raw=b"0123456789", drip=(2, 0.02)))
        sock = self.socket()
        sock.sendall(GET)
        begin = time.monotonic()
        pieces = list(iter(lambda: sock.recv(100), b""))
        self.assertGreaterEqual(time.monotonic() - begin, 4 * 0.02)
        self.assertEqual(b"0123456789", b"".join(pieces))
        self.assertGreater(len(pieces), 2)

    def test_endless(self):
        self.box.script(Reply(body="no end. ", endless=True))
        connection = self.connection()
        connection.request("GET", "/v1/models")
        reply = connection.getresponse()
        self.assertEqual(b"no end. " * 50_000, reply.read(400_000))
        reply.close()
        connection.close()
        self.assertTrue(self.box.wait_idle(5))

    def test_close_before(self):
        self.box.script(Reply(close_before=True))
        self.assertRaises(http.client.RemoteDisconnected, self.ask, "GET", "/v1/models")

    def test_passthrough(self):
        self.box.script(Reply(passthrough=True, close_before=True))
        self.assertRaises(http.client.RemoteDisconnected, self.ask, "POST", GRANT, "member")
        self.assertEqual(1, len(self.box.tokens), "minted all the same")

    def test_scripted_upgrade_stays_open(self):
        self.box.script(Reply(101, {"Sec-WebSocket-Accept": "wrong"}))
        sock = self.socket()
        sock.sendall(GET)
        self.assertEqual(b"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n\r\n",
                         sock.recv(1000))
        sock.settimeout(0.1)
        self.assertRaises(TimeoutError, sock.recv, 1)

    def test_over_http(self):
        scripted = {"method": "GET", "path": "/v1/models", "times": 2, "reply": {
            "raw": base64.b64encode(b"odd").decode()}}
        self.assertEqual(201, self.ask("POST", "/_sandbox/script", body=scripted).status)
        self.assertEqual([b"odd", b"odd"], [self.raw(GET), self.raw(GET)])
        self.ask("POST", "/_sandbox/script", body={
            "reply": {"status": 418, "headers": [["a", "b"]], "body": "text", "drip": [1, 0]}})
        answer = self.ask("GET", "/v1/models")
        self.assertEqual((418, "b", b"text"), (answer.status, answer.headers["a"], answer.body))

    def test_mistakes_in_a_script_are_refused(self):
        for wrong in ({"reply": {"statuz": 1}}, {"replay": {}}, [], {"reply": {"raw": "?"}}, {},
                      {"reply": {"drip": 3}}):
            with self.subTest(wrong):
                self.assertEqual(400, self.ask("POST", "/_sandbox/script", body=wrong).status)
        self.assertEqual([], self.box.unused_scripts())


class Records(SandboxTest):
    def test_what_is_received(self):
        self.ask("POST", GRANT + "?a=1&a=%20&b", "member", {"ttl_seconds": 5}, x_odd="Value")
        received, = self.box.requests
        self.assertEqual(("POST", GRANT + "?a=1&a=%20&b", GRANT, b'{"ttl_seconds": 5}', True), (
            received.method, received.target, received.path, received.body, received.complete))
        self.assertEqual([("a", "1"), ("a", " "), ("b", "")], received.query)
        self.assertIn(("x-odd", "Value"), received.headers)
        self.assertAlmostEqual(time.time(), received.time, delta=10)

    def test_connections_are_told_apart(self):
        connection = self.connection()
        for _ in range(2):
            self.ask_on(connection, "GET", "/v1/models")
        connection.close()
        self.ask("GET", "/v1/models")
        first, second, third = (each.connection for each in self.box.requests)
        self.assertEqual(first, second)
        self.assertNotEqual(second, third)

    def test_body_broken_off(self):
        sock = self.socket()
        sock.sendall(b"POST /v1/listen HTTP/1.1\r\nContent-Length: 10\r\n\r\n123")
        sock.shutdown(socket.SHUT_WR)
        self.assertEqual(b"", sock.recv(1))
        received, = self.box.requests
        self.assertEqual((b"123", False), (received.body, received.complete))

    def test_over_http(self):
        token = self.token()
        self.assertEqual([token], self.ask("GET", "/_sandbox/tokens").json)
        received, = self.ask("GET", "/_sandbox/requests").json
        self.assertEqual(("POST", '{"ttl_seconds": 30}'), (received["method"], received["body"]))
        self.assertEqual(204, self.ask("DELETE", "/_sandbox/requests").status)
        self.assertEqual([], self.box.requests)
        self.assertEqual(404, self.ask("GET", "/_sandbox/nothing").status)

    def test_wait_idle(self):
        self.box.script(Reply(delay=0.3))
        sock = self.socket()
        sock.sendall(GET)
        while not self.box.requests:
            time.sleep(0.01)
        self.assertFalse(self.box.wait_idle(0.01))
        self.assertTrue(self.box.wait_idle(5))


class Server(SandboxTest):
    def test_what_is_no_http(self):
        for request in (b"\x16\x03\x01\0\r\n", b"GET /\r\n\r\n", b"GET / HTTP/2.0\r\n\r\n",
                        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
                        b"POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
                        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n"):
            with self.subTest(request):
                self.assertTrue(self.raw(request).startswith(b"HTTP/1.1 400 "))

    def test_http10_closes(self):
        self.assertIn(b"200 OK", self.raw(b"GET /v1/models HTTP/1.0\r\n\r\n"))

    def test_hundred_at_once(self):
        begin = threading.Barrier(100)
        statuses = []

        def ask():
            begin.wait()
            for _ in range(3):
                statuses.append(self.ask("POST", GRANT, "member").status)

        threads = [threading.Thread(target=ask) for _ in range(100)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual([200] * 300, statuses)
        self.assertEqual(300, len(self.box.tokens))

    def test_latency(self):
        with Sandbox(tls=False, latency=0.15) as self.box:
            begin = time.monotonic()
            self.ask("GET", "/v1/models")
            self.assertGreaterEqual(time.monotonic() - begin, 0.15)

    def test_stops_at_once_whatever_goes_on(self):
        with Sandbox(tls=False) as box:
            box.script(Reply(delay=60))
            box.script(Reply(endless=True))
            sockets = [socket.create_connection(("127.0.0.1", box.port)) for _ in range(3)]
            for sock in sockets[1:]:
                sock.sendall(GET)
            begin = time.monotonic()
        self.assertLess(time.monotonic() - begin, 1)
        for sock in sockets:
            sock.close()


class Tls(SandboxTest):
    options = {}

    def test_certificate(self):
        self.assertEqual(200, self.ask("GET", "/v1/models").status)
        with self.trust().wrap_socket(self.socket(), server_hostname="localhost") as tls:
            certificate = tls.getpeercert()
        self.assertEqual({("DNS", "localhost"), ("IP Address", "127.0.0.1"),
                          ("IP Address", "0:0:0:0:0:0:0:1")}, set(certificate["subjectAltName"]))
        begin, end = (ssl.cert_time_to_seconds(certificate[name]) - time.time()
                      for name in ("notBefore", "notAfter"))
        self.assertAlmostEqual(-3600, begin, delta=30)
        self.assertAlmostEqual(24 * 3600, end, delta=30)

    def test_is_not_trusted_otherwise(self):
        with self.assertRaises(ssl.SSLCertVerificationError):
            ssl.create_default_context().wrap_socket(self.socket(), server_hostname="localhost")

    def test_goodbye_tells_whole_from_cut(self):
        trust = self.trust()
        trust.options &= ~ssl.OP_IGNORE_UNEXPECTED_EOF  # which some builds of Python set
        for cut, whole in (None, True), (3, False):
            self.box.script(Reply(raw=b"all of it", cut=cut))
            with trust.wrap_socket(self.socket(), server_hostname="127.0.0.1",
                                   suppress_ragged_eofs=False) as tls:
                tls.sendall(GET)
                received = tls.recv(100)
                if whole:
                    self.assertEqual((b"all of it", b""), (received, tls.recv(100)))
                else:
                    self.assertEqual(b"all", received)
                    self.assertRaises(ssl.SSLError, tls.recv, 100)


if __name__ == "__main__":
    unittest.main()
