"""Runs dgauth on a pseudo-terminal of its own."""

import os
import pty
import select
import signal
import subprocess
import termios
import time


class Terminal:
    """A terminal; what a program run on it writes there is collected."""

    def __init__(self):
        self.ours, self.theirs = pty.openpty()
        settings = termios.tcgetattr(self.theirs)
        settings[1] &= ~termios.OPOST  # bytes come out as they were written
        termios.tcsetattr(self.theirs, termios.TCSANOW, settings)
        self.shown = b""
        self.process: subprocess.Popen | None = None

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_) -> None:
        if self.process and self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.ours)
        os.close(self.theirs)

    def start(self, command: list[str], cwd: str, env: dict[str, str], **streams) -> None:
        """The terminal becomes the controlling one; streams not given are the terminal."""
        for name in ("stdin", "stdout", "stderr"):
            streams.setdefault(name, self.theirs)
        path = os.ttyname(self.theirs)
        self.process = subprocess.Popen(
            command, cwd=cwd, env=env, start_new_session=True,
            preexec_fn=lambda: os.close(os.open(path, os.O_RDWR)), **streams)

    def type(self, text: str) -> None:
        os.write(self.ours, text.encode())

    def interrupt(self) -> None:
        """Ctrl-C."""
        os.write(self.ours, b"\x03")

    def echoes(self) -> bool:
        return bool(termios.tcgetattr(self.ours)[3] & termios.ECHO)

    def read_until(self, condition, limit: float = 5.0) -> bool:
        """Collects what is shown until the condition holds; says whether it came to that."""
        deadline = time.monotonic() + limit
        while not condition():
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            if select.select([self.ours], [], [], min(left, 0.02))[0]:
                self.shown += os.read(self.ours, 65536)
        return True

    def finish(self, limit: float = 5.0) -> int:
        """The exit status, or minus the signal; all that was shown is then in `shown`."""
        if not self.read_until(lambda: self.process.poll() is not None, limit):
            self.process.send_signal(signal.SIGKILL)
            raise AssertionError(f"did not end within {limit} s; shown: {self.shown!r}")
        while select.select([self.ours], [], [], 0.05)[0]:
            self.shown += os.read(self.ours, 65536)
        return self.process.returncode
