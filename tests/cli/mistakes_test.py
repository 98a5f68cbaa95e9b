#!/usr/bin/env python3
"""What a user reads after each of some 150 mistakes.

`mistakes.txt` is a list of mistaken command lines, each with the exit status and what came to
stderr. `--write` runs it all again and writes what came, so that a reviewer reads each message as
its user would: apart from the code. A line `< {...}` before a command is a reply that the sandbox
gives, as often as it is asked.
"""

import difflib
import json
import os
import re
import subprocess
import sys
import tempfile
import unittest
import wave
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from place import binary_from_environment

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sandbox import Reply, Sandbox  # noqa: E402

DGAUTH = str(Path(binary_from_environment()).resolve())
LIST = Path(__file__).with_name("mistakes.txt")
TIME_LIMIT = 60  # seconds for one command line
AT_A_TIME = 2 * (os.cpu_count() or 1)
NOT_SHOWN = re.compile(rb"[\x00-\x09\x0b-\x1f\x7f-\xff]")


@dataclass
class Mistake:
    line: str
    replies: list[dict] = field(default_factory=list)
    said: list[str] = field(default_factory=list)  # status, then the lines on stderr

    def text(self) -> str:
        replies = [f"< {json.dumps(reply)}" for reply in self.replies]
        return "\n".join([*replies, f"$ {self.line}", *self.said])


def read_list(text: str) -> list[Mistake | str]:
    """Mistakes, and between them comments and empty lines as they are."""
    entries: list[Mistake | str] = []
    replies: list[dict] = []
    for line in text.splitlines():
        if line.startswith("< "):
            replies.append(json.loads(line[2:]))
        elif line.startswith("$ "):
            entries.append(Mistake(line[2:], replies))
            replies = []
        elif line.startswith("#") or not line:
            entries.append(line)
        else:
            entries[-1].said.append(line)
    return entries


def environment_of(box: Sandbox, home: Path, other_ca: Path) -> dict[str, str]:
    keys = {f"{role.upper().replace('-', '_')}_KEY": key for role, key in box.keys.items()}
    return {
        **keys,
        "PATH": f"{home / 'bin'}:/usr/bin:/bin",
        "HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "DEEPGRAM_API_KEY": box.keys["member"],
        "DEEPGRAM_BASE_URL": box.base_url,
        "SSL_CERT_FILE": str(box.ca_file),
        "OTHER_CA": str(other_ca),
    }


def write_silence(path: Path) -> None:
    with wave.open(str(path), "wb") as recording:
        recording.setparams((1, 2, 8000, 0, "NONE", ""))
        recording.writeframes(bytes(1600))


def settled(text: str, box: Sandbox, home: Path) -> str:
    """Without what differs from run to run."""
    text = text.replace(str(home / "work"), "DIR").replace(str(home), "HOME")
    text = text.replace(str(box.ca_file), "CA")
    text = text.replace(box.base_url.rpartition(":")[2], "PORT")
    text = re.sub(r"\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b", "ID", text)
    text = re.sub(r"after [0-9.]+ m?s", "after N s", text)
    text = re.sub(r"expired (.*) ago", "expired N s ago", text)
    return re.sub(r"\d{4}-\d\d-\d\dT[0-9:.]+Z", "TIME", text)


def run_mistake(mistake: Mistake, box: Sandbox, other_ca: Path) -> list[str]:
    with tempfile.TemporaryDirectory(prefix="dgauth-mistake-") as name:
        home = Path(name)
        (home / "work").mkdir()
        (home / "bin").mkdir()
        (home / "bin/dgauth").symlink_to(DGAUTH)
        for recording in ("talk.wav", "second.wav"):
            write_silence(home / "work" / recording)
        done = subprocess.run(
            ["bash", "-c", f"umask 077; {mistake.line}"],
            cwd=home / "work", env=environment_of(box, home, other_ca), stdin=subprocess.DEVNULL,
            capture_output=True, timeout=TIME_LIMIT, check=False,
        )
        stderr = NOT_SHOWN.sub(b"?", done.stderr).decode()
        return [f"status {done.returncode}", *settled(stderr, box, home).splitlines()]


def run_apart(mistake: Mistake, other_ca: Path) -> list[str]:
    """With a sandbox of its own, which answers as the list says."""
    with Sandbox() as box:
        for reply in mistake.replies:
            box.script(Reply.from_json(reply), times=None)
        return run_mistake(mistake, box, other_ca)


def run_all(text: str) -> str:
    entries = read_list(text)
    mistakes = [entry for entry in entries if isinstance(entry, Mistake)]
    with Sandbox() as box, Sandbox() as other, ThreadPoolExecutor(AT_A_TIME) as threads:
        def run(mistake: Mistake) -> list[str]:
            ca = other.ca_file
            return run_apart(mistake, ca) if mistake.replies else run_mistake(mistake, box, ca)

        for mistake, said in zip(mistakes, threads.map(run, mistakes)):
            mistake.said = said
    return "".join(f"{each.text() if isinstance(each, Mistake) else each}\n" for each in entries)


class Mistakes(unittest.TestCase):
    def test_each_is_told_as_written(self) -> None:
        written = LIST.read_text(encoding="utf-8")
        came = run_all(written)
        difference = difflib.unified_diff(written.splitlines(), came.splitlines(), "written", "came", lineterm="")
        self.assertEqual(written, came, "\n" + "\n".join(difference))

    def test_there_are_enough(self) -> None:
        entries = read_list(LIST.read_text(encoding="utf-8"))
        self.assertGreaterEqual(sum(isinstance(each, Mistake) for each in entries), 150)


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        LIST.write_text(run_all(LIST.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        unittest.main()
