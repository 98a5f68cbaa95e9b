"""A fresh home and working directory for one run of dgauth, and the run itself."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SANITIZER_SETTINGS = ("ASAN_OPTIONS", "LSAN_OPTIONS", "UBSAN_OPTIONS")
TIME_LIMIT = 10.0  # seconds for one run; nothing here needs more

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # for `from sandbox import …`

# A job in the background ignores these, and so would all that it starts.
for number in (signal.SIGINT, signal.SIGQUIT, signal.SIGHUP):
    if signal.getsignal(number) is signal.SIG_IGN:
        signal.signal(number, signal.SIG_DFL)


def binary_from_environment() -> str:
    path = os.environ.get("DGAUTH_BINARY", "")
    if not os.access(path, os.X_OK):
        raise SystemExit("DGAUTH_BINARY must name the program under test")
    return os.path.abspath(path)


@dataclass
class Outcome:
    status: int  # negative: the signal that ended it
    stdout: bytes
    stderr: bytes
    seconds: float
    started: float  # unix time
    timed_out: bool = False
    left_behind: bool = False  # a process of its group outlived it

    @property
    def message(self) -> str:
        return self.stderr.decode(errors="replace")


class Place:
    """Home and working directory, empty at first and removed at the end."""

    def __init__(self):
        self.root = Path(tempfile.mkdtemp(prefix="dgauth-cli-"))
        self.home = self.root / "home"
        self.cwd = self.root / "cwd"
        for folder in (self.home, self.cwd):
            folder.mkdir(mode=0o700)

    def __enter__(self) -> "Place":
        return self

    def __exit__(self, *_) -> None:
        shutil.rmtree(self.root)

    def path(self, name: str) -> Path:
        """`~/x` is in the home, anything else in the working directory."""
        return self.home / name[2:] if name.startswith("~/") else self.cwd / name

    def write(self, name: str, content: bytes | str, mode: int = 0o600) -> Path:
        path = self.path(name)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        path.chmod(mode)
        return path

    def environment(self, more: dict[str, str | None] | None = None) -> dict[str, str]:
        """The whole environment of a run: three variables and what the test asks for."""
        base = {"PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": str(self.home), "LANG": "C.UTF-8"}
        base |= {name: os.environ[name] for name in SANITIZER_SETTINGS if name in os.environ}
        both = base | (more or {})
        return {name: value for name, value in both.items() if value is not None}

    def run(self, command: list[str], env: dict[str, str | None] | None = None,
            stdin: bytes | None = None, limit: float = TIME_LIMIT) -> Outcome:
        """Runs it to its end in a session of its own, so without a controlling terminal."""
        started = time.time()
        process = subprocess.Popen(
            command, cwd=self.cwd, env=self.environment(env), start_new_session=True,
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        timed_out = False
        try:
            stdout, stderr = process.communicate(stdin, timeout=limit)
        except subprocess.TimeoutExpired:
            timed_out = True
            end_group(process.pid)
            stdout, stderr = process.communicate()
        seconds = time.time() - started
        return Outcome(process.returncode, stdout, stderr, seconds, started, timed_out,
                       end_group(process.pid) and not timed_out)


def end_group(group: int) -> bool:
    """Ends what is left of a process group; says whether anything in it was still running."""
    running = living_in_group(group)
    if running:
        try:
            os.killpg(group, signal.SIGKILL)
        except ProcessLookupError:
            return False
    return bool(running)


def living_in_group(group: int) -> list[int]:
    try:
        os.killpg(group, 0)  # the quick answer, nearly always "no such group"
    except ProcessLookupError:
        return []
    living = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                state, _, pgrp = (entry / "stat").read_text().rpartition(")")[2].split()[:3]
            except (FileNotFoundError, ProcessLookupError):
                continue
            if int(pgrp) == group and state != "Z":
                living.append(int(entry.name))
    return living
