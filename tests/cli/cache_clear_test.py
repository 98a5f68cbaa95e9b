#!/usr/bin/env python3
"""`dgauth cache clear` forgets all entries, and touches nothing else."""

import shutil
import unittest

from cache_run import DGAUTH, FOLDER, CacheTest

NAME = "0123456789abcdef" * 2  # of the form that entries have


class ClearTest(CacheTest):
    def test_forgets_all(self) -> None:
        for ttl in ("30", "60"):
            self.token("--cache", "--ttl", ttl)
        outcome = self.run_it("cache", "clear")
        self.assertEqual((outcome.status, outcome.stdout, outcome.message), (0, b"", ""))
        self.assertEqual(self.entries(), [])
        self.assertTrue(self.asks("--cache", "--ttl", "30"))

    def test_needs_no_key_and_no_network(self) -> None:
        self.token("--cache")
        outcome = self.run_it("cache", "clear", DEEPGRAM_API_KEY=None, DEEPGRAM_BASE_URL=None)
        self.assertEqual((outcome.status, outcome.message), (0, ""))
        self.assertEqual((self.entries(), self.grants()), ([], 1))

    def test_bad_entries_go_too(self) -> None:
        """what is loose, or a link, goes too; what a link leads to stays"""
        target = self.place.write("target", "stays\n")
        self.place.write(f"{FOLDER}/{NAME}", "not an entry", 0o644)
        self.place.write(f"{FOLDER}/{NAME}.lock", "")
        self.place.path(f"{FOLDER}/{NAME[::-1]}").symlink_to(target)
        self.assertEqual(self.run_it("cache", "clear").status, 0)
        self.assertEqual(self.entries(), [])
        self.assertEqual(target.read_text(), "stays\n")

    @unittest.skipUnless(shutil.which("strace"), "strace is not installed")
    def test_what_a_killed_run_left(self) -> None:
        """a token in a file that never got its name is forgotten as well"""
        renames = "rename,renameat,renameat2"
        command = ["strace", "-o", "/dev/null", "-e", f"trace={renames}",
                   "-e", f"inject={renames}:signal=KILL", DGAUTH, "grant", "--cache"]
        self.place.run(command, self.env | {"ASAN_OPTIONS": "detect_leaks=0"})
        self.assertIn(self.box.tokens[0].encode(), self.entry().read_bytes())
        self.assertEqual(self.run_it("cache", "clear").status, 0)
        self.assertEqual(self.entries(), [])

    def test_nothing_else_goes(self) -> None:
        names = ["README", ".hidden", NAME[:-1], NAME + "0", NAME * 2, NAME.upper(), "g" * 32,
                 f"x{NAME}", f"{NAME}.", f"{NAME}.txt", f"{NAME}-notes.pdf", f"{NAME}.lock.old",
                 f"sub/{NAME}"]
        for name in names:
            self.place.write(f"{FOLDER}/{name}", "stays\n")
        self.place.write(f"~/.cache/{NAME}", "stays\n")
        self.assertEqual(self.run_it("cache", "clear").status, 0)
        gone = [name for name in names if not (self.folder() / name).exists()]
        self.assertEqual(gone, [])
        self.assertTrue(self.place.path(f"~/.cache/{NAME}").exists())

    def test_folder_of_such_a_name(self) -> None:
        """a folder is no entry: it stays, and keeps no entry from going"""
        kept = [self.place.write(f"{FOLDER}/{name}/file", "stays\n")
                for name in ("0" * 32, "f" * 32)]
        entry = self.place.write(f"{FOLDER}/{NAME}", "goes\n")
        self.assertEqual(self.run_it("cache", "clear").status, 0)
        self.assertEqual([path.exists() for path in [*kept, entry]], [True, True, False])

    def test_no_folder(self) -> None:
        """nothing to forget: done, and no folder comes to be"""
        for _ in range(2):
            outcome = self.run_it("cache", "clear")
            self.assertEqual((outcome.status, outcome.stdout, outcome.message), (0, b"", ""))
        self.assertEqual(list(self.place.home.iterdir()), [])

    def test_dry_run(self) -> None:
        self.token("--cache")
        self.assertEqual(self.run_it("cache", "clear", "--dry-run").status, 0)
        self.assertFalse(self.asks("--cache"))

    def test_folder_that_is_none(self) -> None:
        """an error, not a bug, and nothing behind a link goes"""
        elsewhere = self.place.write(f"elsewhere/{NAME}", "stays\n")
        self.folder().parent.mkdir()
        self.folder().symlink_to(elsewhere.parent)
        outcome = self.run_it("cache", "clear")
        self.assertIn(outcome.status, (1, 3))
        self.assertIn("dgauth: error: ", outcome.message)
        self.assertTrue(elsewhere.exists())
        outcome = self.run_it("cache", "clear", HOME=None)
        self.assertIn(outcome.status, (1, 3))
        self.assertNotIn("bug", outcome.message)

if __name__ == "__main__":
    unittest.main()
