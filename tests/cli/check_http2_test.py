#!/usr/bin/env python3
"""check through a server that speaks HTTP/2, as Deepgram's own does: handshakes go over HTTP/1.1."""

import json
import shutil
import socket
import subprocess
import time
import unittest

from check_run import DGAUTH, CheckTest, summary
from http2_test import free_port
from loopback import make_certificate

CONFIGURATION = """
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log info;
events {{ worker_connections 64; }}
http {{
  log_format plain '$server_protocol $request_method $uri $http_upgrade';
  access_log {folder}/access.log plain;
  client_body_temp_path {folder}/body;
  proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi;
  uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  map $http_upgrade $onward {{ default upgrade; '' ''; }}
  server {{
    listen 127.0.0.1:{port} ssl http2;
    ssl_certificate {certificate};
    ssl_certificate_key {key};
    location / {{
      proxy_pass {sandbox};
      proxy_http_version 1.1;
      proxy_set_header Upgrade $http_upgrade;
      proxy_set_header Connection $onward;
    }}
  }}
}}
"""
WANTED = """\
HTTP/1.1 GET /v1/agent/converse websocket
HTTP/1.1 GET /v1/listen websocket
HTTP/1.1 GET /v1/speak websocket
HTTP/2.0 GET /v1/auth/token -
HTTP/2.0 GET /v1/projects -
HTTP/2.0 POST /v1/auth/grant -
HTTP/2.0 POST /v1/listen -
HTTP/2.0 POST /v1/listen -
HTTP/2.0 POST /v1/read -
HTTP/2.0 POST /v1/read -
HTTP/2.0 POST /v1/speak -
HTTP/2.0 POST /v1/speak -"""


class Http2Test(CheckTest):
    def setUp(self) -> None:
        nginx = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/bin")
        if not nginx:
            self.skipTest("nginx is not here")
        super().setUp()
        self.certificate, self.key = make_certificate(self.place.root, "IP:127.0.0.1")
        for _ in range(3):  # nginx cannot choose a free port itself; another may have taken ours
            self.port = free_port()
            if self.start(nginx):
                return
        self.fail(self.place.path("error.log").read_text())

    def start(self, nginx: str) -> bool:
        configuration = self.place.write("nginx.conf", CONFIGURATION.format(
            folder=self.place.cwd, port=self.port, certificate=self.certificate, key=self.key,
            sandbox=self.box.base_url))
        server = subprocess.Popen(
            [nginx, "-e", str(self.place.path("error.log")), "-p", str(self.place.cwd), "-c",
             str(configuration)],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self.addCleanup(server.wait, 10)
        self.addCleanup(server.terminate)
        deadline = time.monotonic() + 5
        while time.monotonic() < deadline and server.poll() is None:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return server.poll() is None
            except ConnectionRefusedError:
                time.sleep(0.02)
        return False

    def test_behind_http2(self) -> None:
        """promise 19 too: -v shows no secret over either"""
        env = {"DEEPGRAM_API_KEY": self.box.keys["member"], "SSL_CERT_FILE": str(self.certificate)}
        outcome = self.place.run([DGAUTH, "check", "-v", "-o", "json", "--base-url",
                                  f"https://127.0.0.1:{self.port}"], env)
        self.assert_keeps([*self.box.keys.values(), *self.box.tokens], outcome)
        self.assertEqual(summary(json.loads(outcome.stdout)), "PPPPPPPP 0", outcome)
        log = self.place.path("access.log")
        deadline = time.monotonic() + 5
        while log.read_text().count("\n") < len(WANTED.splitlines()):
            self.assertLess(time.monotonic(), deadline, log.read_text())
            time.sleep(0.02)
        self.assertEqual("\n".join(sorted(log.read_text().splitlines())), WANTED)


if __name__ == "__main__":
    unittest.main()
