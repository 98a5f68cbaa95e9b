#!/usr/bin/env python3
"""promise 25: kill -9 at any moment leaves the old entry or the new one, and nobody locked out."""

import json
import random
import shutil
import time
import unittest

from cache_run import DGAUTH, CacheTest

KILLS = 30
# What a run does with files. The last of these calls write the entry.
WRITING = "openat,open,fchmod,chmod,write,pwrite64,fsync,fdatasync,close,rename,renameat,renameat2"
ALWAYS_NEW = ("grant", "-q", "--ttl", "1h")  # with the configuration below


class KillTest(CacheTest):
    def setUp(self) -> None:
        super().setUp()
        self.assertTrue(self.asks("--cache", "--ttl", "1h"))
        self.place.write("~/.config/dgauth/config.toml",
                         '[profiles.a]\ncache = true\nmin_valid = "1h"\n')
        self.path = self.entry()

    def assert_whole(self) -> None:
        """The entry is one of the tokens that were minted, and the next run prints that one."""
        entry = json.loads(self.path.read_bytes())
        self.assertIn(entry["access_token"], self.box.tokens)
        before = time.monotonic()
        report = self.report("--cache", "--ttl", "1h", "--min-valid", "1")
        self.assertEqual((report["access_token"], report["cached"]), (entry["access_token"], True))
        self.assertLess(time.monotonic() - before, 3)

    def test_random_moments(self) -> None:
        before = time.monotonic()
        self.assertEqual(self.run_it(*ALWAYS_NEW).status, 0)
        whole_run = time.monotonic() - before
        killed = 0
        moments = random.Random(25)
        for _ in range(KILLS):
            process = self.start(*ALWAYS_NEW)
            time.sleep(moments.uniform(0, whole_run))
            process.kill()
            process.communicate()
            killed += process.returncode < 0
            self.assert_whole()
        self.assertGreater(killed, 0)

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_every_step_of_writing(self) -> None:
        """killed at each of the last system calls of a run, one after the other"""
        trace = self.place.path("trace")
        env = self.env | {"ASAN_OPTIONS": "detect_leaks=0"}  # which needs ptrace for itself
        self.place.run(["strace", "-o", str(trace), "-e", f"trace={WRITING}", DGAUTH, *ALWAYS_NEW],
                       env)
        lines = [line for line in trace.read_text().splitlines() if "(" in line]
        names = [line.partition("(")[0] for line in lines]
        # The names of files are not for everybody's strace to see; this flag is the cache's alone.
        first = next(i for i, line in enumerate(lines) if "O_NOFOLLOW" in line)
        steps = [(name, names[:i + 1].count(name)) for i, name in enumerate(names) if i >= first]
        self.assertTrue(any(name.startswith("rename") for name, _ in steps), steps)
        for name, count in steps:
            with self.subTest(name=name, count=count):
                command = ["strace", "-o", str(trace), "-e", f"trace={WRITING}",
                           "-e", f"inject={name}:signal=KILL:when={count}", DGAUTH, *ALWAYS_NEW]
                self.place.run(command, env)
                self.assertIn("killed by SIGKILL", trace.read_text())
                self.assert_whole()


if __name__ == "__main__":
    unittest.main()
