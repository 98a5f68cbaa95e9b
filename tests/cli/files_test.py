#!/usr/bin/env python3
"""promise 23: the files dgauth makes, and what it does to files that are there."""

import json
import os
import signal
import stat
import subprocess
import threading
import time
import unittest

from place import Place, binary_from_environment
from sandbox import Reply, Sandbox
from text import TOKEN_CLAIMS, fake_jwt

DGAUTH = binary_from_environment()
TOKEN = fake_jwt(TOKEN_CLAIMS)
LINE = TOKEN + "\n"
OLD = "eyJ-an.old.token\n"
NOBODY = 65534


class FilesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box = self.enterContext(Sandbox(tls=False))
        self.box.script(Reply(body={"access_token": TOKEN, "expires_in": 30}), times=None)
        self.env = {"DEEPGRAM_BASE_URL": self.box.base_url,
                    "DEEPGRAM_API_KEY": self.box.keys["member"]}

    def grant(self, *args: str, umask: str = "022", **env: str):
        script = f'umask {umask}; exec "$0" grant "$@"'
        return self.place.run(["bash", "-c", script, DGAUTH, *args], self.env | env)

    def assert_done(self, outcome) -> None:
        self.assertEqual((outcome.status, outcome.stdout), (0, b""), outcome.message)

    def mode(self, name: str) -> int:
        return stat.S_IMODE(self.place.path(name).lstat().st_mode)

    def names(self) -> list[str]:
        return sorted(path.name for path in self.place.cwd.iterdir())

    def test_modes(self) -> None:
        """promise 23: 0600 whatever the umask"""
        for umask in ("000", "022", "077", "777"):
            with self.subTest(umask):
                self.assert_done(self.grant("--out", "new", umask=umask))
                self.assertEqual(self.mode("new"), 0o600)
                self.assertEqual(self.place.path("new").read_text(), LINE)
                old = self.place.write("old", OLD, 0o666)
                self.assert_done(self.grant("--out", "old", umask=umask))
                self.assertEqual((self.mode("old"), old.read_text()), (0o600, LINE))
                self.assertEqual(self.names(), ["new", "old"])
                for name in self.names():
                    self.place.path(name).unlink()

    def test_modes_of_github_files(self) -> None:
        """promise 23: 0600 whatever the umask, for -o github too"""
        for umask in ("000", "022", "077", "777"):
            with self.subTest(umask):
                self.assert_done(self.grant("-o", "github", umask=umask, GITHUB_ENV="env"))
                self.assertEqual(self.mode("env"), 0o600)
                self.place.path("env").unlink()

    def test_never_open_for_a_moment(self) -> None:
        """promise 23: no file of any name is ever readable by others, nor incomplete at its name"""
        seen, done = set(), threading.Event()

        def watch() -> None:
            while not done.is_set():
                for entry in os.scandir(self.place.cwd):
                    try:
                        info = entry.stat()
                        seen.add((entry.name, stat.S_IMODE(info.st_mode), info.st_size))
                    except FileNotFoundError:
                        pass
        watcher = threading.Thread(target=watch)
        watcher.start()
        try:
            for _ in range(10):
                self.assert_done(self.grant("--out", "t", umask="000"))
        finally:
            done.set()
            watcher.join()
        self.assertEqual({mode for _, mode, _ in seen}, {0o600})
        self.assertEqual({size for name, _, size in seen if name == "t"}, {len(LINE)})

    def test_a_reader_sees_old_or_new(self) -> None:
        """promise 23: the old file is replaced, not written into: who has it open keeps it"""
        self.place.write("t", OLD)
        with self.place.path("t").open() as reader:
            self.assert_done(self.grant("--out", "t"))
            self.assertEqual(reader.read(), OLD)
        self.assertEqual(self.place.path("t").read_text(), LINE)

    def test_a_hard_link_keeps_the_old_text(self) -> None:
        """promise 23: another name of the old file does not get the token"""
        self.place.write("t", OLD, 0o644)
        os.link(self.place.path("t"), self.place.path("other"))
        self.assert_done(self.grant("--out", "t"))
        self.assertEqual(self.place.path("other").read_text(), OLD)

    def test_a_symbolic_link(self) -> None:
        """promise 23: a link is not followed to write into what it points to"""
        target = self.place.write("~/target", OLD, 0o644)
        self.place.path("t").symlink_to(target)
        outcome = self.grant("--out", "t")
        if outcome.status == 0:  # replacing the link itself is as good as refusing
            self.assertFalse(self.place.path("t").is_symlink())
            self.assertEqual((self.mode("t"), self.place.path("t").read_text()), (0o600, LINE))
        else:
            self.assertEqual((outcome.status, outcome.stdout), (1, b""), outcome.message)
        self.assertEqual(target.read_text(), OLD)
        self.assertEqual(self.names(), ["t"])

    def test_a_dangling_link(self) -> None:
        """promise 23: nothing is made where a dangling link points"""
        self.place.path("t").symlink_to(self.place.path("~/target"))
        outcome = self.grant("--out", "t")
        self.assertIn(outcome.status, (0, 1), outcome.message)
        self.assertFalse(self.place.path("~/target").exists())

    def test_a_planted_temporary(self) -> None:
        """promise 23: links planted beside the target are not followed"""
        target = self.place.write("~/target", OLD, 0o644)
        for name in ("t.tmp", ".t.tmp", "t~", ".t", "t.new"):
            self.place.path(name).symlink_to(target)
        self.assert_done(self.grant("--out", "t"))
        self.assertEqual(target.read_text(), OLD)

    def device(self, minor: int) -> str:
        """A device like /dev/null (3) or /dev/full (7), of our own if root could replace that."""
        if os.geteuid() != 0:
            return {3: "/dev/null", 7: "/dev/full"}[minor]
        path = self.place.path(f"device{minor}")
        try:
            os.mknod(path, 0o600 | stat.S_IFCHR, os.makedev(1, minor))
            path.open("wb").close()
        except PermissionError:
            self.skipTest("no devices can be made here")
        return str(path)

    def test_a_device_stays_a_device(self) -> None:
        """promise 23: a device is written in place, not replaced, even for root"""
        path = self.device(3)
        before = os.stat(path)
        self.assert_done(self.grant("--out", path))
        after = os.stat(path)
        self.assertTrue(stat.S_ISCHR(after.st_mode))
        self.assertEqual((before.st_ino, before.st_mode), (after.st_ino, after.st_mode))

    def test_a_full_device(self) -> None:
        """promise 22: what cannot be written to --out is status 1, as text and as JSON"""
        path = self.device(7)
        outcome = self.grant("--out", path)
        self.assertEqual((outcome.status, outcome.stdout), (1, b""), outcome.message)
        self.assertIn(path, outcome.message)
        outcome = self.grant("--json", "--out", path)
        self.assertEqual((outcome.status, outcome.stdout), (1, b""), outcome.message)
        self.assertEqual(json.loads(outcome.message)["error"]["kind"], "output")

    def test_a_named_pipe(self) -> None:
        """promise 23: a named pipe is written in place"""
        os.mkfifo(self.place.path("pipe"), 0o600)
        got = []
        reader = threading.Thread(target=lambda: got.append(self.place.path("pipe").read_text()),
                                  daemon=True)
        reader.start()
        self.assert_done(self.grant("--out", "pipe"))
        reader.join(5)
        self.assertEqual(got, [LINE])
        self.assertTrue(stat.S_ISFIFO(self.place.path("pipe").lstat().st_mode))
        self.assertEqual(self.names(), ["pipe"])

    def test_process_substitution(self) -> None:
        """promise 23: --out >(…) of a shell, which is /dev/fd/N"""
        outcome = self.place.run(["bash", "-c", '"$0" grant --out >(cat >copy; echo >done); '
                                  'for i in {1..40}; do [ -e done ] || sleep 0.05; done', DGAUTH],
                                 self.env)
        self.assertEqual(outcome.status, 0, outcome.message)
        self.assertEqual(self.place.path("copy").read_text(), LINE)

    def test_a_github_file_that_is_there(self) -> None:
        """promise 23: what is there is appended to, and keeps its mode"""
        self.place.write("env", "A=1\n", 0o644)
        self.assert_done(self.grant("-o", "github", GITHUB_ENV="env"))
        self.assertEqual(self.mode("env"), 0o644)
        self.assertEqual(self.place.path("env").read_text(),
                         f"A=1\nDEEPGRAM_ACCESS_TOKEN={TOKEN}\n")

    def test_a_github_file_that_is_a_dangling_link(self) -> None:
        """promise 23: a file is made at its own name only, not where a link points"""
        self.place.path("env").symlink_to(self.place.path("~/target"))
        outcome = self.grant("-o", "github", GITHUB_ENV="env")
        self.assertEqual((outcome.status, outcome.stdout), (1, b""), outcome.message)
        self.assertFalse(self.place.path("~/target").exists())

    def test_a_folder_without_permission(self) -> None:
        """a folder that may not be written is status 1, with nothing on stdout"""
        if os.geteuid() == 0:
            folder = "/proc"  # not even root can make a file here
        else:
            folder = str(self.place.cwd / "closed")
            os.mkdir(folder, 0o500)
        outcome = self.grant("--out", f"{folder}/t")
        self.assertEqual((outcome.status, outcome.stdout), (1, b""), outcome.message)
        self.assertIn(f"{folder}/t", outcome.message)

    def test_kill_leaves_old_or_new(self) -> None:
        """promise 23: kill -9 at any moment leaves the whole old file or the whole new one"""
        self.place.write("t", OLD)
        whole = 0
        for step in range(40):
            process = subprocess.Popen(
                [DGAUTH, "grant", "--out", "t"], cwd=self.place.cwd, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                env=self.place.environment(self.env))
            time.sleep(step * 0.001)
            process.send_signal(signal.SIGKILL)
            process.wait()
            text = self.place.path("t").read_text()
            self.assertIn(text, (OLD, LINE))
            whole += text == LINE
            self.place.write("t", OLD)
        for name in self.names():  # what was left of a killed one is closed to others
            self.assertEqual(self.mode(name), 0o600)


class KeyFilesTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box = self.enterContext(Sandbox(tls=False))
        self.key = self.box.keys["member"]
        self.env = {"DEEPGRAM_BASE_URL": self.box.base_url}

    def assert_granted(self, outcome) -> None:
        self.assertEqual(outcome.status, 0, outcome.message)
        self.assertEqual(outcome.stdout.decode(), self.box.tokens[-1] + "\n")

    def test_a_pipe_as_key_file(self) -> None:
        """a key file may be a pipe, as from <(…)"""
        outcome = self.place.run(
            ["bash", "-c", '"$0" grant --api-key-file <(echo "$1")', DGAUTH, self.key], self.env)
        self.assert_granted(outcome)

    def test_a_named_pipe_in_pieces(self) -> None:
        """a key that comes in two pieces is read whole"""
        os.mkfifo(self.place.path("pipe"))
        writer = subprocess.Popen(["bash", "-c", 'exec >pipe; printf %s "$1"; sleep 0.3; echo "$2"',
                                   "-", self.key[:20], self.key[20:]], cwd=self.place.cwd)
        self.addCleanup(writer.wait, 10)
        self.assert_granted(self.place.run([DGAUTH, "grant", "--api-key-file", "pipe"], self.env))

    def test_endless_key_files(self) -> None:
        """promise 3: reading stops after 4097 bytes"""
        for name in ("/dev/zero", "/dev/urandom"):
            with self.subTest(name):
                outcome = self.place.run([DGAUTH, "grant", "--api-key-file", name], self.env)
                self.assertEqual((outcome.status, outcome.stdout), (3, b""), outcome.message)
                self.assertLess(outcome.seconds, 2)
        self.assertEqual(self.box.requests, [])

    def test_a_key_that_never_comes(self) -> None:
        """reading a key file stops after 10 s"""
        reader, writer = os.pipe()
        with open(reader, "rb") as silent, open(writer, "wb"):
            before = time.monotonic()
            done = subprocess.run([DGAUTH, "grant", "--api-key-file", "-"], stdin=silent,
                                  capture_output=True, cwd=self.place.cwd, timeout=15,
                                  env=self.place.environment(self.env))
        self.assertEqual((done.returncode, done.stdout), (3, b""), done.stderr)
        self.assertIn(b"stdin", done.stderr)
        self.assertTrue(9.5 <= time.monotonic() - before <= 12)

    def test_another_owner(self) -> None:
        """promise 6: a configuration with api_key that belongs to another user is status 3"""
        if os.geteuid() != 0:
            self.skipTest("only root can give a file away")
        path = self.place.write("c.toml", f'[profiles.a]\napi_key = "{self.key}"\n')
        command = [DGAUTH, "grant", "-c", "c.toml", "-p", "a"]
        self.assert_granted(self.place.run(command, self.env))
        os.chown(path, NOBODY, NOBODY)
        outcome = self.place.run(command, self.env)
        self.assertEqual((outcome.status, outcome.stdout), (3, b""), outcome.message)
        self.assertIn("c.toml", outcome.message)


if __name__ == "__main__":
    unittest.main()
