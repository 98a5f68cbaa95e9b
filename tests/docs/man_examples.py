"""The examples of the manual, and a place to run them: against the sandbox, in an empty folder.

Programs that an example uses and that need not be installed are in stand_ins/. Those that are given
a token write down their command line.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import wave
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE.parent), str(ROOT / "man")]

from drift import man_sections  # noqa: E402
from mdoc import plain  # noqa: E402
from sandbox import Received, Sandbox  # noqa: E402

TIME_LIMIT = 60  # seconds for one example
BAD_KEY = "0" * 40


@dataclass(frozen=True)
class Example:
    page: str  # dgauth-grant.1
    title: str
    script: str

    @property
    def is_fish(self) -> bool:
        return self.script.startswith(("set -l ", "dgauth grant -o fish"))

    @property
    def is_configuration(self) -> bool:
        return self.page.endswith(".5")

    @property
    def mints(self) -> bool:
        return bool(re.search(r"dgauth (grant|header)", self.script)) and self.sends

    @property
    def sends(self) -> bool:
        return not re.search(r"--dry-run|dgauth (completion|cache|config)", self.script)


@dataclass(frozen=True)
class Outcome:
    status: int
    stdout: str
    stderr: str
    files: str  # what the files hold that it made
    arguments: str  # of the programs that were given a token
    requests: list[Received]
    tokens: list[str]


def examples_of(page: str, text: str) -> list[Example]:
    """The literal blocks of each section EXAMPLES..., each with the text before it as its title."""
    examples: list[Example] = []
    for heading, lines in man_sections(text).items():
        if heading.startswith("EXAMPLES"):
            examples += _examples_in(page, lines)
    return examples


def _examples_in(page: str, lines: list[str]) -> list[Example]:
    examples: list[Example] = []
    title: list[str] = []
    block: list[str] | None = None
    for line in lines:
        if line.startswith(".Bd "):
            block = []
        elif line == ".Ed":
            examples.append(Example(page, " ".join(title).rstrip(":"), _script_of(block or [])))
            title, block = [], None
        elif block is not None:
            block.append(plain(line))
        elif line == ".Pp":
            title = []
        elif not line.startswith("."):
            title.append(line)
    return examples


def _script_of(block: list[str]) -> str:
    """A step of a GitHub workflow runs what its `run` says."""
    step = re.fullmatch(r"- run: (.+)", block[0])
    return step[1] if step else "\n".join(block)


def all_examples() -> list[Example]:
    pages = sorted((ROOT / "man").glob("dgauth*.[1-8]"))
    return [each for page in pages for each in examples_of(page.name, page.read_text("utf-8"))]


def run_example(example: Example, binary: str, key: str = "") -> Outcome:
    """key: a key to use instead of one of the sandbox's that may do what the example does."""
    with Sandbox() as box, tempfile.TemporaryDirectory(prefix="dgauth-example-") as name:
        folder = _prepared(Path(name), binary)
        key = key or box.keys["default" if "--expect-not grant" in example.script else "member"]
        (folder / "deepgram.key").write_text(key + "\n", encoding="utf-8")
        (folder / "deepgram.key").chmod(0o600)
        there_before = set(folder.rglob("*"))
        done = subprocess.run(
            _command(example, box),
            cwd=folder,
            env=_environment(box, folder, "" if "_FILE=" in example.script else key),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        made = sorted(path for path in set(folder.rglob("*")) - there_before if path.is_file())
        return Outcome(
            status=done.returncode,
            stdout=done.stdout,
            stderr=done.stderr,
            files="".join(path.read_text(encoding="utf-8") for path in made),
            arguments=Path(name, "arguments").read_text(encoding="utf-8"),
            requests=list(box.requests),
            tokens=list(box.tokens),
        )


def _command(example: Example, box: Sandbox) -> list[str]:
    """No option that would end the script at a failure: its lines have to see to that."""
    host = box.base_url.removeprefix("https://")
    script = re.sub(r"(https|wss)://api\.deepgram\.com", rf"\1://{host}", example.script)
    if script.splitlines()[-1].endswith(('eval "$line"', "eval $line")):
        # What an interactive shell would do next, if the token is there.
        script += "; and ./transcribe talk.wav" if example.is_fish else " && ./transcribe talk.wav"
    return ["fish", "--no-config", "-c", script] if example.is_fish else ["bash", "-c", script]


def _prepared(place: Path, binary: str) -> Path:
    """The folder that the example runs in, which is its home, too."""
    folder = place / "work"
    for made in ("work/.zfunc", "work/.config/fish/completions", "bin"):
        (place / made).mkdir(parents=True)
    (place / "arguments").touch()
    (place / "bin/dgauth").symlink_to(Path(binary).resolve())
    (folder / "transcribe").symlink_to(HERE / "stand_ins/transcribe")
    (folder / "urls.txt").write_text("https://dpgr.am/spacewalk.wav\n", encoding="utf-8")
    for recording in ("talk.wav", "second talk.wav"):
        _write_silence(folder / recording)
    return folder


def _write_silence(path: Path) -> None:
    with wave.open(str(path), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(8000)
        recording.writeframes(bytes(1600))


def _environment(box: Sandbox, folder: Path, key: str) -> dict[str, str]:
    return {
        "PATH": f"{folder.parent / 'bin'}:{HERE / 'stand_ins'}:{os.environ['PATH']}",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "DEEPGRAM_API_KEY": key,
        "DEEPGRAM_BASE_URL": box.base_url,
        "SSL_CERT_FILE": str(box.ca_file),
        "CURL_CA_BUNDLE": str(box.ca_file),
        "GITHUB_ENV": str(folder / "github_env"),
        "GITHUB_OUTPUT": str(folder / "github_output"),
        "GITHUB_STEP_SUMMARY": str(folder / "github_summary"),
        "ARGUMENTS": str(folder.parent / "arguments"),
        "REAL_CURL": shutil.which("curl") or "curl",
    }
