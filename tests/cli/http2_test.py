#!/usr/bin/env python3
"""promise 19 over HTTP/2: a real server, -v, and no secret on either stream unasked."""

import json
import shutil
import socket
import subprocess
import time
import unittest

from loopback import make_certificate
from place import Place, binary_from_environment
from text import TOKEN_CLAIMS, fake_jwt, leaks_in

DGAUTH = binary_from_environment()
TOKEN = fake_jwt(TOKEN_CLAIMS)
KEY = "fa4e0003" * 5
TRANSCRIPT = {"results": {"channels": [{"alternatives": [{"transcript": "hello", "words": []}]}]}}
CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log info;
events {{ worker_connections 256; }}
http {{
  log_format plain '$server_protocol|$request_method|$http_authorization';
  access_log {folder}/access.log plain;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  server {{
    listen 127.0.0.1:{port} ssl http2;
    ssl_certificate {certificate};
    ssl_certificate_key {key};
    default_type application/json;
    add_header dg-request-id fake-request-h2 always;
    keepalive_requests 20;
    location = /v1/listen {{ return 200 '{transcript}'; }}
    location = /v1/auth/grant {{ return 200 '{granted}'; }}
    location = /no/v1/auth/grant {{ return 403 '{forbidden}'; }}
    location = /echo/v1/auth/grant {{ return 401 '{{"err_msg":"you said $http_authorization"}}'; }}
    location = /away/v1/auth/grant {{ return 307 https://127.0.0.1:{port}/v1/auth/grant; }}
  }}
}}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


class Http2Test(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/bin")
        if not cls.nginx:
            raise unittest.SkipTest("nginx is not here")
        cls.place = cls.enterClassContext(Place())
        certificate, key = make_certificate(cls.place.root, "IP:127.0.0.1")
        for _ in range(3):  # nginx cannot choose a free port itself; another may have taken ours
            cls.port = free_port()
            if cls.start_nginx(certificate, key):
                break
        else:
            raise AssertionError(cls.place.path("error.log").read_text())
        cls.env = {"DEEPGRAM_API_KEY": KEY, "SSL_CERT_FILE": str(certificate)}

    @classmethod
    def start_nginx(cls, certificate, key) -> bool:
        granted = json.dumps({"access_token": TOKEN, "expires_in": 60})
        forbidden = json.dumps({"err_code": "FORBIDDEN", "err_msg": "Insufficient permissions."})
        configuration = cls.place.write("nginx.conf", CONFIGURATION.format(
            folder=cls.place.cwd, port=cls.port, certificate=certificate, key=key,
            granted=granted, forbidden=forbidden, transcript=json.dumps(TRANSCRIPT)))
        server = subprocess.Popen(
            [cls.nginx, "-e", str(cls.place.path("error.log")), "-p", str(cls.place.cwd),
             "-c", str(configuration)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        cls.addClassCleanup(cls.stop, server)
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", cls.port), timeout=1).close()
                return server.poll() is None
            except ConnectionRefusedError:
                time.sleep(0.02)
        return False

    @staticmethod
    def stop(server: subprocess.Popen) -> None:
        if server.poll() is None:
            server.terminate()
            try:
                server.wait(5)
            except subprocess.TimeoutExpired:
                server.kill()
        server.wait()

    def run_dgauth(self, *args: str, prefix: str = ""):
        """Runs it and gives its outcome and nginx's line about the request."""
        outcome = self.place.run([DGAUTH, *args, "--base-url",
                                  f"https://127.0.0.1:{self.port}{prefix}"], self.env)
        deadline = time.monotonic() + 3
        log = self.place.path("access.log")
        while not log.read_text().endswith("\n") and time.monotonic() < deadline:
            time.sleep(0.02)
        line = log.read_text().splitlines()[-1].split("|")
        log.write_text("")
        self.assertEqual(line[0], "HTTP/2.0", "the request did not go over HTTP/2")
        self.assertEqual(line[1], "POST")
        self.assertEqual(line[2], "Token " + KEY)
        self.assertEqual(leaks_in(outcome.message, [KEY, TOKEN]), [], outcome.message)
        return outcome

    def test_grant(self) -> None:
        """promise 19: dgauth -v grant over HTTP/2"""
        outcome = self.run_dgauth("-v", "grant", "--ttl", "60")
        self.assertEqual((outcome.status, outcome.stdout.decode()), (0, TOKEN + "\n"),
                         outcome.message)
        self.assertIn("dgauth: trace: ", outcome.message)
        self.assertNotIn(KEY, outcome.stdout.decode())

    def test_header(self) -> None:
        """promise 19: dgauth -v header over HTTP/2"""
        outcome = self.run_dgauth("-v", "header", "-o", "value")
        self.assertEqual((outcome.status, outcome.stdout.decode()), (0, f"Bearer {TOKEN}\n"),
                         outcome.message)

    def test_refused(self) -> None:
        """promise 19: the error and its request id over HTTP/2"""
        outcome = self.run_dgauth("-v", "grant", prefix="/no")
        self.assertEqual((outcome.status, outcome.stdout), (5, b""), outcome.message)
        self.assertIn("fake-request-h2", outcome.message)

    def test_echoed(self) -> None:
        """promise 19: a server that echoes the key over HTTP/2"""
        outcome = self.run_dgauth("-v", "grant", prefix="/echo")
        self.assertEqual((outcome.status, outcome.stdout), (4, b""), outcome.message)
        self.assertIn("you said", outcome.message)

    def test_redirected(self) -> None:
        """promise 9: a redirect over HTTP/2 is not followed"""
        outcome = self.run_dgauth("-v", "grant", prefix="/away")
        self.assertEqual((outcome.status, outcome.stdout), (8, b""), outcome.message)

    def test_batch_on_connections_that_end(self) -> None:
        """no input is lost when the server ends its connections, nor time to one that reads no body

        Over HTTP/2 a server turns away what is under way on such a connection, and nobody may send
        it again if it could have been billed.
        """
        urls = "".join(f"https://media.example/{number}.wav\n" for number in range(200))
        self.place.write("list", urls)
        base = ["--base-url", f"https://127.0.0.1:{self.port}"]
        outcome = self.place.run([DGAUTH, "transcribe-url", "--from-file", "list", "-j", "20",
                                  *base], self.env)
        self.assertEqual((outcome.status, outcome.message),
                         (0, "dgauth: note: 200 succeeded\n"))
        self.place.write("long.wav", "x" * 1_000_000)
        outcome = self.place.run([DGAUTH, "transcribe-file", "long.wav", *base], self.env)
        self.assertEqual((outcome.status, outcome.stdout), (0, b"hello\n"), outcome.message)
        self.assertLess(outcome.seconds, 5)
        log = self.place.path("access.log")
        self.assertEqual({line.split("|")[0] for line in log.read_text().splitlines()},
                         {"HTTP/1.1"})
        log.write_text("")


if __name__ == "__main__":
    unittest.main()
