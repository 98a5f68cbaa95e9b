#!/usr/bin/env python3
"""promises 23 and 24: the modes of what the cache makes, and folders that cannot hold a cache."""

import os
import shutil
import unittest

from cache_run import DGAUTH, FOLDER, NOBODY, WARNING, CacheTest, mode_of


class ModeTest(CacheTest):
    def test_modes(self) -> None:
        """promise 23: files 0600 and folders 0700, whatever the umask"""
        for umask in ("000", "022", "077", "277", "777"):
            with self.subTest(umask):
                self.assertEqual(self.run_it("grant", "--cache", umask=umask).message, "")
                self.assertFalse(self.asks("--cache", umask=umask))
                self.assertEqual(
                    {str(path.relative_to(self.place.home)): oct(mode_of(path))
                     for path in self.place.home.rglob("*")},
                    {".cache": "0o700", ".cache/dgauth": "0o700",
                     **{f".cache/dgauth/{path.name}": "0o600" for path in self.folder().iterdir()}})
            shutil.rmtree(self.place.path("~/.cache"))

    @unittest.skipIf(os.geteuid() != 0, "needs root to run as somebody else")
    def test_odd_umask_without_privileges(self) -> None:
        """somebody who is not root can go on using the cache that an odd umask met"""
        run_as_nobody = self.nobody()
        for umask in (0o000, 0o277, 0o777):
            with self.subTest(oct(umask)):
                for _ in range(2):
                    status, _, message = run_as_nobody("grant", "--cache", umask=umask)
                    self.assertEqual((status, message), (0, ""))
                self.assertEqual(len(self.entries()), 1)
            shutil.rmtree(self.place.path("~/.cache"), ignore_errors=True)

    def test_never_open_for_a_moment(self) -> None:
        """promise 23: what a process makes has its mode from the start"""
        process = self.start("grant", "--cache", umask=0)
        seen = set()
        while process.poll() is None:
            for path in self.place.path("~/").rglob("*"):
                try:
                    seen.add(oct(mode_of(path)))
                except FileNotFoundError:
                    pass
        self.assertEqual(process.returncode, 0)
        self.assertLessEqual(seen, {"0o600", "0o700"})

    def test_existing_folders_keep_their_modes(self) -> None:
        self.place.path("~/.cache").mkdir(mode=0o755)
        self.place.path("~/.cache").chmod(0o755)
        self.folder().mkdir()
        self.folder().chmod(0o755)
        self.token("--cache")
        self.assertEqual((mode_of(self.place.path("~/.cache")), mode_of(self.folder())),
                         (0o755, 0o755))
        self.assertEqual(mode_of(self.entry()), 0o600)
        self.assertTrue(self.is_cached("--cache"))

    def nobody(self):
        """Runs dgauth as one who has no privileges, in a home of his own."""
        program = shutil.copy(DGAUTH, self.place.path("dgauth"))
        self.place.root.chmod(0o755)
        for path in (self.place.cwd, self.place.home):
            os.chown(path, NOBODY, NOBODY)

        def run(*args: str, umask: int = 0o022, **env: str | None) -> tuple[int, bytes, str]:
            process = self.start(*args, program=program, user=NOBODY, group=NOBODY, extra_groups=[],
                                 umask=umask, env=env)
            stdout, stderr = process.communicate(timeout=10)
            return process.returncode, stdout, stderr.decode()
        return run

    @unittest.skipIf(os.geteuid() != 0, "needs root to run as somebody else")
    def test_folder_that_cannot_be_written(self) -> None:
        """a warning, the token all the same; an entry that is there is still good"""
        run_as_nobody = self.nobody()
        self.assertEqual(run_as_nobody("grant", "--cache", "--ttl", "60")[0], 0)
        os.chmod(self.folder(), 0o500)
        status, stdout, message = run_as_nobody("grant", "--cache", "--ttl", "60")
        self.assertEqual((status, stdout.decode(), message), (0, self.box.tokens[0] + "\n", ""))
        status, stdout, message = run_as_nobody("grant", "--cache", "--ttl", "90")
        self.assertEqual((status, stdout.decode()), (0, self.box.tokens[1] + "\n"))
        self.assertRegex(message, f"^{WARNING}[^\n]+\n$")
        for mode in (0o000, 0o300):
            os.chmod(self.folder(), mode)
            status, stdout, message = run_as_nobody("grant", "--cache", "--ttl", "70")
            self.assertEqual((status, stdout.decode()), (0, self.box.tokens[-1] + "\n"))


class NoFolderTest(CacheTest):
    """Where there can be no cache the token is printed all the same, with a warning."""

    def assert_warned(self, **env: str | None) -> None:
        grants = self.grants()
        for command, output in (("grant", "json"), ("header", "header")):
            outcome = self.run_it(command, "--cache", "-o", output, **env)
            self.assertEqual(outcome.status, 0, outcome.message)
            self.assertIn(self.box.tokens[-1].encode(), outcome.stdout)
            self.assertRegex(outcome.message, f"^{WARNING}[^\n]+\n$")
        quiet = self.run_it("grant", "--cache", "-q", **env)
        self.assertEqual((quiet.status, quiet.message), (0, ""))
        self.assertEqual(self.grants(), grants + 3)

    def test_no_home(self) -> None:
        for home in (None, "", "relative", "."):
            with self.subTest(home):
                self.assert_warned(HOME=home)
        self.assertEqual(list(self.place.cwd.iterdir()), [])

    def test_xdg(self) -> None:
        """XDG_CACHE_HOME goes before HOME if it is absolute, and is not looked at otherwise"""
        self.assertTrue(self.asks("--cache", XDG_CACHE_HOME=str(self.place.path("x/y"))))
        self.assertFalse(self.asks("--cache", XDG_CACHE_HOME=str(self.place.path("x/y"))))
        self.assertEqual(len(list(self.place.path("x/y/dgauth").iterdir())), 2)
        self.assertEqual(mode_of(self.place.path("x")), 0o700)
        self.assertTrue(self.asks("--cache", XDG_CACHE_HOME="relative"))
        self.assertFalse(self.asks("--cache", XDG_CACHE_HOME=""))
        self.assertFalse(self.asks("--cache"))
        self.assertEqual([path.name for path in self.place.cwd.iterdir()], ["x"])

    def test_file_in_its_place(self) -> None:
        """a file, a pipe or a device where the folder, or one above it, should be"""
        for name in (FOLDER, "~/.cache"):
            path = self.place.write(name, "not a folder\n")
            self.assert_warned()
            self.assertEqual(path.read_text(), "not a folder\n")
            path.unlink()
            if path == self.folder():
                path.parent.rmdir()
        os.mkfifo(self.place.path("~/.cache"))
        self.assert_warned()
        self.assert_warned(HOME="/dev/null")
        self.assert_warned(XDG_CACHE_HOME="/proc/self")

    def test_link_in_its_place(self) -> None:
        """the folder itself may be no link; those above it may"""
        elsewhere = self.place.path("elsewhere")
        elsewhere.mkdir(mode=0o700)
        self.folder().parent.mkdir()
        for target in (elsewhere, self.place.path("nowhere")):
            self.folder().symlink_to(target)
            self.assert_warned()
            self.folder().unlink()
        self.assertEqual(list(elsewhere.iterdir()), [])
        self.folder().parent.rmdir()
        self.folder().parent.symlink_to(elsewhere)
        self.assertTrue(self.asks("--cache"))
        self.assertFalse(self.asks("--cache"))

    def test_folder_that_others_write(self) -> None:
        for mode in (0o770, 0o777, 0o702, 0o1777):
            with self.subTest(oct(mode)):
                self.folder().mkdir(parents=True, exist_ok=True)
                self.folder().chmod(mode)
                self.assert_warned()
                self.assertEqual(list(self.folder().iterdir()), [])

    @unittest.skipIf(os.geteuid() != 0, "needs root to give a folder away")
    def test_folder_of_somebody_else(self) -> None:
        self.folder().mkdir(parents=True, mode=0o700)
        os.chown(self.folder(), NOBODY, NOBODY)
        self.assert_warned()
        self.assertEqual(list(self.folder().iterdir()), [])

    def test_name_that_is_shown(self) -> None:
        """promise 18: the warning is one line, whatever the folder is called"""
        folder = self.place.path("a\n::error::b\x1b[31m")
        folder.write_text("")
        self.assert_warned(XDG_CACHE_HOME=str(folder))

    def test_full_disk(self) -> None:
        """an entry that cannot be written leaves nothing behind, and the token is printed"""
        script = 'trap "" XFSZ; ulimit -f 0; exec "$0" grant --cache'
        outcome = self.place.run(["bash", "-c", script, DGAUTH], self.env)
        self.assertEqual((outcome.status, outcome.stdout.decode()), (0, self.box.tokens[0] + "\n"))
        self.assertRegex(outcome.message, f"^{WARNING}[^\n]+\n$")
        self.assertEqual(self.entries(), [])

if __name__ == "__main__":
    unittest.main()
