#!/usr/bin/env python3
"""A cache hit stays off the network: no socket, no name server, no TLS. The system calls say so."""

import re
import shutil
import unittest

from cache_run import DGAUTH, CacheTest

# What OpenSSL, a certificate store, a resolver or a seeding random generator would open.
OF_THE_NETWORK = re.compile(
    r'"[^"]*(/ssl/|/pki/|\.pem|\.crt|openssl\.cnf|ca-certificates|/gcrypt/|gnutls/'
    r'|/etc/(hosts|resolv\.conf|nsswitch\.conf|host\.conf|services|gai\.conf)|libnss_'
    r'|/dev/u?random|\.netrc|\.curlrc)[^"]*"')
SYSTEM_CALLS = "%network,openat,open,openat2,getrandom,io_uring_setup,clone,clone3,fork,vfork"
HARMLESS = re.compile(r"(open|openat|openat2|getrandom)\(|\+\+\+")  # by itself
# A process that is not dumpable shows names only to root's strace. Of what is opened namelessly the
# flag is known: entries are opened with O_NOFOLLOW.
NAMELESS = re.compile(r"open(at2?)?\((AT_FDCWD, )?0x(?!.*O_NOFOLLOW)")
LIBRARY_START = 4  # calls of getrandom before main: libc's heap, and a library's own start


@unittest.skipUnless(shutil.which("strace"), "strace is not installed")
class HitTest(CacheTest):
    def calls_of(self, *args: str, **env: str | None) -> list[str]:
        """The system calls of one run, of all its threads."""
        path = self.place.root / "trace"
        # A leak check needs ptrace for itself.
        quiet = {"ASAN_OPTIONS": "detect_leaks=0"}
        outcome = self.place.run(
            ["strace", "-f", "-o", str(path), "-e", f"trace={SYSTEM_CALLS}", DGAUTH, *args],
            self.env | quiet | env)
        self.assertEqual(outcome.status, 0, outcome.message)
        self.assertTrue(outcome.stdout)
        calls = [line.partition(" ")[2].strip() for line in path.read_text().splitlines()]
        self.assertTrue(any("exited with 0" in call for call in calls))
        return calls

    def test_the_trace_sees_a_miss(self) -> None:
        """what the tests below want to be absent is there when a token is minted"""
        calls = self.calls_of("grant", "--cache")
        self.assertTrue(any("connect(" in call for call in calls), calls)
        self.assertTrue(any(call.startswith("socket(") for call in calls), calls)
        calls = self.calls_of("grant", "--no-cache", "--base-url",
                              f"http://localhost:{self.box.port}")
        self.assertTrue(any(OF_THE_NETWORK.search(call) or NAMELESS.match(call) for call in calls))

    def test_hit(self) -> None:
        for args in (("grant",), ("header",), ("grant", "--ttl", "60"), ("grant", "-o", "json"),
                     ("-v", "header", "-o", "ws")):
            with self.subTest(args):
                self.assertEqual(self.run_it(*args, "--cache").status, 0)
                self.assert_silent(self.calls_of(*args, "--cache"), files="json" in args)

    def test_hit_for_a_host_with_a_name(self) -> None:
        """https to a name: neither the name nor a certificate is looked up"""
        self.assertEqual(self.run_it("grant", "--cache").status, 0)
        entry = self.entry()
        url = {"DEEPGRAM_BASE_URL": "https://api.deepgram.com"}
        self.config('cache = true\nttl = 60\nbase_url = "https://localhost:1/api"\n')
        lock = self.run_it("grant", "--timeout", "1", "--retries", "0", "-p", "a", **url)
        self.assertEqual(lock.status, 7)
        wanted = next(path for path in self.folder().iterdir()
                      if path.suffix == ".lock" and path.stem != entry.name)
        entry.rename(wanted.with_suffix(""))
        self.assert_silent(self.calls_of("grant", "-p", "a"), files=1)

    def assert_silent(self, calls: list[str], files: int = 0) -> None:
        """So many files may be opened besides the entry: the configuration, the time zone."""
        seen = [call for call in calls if not HARMLESS.match(call)]
        self.assertEqual(seen, [], "sockets, threads or processes")
        self.assertEqual([call for call in calls if OF_THE_NETWORK.search(call)], [])
        nameless = [call for call in calls if NAMELESS.match(call)]
        self.assertLessEqual(len(nameless), files, nameless)
        random = [call for call in calls if "getrandom(" in call]
        self.assertLessEqual(len(random), LIBRARY_START, random)


if __name__ == "__main__":
    unittest.main()
