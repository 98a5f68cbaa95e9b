#!/usr/bin/env python3
"""openssl.cnf: the release, whose OpenSSL is its own, does not read it; other builds follow it."""

import re
import subprocess
import unittest
from pathlib import Path

from place import Place, binary_from_environment
from sandbox import Sandbox

DGAUTH = binary_from_environment()
# A policy that the sandbox cannot meet: its key is another one.
ODD_POLICY = """
openssl_conf = init
[init]
ssl_conf = ssl
[ssl]
system_default = policy
[policy]
SignatureAlgorithms = ed448
"""
MISSING_MODULE = """
openssl_conf = init
[init]
providers = providers
[providers]
strange = strange
[strange]
module = /nonexistent/strange.so
activate = 1
"""


HAS_OWN_OPENSSL = not re.search(rb"libcurl[.0-9a-z-]*\.(so|dylib)", Path(DGAUTH).read_bytes())
USES_OPENSSL = b" OpenSSL/" in subprocess.run([DGAUTH, "--version"], capture_output=True,
                                              check=True).stdout


class OpensslConfTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box = self.enterContext(Sandbox(tls=True))

    def grant_with(self, conf: str):
        env = {"DEEPGRAM_API_KEY": self.box.keys["member"], "DEEPGRAM_BASE_URL": self.box.base_url,
               "SSL_CERT_FILE": self.box.ca_file,
               "OPENSSL_CONF": str(self.place.write("~/openssl.cnf", conf))}
        return self.place.run([DGAUTH, "grant", "--retries", "0"], env)

    def test_who_reads_it(self) -> None:
        """The release ignores whatever it says; what uses the system's OpenSSL follows it."""
        if HAS_OWN_OPENSSL:
            for conf in ODD_POLICY, MISSING_MODULE, "[[[\n= = =\n":
                with self.subTest(conf):
                    outcome = self.grant_with(conf)
                    self.assertEqual((outcome.status, outcome.stderr), (0, b""), outcome.message)
        elif USES_OPENSSL:
            outcome = self.grant_with(ODD_POLICY)
            self.assertEqual((outcome.status, outcome.stdout), (7, b""), outcome.message)


if __name__ == "__main__":
    unittest.main()
