"""Runs the EXAMPLES of the man page against the sandbox.

Environment: DGAUTH_BINARY, the program. Programs that an example uses and that need not be
installed are in stand_ins/.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import unittest
import wave
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from drift import man_sections  # noqa: E402
from sandbox import Received, Sandbox  # noqa: E402

MAN_PAGE = HERE.parents[1] / "man/dgauth.1"
TIME_LIMIT = 60  # seconds for one example


@dataclass(frozen=True)
class Example:
    title: str
    script: str


def examples_of(man_text: str) -> list[Example]:
    """The literal blocks of EXAMPLES, each with the text before it as its title."""
    examples: list[Example] = []
    title: list[str] = []
    block: list[str] | None = None
    for line in man_sections(man_text)["EXAMPLES"]:
        if line.startswith(".Bd "):
            block = []
        elif line == ".Ed":
            examples.append(Example(" ".join(title).rstrip(":"), _script_of(block or [])))
            title, block = [], None
        elif block is not None:
            block.append(line.removeprefix(r"\&").replace(r"\e", "\\"))
        elif not line.startswith("."):
            title.append(line)
    return examples


def _script_of(block: list[str]) -> str:
    """A step of a GitHub workflow runs what its `run` says."""
    step = re.fullmatch(r"- run: (.+)", block[0])
    return step[1] if step else "\n".join(block)


@dataclass(frozen=True)
class Outcome:
    status: int
    stdout: str
    stderr: str
    files: str  # what the files hold that it made
    requests: list[Received]
    tokens: list[str]


def run_example(script: str, binary: str) -> Outcome:
    with Sandbox() as box, tempfile.TemporaryDirectory(prefix="dgauth-example-") as name:
        folder = Path(name, "work")
        programs = Path(name, "bin")
        folder.mkdir()
        programs.mkdir()
        (programs / "dgauth").symlink_to(Path(binary).resolve())
        (folder / "transcribe").symlink_to(HERE / "stand_ins/transcribe")
        for recording in ("talk.wav", "second talk.wav"):
            _write_silence(folder / recording)
        there_before = set(folder.iterdir())
        done = subprocess.run(
            ["bash", "-e", "-o", "pipefail", "-c", _redirected(script, box)],
            cwd=folder,
            env=_environment(box, programs, folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        made = sorted(path for path in set(folder.rglob("*")) - there_before if path.is_file())
        contents = "".join(path.read_text(encoding="utf-8") for path in made)
        return Outcome(
            status=done.returncode,
            stdout=done.stdout,
            stderr=done.stderr,
            files=contents,
            requests=list(box.requests),
            tokens=list(box.tokens),
        )


def _write_silence(path: Path) -> None:
    with wave.open(str(path), "wb") as recording:
        recording.setnchannels(1)
        recording.setsampwidth(2)
        recording.setframerate(8000)
        recording.writeframes(bytes(1600))


def _redirected(script: str, box: Sandbox) -> str:
    """With the sandbox in the place of Deepgram, for programs other than dgauth."""
    host = box.base_url.removeprefix("https://")
    return re.sub(r"(https|wss)://api\.deepgram\.com", rf"\1://{host}", script)


def _environment(box: Sandbox, programs: Path, folder: Path) -> dict[str, str]:
    return {
        "PATH": f"{programs}:{HERE / 'stand_ins'}:{os.environ['PATH']}",
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "DEEPGRAM_API_KEY": box.keys["member"],
        "DEEPGRAM_BASE_URL": box.base_url,
        "SSL_CERT_FILE": str(box.ca_file),
        "CURL_CA_BUNDLE": str(box.ca_file),
        "GITHUB_ENV": str(folder / "github_env"),
        "GITHUB_OUTPUT": str(folder / "github_output"),
    }


def complaints(example: Example, outcome: Outcome) -> list[str]:
    """What is wrong with the outcome; empty if nothing is."""
    output = outcome.stdout + outcome.files
    wrong = []
    if outcome.status != 0:
        wrong.append(f"status {outcome.status}")
    if not all(line.startswith("dgauth: note: ") for line in outcome.stderr.splitlines()):
        wrong.append("something on standard error")
    if not output.strip():
        wrong.append("no output")
    if "err_code" in output:
        wrong.append("the sandbox refused a request")
    if "--dry-run" in example.script:
        if outcome.requests:
            wrong.append("a request was sent")
    elif "dgauth transcribe-" in example.script:
        if any(each.path != "/v1/listen" for each in outcome.requests) or not outcome.requests:
            wrong.append("nothing was transcribed")
    elif not outcome.tokens:
        wrong.append("no token was minted")
    else:
        sent = "\n".join(value for r in outcome.requests for _, value in r.headers)
        wrong += ["a token went nowhere" for t in outcome.tokens if t not in output + sent]
    return wrong


class ManExamples(unittest.TestCase):
    def test_each_example_works(self) -> None:
        binary = os.environ["DGAUTH_BINARY"]
        examples = examples_of(MAN_PAGE.read_text(encoding="utf-8"))
        self.assertGreaterEqual(len(examples), 5, "the examples were not found")
        for example in examples:
            with self.subTest(example.title):
                self.assertIn("dgauth", example.script)
                outcome = run_example(example.script, binary)
                wrong = complaints(example, outcome)
                self.assertFalse(wrong, f"\n{example.script}\n{wrong}\n{outcome}")


class Itself(unittest.TestCase):
    """An example that does not work goes red."""

    def said(self, script: str) -> list[str]:
        example = Example("", script)
        return complaints(example, run_example(script, os.environ["DGAUTH_BINARY"]))

    def test_unknown_option(self) -> None:
        self.assertIn("status 2", self.said("dgauth grant --no-such-option"))

    def test_failure_inside_a_pipe(self) -> None:
        self.assertIn("status 2", self.said("dgauth grant --no-such-option | cat"))

    def test_token_that_is_not_used(self) -> None:
        self.assertIn("a token went nowhere", self.said("x=$(dgauth grant); echo done"))

    def test_refused_request(self) -> None:
        refused = "curl -sS -H 'Authorization: Bearer x' -d {} https://api.deepgram.com/v1/listen"
        said = self.said(f"dgauth grant; {refused}")
        self.assertIn("the sandbox refused a request", said)

    def test_request_of_a_dry_run(self) -> None:
        self.assertIn("a request was sent", self.said("dgauth grant --dry-run; dgauth grant"))


if __name__ == "__main__":
    unittest.main()
