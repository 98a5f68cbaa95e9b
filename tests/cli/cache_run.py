"""What the tests of the token cache share: a sandbox, a home, and a look at the cache."""

import json
import os
import stat
import subprocess
import unittest
from pathlib import Path
from typing import Any

from place import Outcome, Place, binary_from_environment
from sandbox import Reply, Sandbox

DGAUTH = binary_from_environment()
FOLDER = "~/.cache/dgauth"
NOBODY = 65534
WARNING = "dgauth: warning: the token cache is not used: "


class CacheTest(unittest.TestCase):
    """Each test has a home and a sandbox of its own, in plain HTTP: TLS makes no difference."""

    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box = self.enterContext(Sandbox(tls=False))
        self.env: dict[str, str | None] = {
            "DEEPGRAM_BASE_URL": self.box.base_url, "DEEPGRAM_API_KEY": self.box.keys["member"]}

    def run_it(self, *args: str, umask: str = "022", **env: str | None) -> Outcome:
        """One run of dgauth, which must come to its end."""
        script = f'umask {umask}; exec "$0" "$@"'
        outcome = self.place.run(["bash", "-c", script, DGAUTH, *args], self.env | env)
        self.assertFalse(outcome.timed_out, f"did not end: {args}")
        return outcome

    def token(self, *args: str, **more: Any) -> str:
        """What `dgauth grant` prints, without a word on stderr."""
        outcome = self.run_it("grant", *args, **more)
        self.assertEqual((outcome.status, outcome.message), (0, ""))
        self.assertIn(outcome.stdout.decode().rstrip("\n"), self.box.tokens)
        return outcome.stdout.decode().rstrip("\n")

    def report(self, *args: str, **more: Any) -> dict[str, Any]:
        outcome = self.run_it("grant", "-o", "json", *args, **more)
        self.assertEqual(outcome.status, 0, outcome.message)
        return json.loads(outcome.stdout)

    def is_cached(self, *args: str, **more: Any) -> bool:
        return self.report(*args, **more)["cached"]

    def asks(self, *args: str, **more: Any) -> bool:
        """Whether `dgauth grant` asks the server; what it says of itself agrees."""
        before = self.grants()
        cached = self.is_cached(*args, **more)
        asked = self.grants() - before
        self.assertEqual(asked, 0 if cached else 1)
        return bool(asked)

    def grants(self) -> int:
        """How often a token was asked for."""
        self.box.wait_idle(1.0)
        return len(self.box.requests)

    def start(self, *args: str, program: str = DGAUTH, env: dict[str, str] | None = None,
              **more: Any) -> subprocess.Popen:
        """Starts dgauth; what is still there of it at the end of the test is ended."""
        pipe = subprocess.PIPE
        streams = {"stdin": subprocess.DEVNULL, "stdout": pipe, "stderr": pipe}
        environment = self.place.environment(self.env | (env or {}))
        process = subprocess.Popen([program, *args], cwd=self.place.cwd, env=environment,
                                   **(streams | more))
        self.addCleanup(end, process)
        return process

    def folder(self) -> Path:
        return self.place.path(FOLDER)

    def entries(self) -> list[Path]:
        """The files of the cache that hold a token; what stands for a lock holds nothing."""
        if not self.folder().is_dir():
            return []
        return sorted(path for path in self.folder().iterdir() if path.suffix != ".lock")

    def entry(self) -> Path:
        """The only entry."""
        entries = self.entries()
        self.assertEqual(len(entries), 1, entries)
        return entries[0]

    def files(self) -> list[Path]:
        """Everything below home and working directory that is no folder."""
        return [Path(top) / name for top, _, names in os.walk(self.place.root) for name in names]

    def script(self, reply: Reply, times: int | None = 1) -> None:
        self.box.script(reply, "POST", "/v1/auth/grant", times)

    def config(self, text: str) -> None:
        self.place.write("~/.config/dgauth/config.toml", 'profile = "a"\n[profiles.a]\n' + text)


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.lstat().st_mode)


def end(process: subprocess.Popen) -> None:
    if process.poll() is None:
        process.kill()
    process.communicate()
