#!/usr/bin/env python3
"""What stands in the place of an entry, or of its lock, and is none."""

import json
import os
import time
import unittest

from cache_run import NOBODY, WARNING, CacheTest, mode_of


class BadEntryTest(CacheTest):
    """What is no good entry is a miss, never an error, and the next run finds a good one."""

    def setUp(self) -> None:
        super().setUp()
        self.assertTrue(self.asks("--cache"))
        self.path = self.entry()
        self.good = self.path.read_bytes()

    def assert_miss(self) -> None:
        outcome = self.run_it("grant", "--cache", "-o", "json")
        self.assertEqual((outcome.status, outcome.message), (0, ""))
        self.assertIs(json.loads(outcome.stdout)["cached"], False)
        self.assertFalse(self.asks("--cache"), "the bad entry is still there")
        self.assertEqual(mode_of(self.path), 0o600)
        self.assertEqual(self.entries(), [self.path])

    def with_members(self, **members: object) -> bytes:
        return json.dumps(json.loads(self.good) | members).encode()

    def test_the_form_is_known(self) -> None:
        """the tests below change these members; a copy of the entry with none changed is good"""
        self.assertLessEqual({"access_token", "sent_at", "expires_in"}, set(json.loads(self.good)))
        self.path.write_bytes(self.with_members())
        self.assertFalse(self.asks("--cache"))

    def test_contents(self) -> None:
        now = int(time.time())
        long_ago = json.loads(self.good)["sent_at"] - 86400 * 365
        contents = {
            "empty": b"", "blanks": b" \n", "NUL": b"\0" * 413, "text": b"not an entry\n",
            "no UTF-8": b"\xff\xfe" + self.good, "BOM": b"\xef\xbb\xbf" + self.good,
            "something behind": self.good + b"}", "twice": self.good * 2, "deep": b"[" * 15000,
            "null": b"null", "array": b"[" + self.good + b"]", "object": b"{}", "number": b"1e999",
            "huge": self.good[:-1] + b" " * (20 << 20) + b"}",
            "from the future": self.with_members(sent_at=now + 3600),
            "from the far future": self.with_members(sent_at=2 ** 63),
            "a little ahead": self.with_members(sent_at=now + 30),
            "of last year": self.with_members(sent_at=long_ago),
            "before the epoch": self.with_members(sent_at=-5),
            "time as text": self.with_members(sent_at=str(now)),
            "no time": self.with_members(sent_at=None),
            "life as text": self.with_members(expires_in="30"),
            "no life": self.with_members(expires_in=None),
            "life of 0 s": self.with_members(expires_in=0),
            "negative life": self.with_members(expires_in=-30),
            "endless life": self.with_members(expires_in=10 ** 12),
            "infinite life": self.good.replace(b'"expires_in":30', b'"expires_in":1e999'),
            "token as a number": self.with_members(access_token=5),
            "token in a list": self.with_members(access_token=["eyJ"]),
            "no token": self.with_members(access_token=None),
            "empty token": self.with_members(access_token=""),
            "token with a quote": self.with_members(access_token="fake'; rm -rf x; '"),
            "token of two lines": self.with_members(access_token="fake\nGITHUB_PATH=x"),
            "token too long": self.with_members(access_token="x" * 8193),
        }
        for name, content in contents.items():
            with self.subTest(name):
                self.assertNotEqual(content, self.good)
                self.path.write_bytes(content)
                self.assert_miss()

    def test_truncated(self) -> None:
        size = len(self.good)
        for length in [1, 2, 16, *range(20, size - 1, size // 7), size - 2, size - 1]:
            with self.subTest(length):
                self.path.write_bytes(self.good[:length])
                self.assert_miss()

    def test_loose(self) -> None:
        """what others may read or write is not trusted"""
        for mode in (0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o666, 0o777):
            with self.subTest(oct(mode)):
                self.path.chmod(mode)
                self.assert_miss()

    @unittest.skipIf(os.geteuid() != 0, "needs root to give a file away")
    def test_of_somebody_else(self) -> None:
        os.chown(self.path, NOBODY, NOBODY)
        self.assert_miss()
        self.assertEqual(self.path.stat().st_uid, 0)

    def test_link(self) -> None:
        """a link is not followed, whatever is behind it, and what is there stays"""
        good = self.place.write("good", self.good)
        empty = self.place.write("empty", b"")
        for target in (good, empty, self.place.path("nothing"), self.path):
            with self.subTest(target.name):
                content = target.read_bytes() if target in (good, empty) else None
                self.path.unlink()
                self.path.symlink_to(target)
                self.assert_miss()
                self.assertFalse(self.path.is_symlink())
                if content is not None:
                    self.assertEqual(target.read_bytes(), content)
                self.assertFalse(self.place.path("nothing").exists())

    def test_pipe(self) -> None:
        """nobody waits for the other end of a pipe that stands where the entry should"""
        self.path.unlink()
        os.mkfifo(self.path, 0o600)
        self.assert_printed()

    def test_link_to_a_device(self) -> None:
        """the token goes to no terminal or pipe that a link in the cache leads to"""
        pipe = self.place.path("pipe")
        os.mkfifo(pipe, 0o600)
        self.path.unlink()
        self.path.symlink_to(pipe)
        reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
        try:
            self.assert_printed()
            self.assertEqual(os.read(reader, 65536), b"")
        finally:
            os.close(reader)

    def test_folder(self) -> None:
        self.path.unlink()
        self.path.mkdir()
        self.assert_printed()

    def test_lock_that_is_none(self) -> None:
        """whatever stands in the lock's place, the token is printed"""
        lock = self.path.with_suffix(".lock")
        self.assertTrue(lock.exists())
        target = self.place.write("target", b"")

        def link() -> None:
            lock.symlink_to(target)
        for make in (lock.mkdir, link, lambda: os.mkfifo(lock), lambda: lock.write_text("x"),
                     lambda: lock.touch(0o444)):
            self.path.unlink(missing_ok=True)
            lock.unlink()
            make()
            self.assert_printed()
            if lock.is_dir() and not lock.is_symlink():
                lock.rmdir()
                lock.touch()
        self.assertEqual(target.read_bytes(), b"")

    def assert_printed(self) -> None:
        """Perhaps with a warning, but without an error, and without anybody waiting."""
        outcome = self.run_it("grant", "--cache")
        self.assertEqual((outcome.status, outcome.stdout.decode()), (0, self.box.tokens[-1] + "\n"))
        self.assertRegex(outcome.message, f"^({WARNING}[^\n]+\n)?$")
        self.assertLess(outcome.seconds, 5)

if __name__ == "__main__":
    unittest.main()
