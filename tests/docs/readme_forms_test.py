"""Runs the shell lines of the README that hand a secret on: none goes on after a failure.

Environment: DGAUTH_BINARY, the program.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from sandbox import Sandbox  # noqa: E402

README = HERE.parents[1] / "README.md"
TIME_LIMIT = 60  # seconds for one script
WENT_ON = "went on"
SHELLS = (["bash", "-c"], ["bash", "-euo", "pipefail", "-c"], ["dash", "-c"], ["zsh", "-fc"])
URL = "https://api.deepgram.com/v1/listen …"


def is_handing_on(line: str) -> bool:
    return re.search(r"\bdgauth (grant|header)\b", line) is not None


def blocks_of(markdown: str) -> list[list[str]]:
    """The blocks of shell lines in which a token is handed on."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", markdown, re.DOTALL | re.MULTILINE)
    sections = [block.splitlines() for block in blocks if is_handing_on(block)]
    return [block for block in sections if "sandbox" not in "".join(block)]


def run(shell: list[str], script: str, box: Sandbox, role: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory(prefix="dgauth-form-") as name:
        programs = Path(name, "bin")
        programs.mkdir()
        (programs / "dgauth").symlink_to(Path(os.environ["DGAUTH_BINARY"]).resolve())
        return subprocess.run(
            [*shell, script],
            cwd=name,
            env={
                "PATH": f"{programs}:{os.environ['PATH']}",
                "HOME": name,
                "DEEPGRAM_API_KEY": box.keys[role],
                "DEEPGRAM_BASE_URL": box.base_url,
                "SSL_CERT_FILE": str(box.ca_file),
                "CURL_CA_BUNDLE": str(box.ca_file),
            },
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )


class ReadmeForms(unittest.TestCase):
    def setUp(self) -> None:
        self.text = README.read_text(encoding="utf-8")
        self.blocks = blocks_of(self.text)
        self.box = self.enterContext(Sandbox())

    def test_none_goes_on_after_a_failure(self) -> None:
        lines = [line for block in self.blocks for line in block if is_handing_on(line)]
        self.assertGreaterEqual(len(lines), 5)
        for shell in SHELLS:
            for line in lines:
                with self.subTest(shell=shell, line=line):
                    done = run(shell, f"{line}\necho {WENT_ON}", self.box, "default")
                    self.assertEqual((done.returncode, done.stdout), (5, ""), done.stderr)

    def test_each_block_works(self) -> None:
        for shell in SHELLS:
            for block in self.blocks:
                with self.subTest(shell=shell, block=block):
                    script = "\n".join(block).replace(URL, f"-d {{}} {self.box.base_url}/v1/listen")
                    script = script.replace("--fail-with-body ", "")  # what is empty is refused
                    done = run(shell, f"{script}\necho; echo {WENT_ON}", self.box, "member")
                    self.assertIn(WENT_ON, done.stdout)
                    if "curl" in script:
                        # Nothing to transcribe is what it complains of: the token was accepted.
                        self.assertIn("err_msg", done.stdout)
                        self.assertNotIn("INVALID_AUTH", done.stdout)

    def test_no_line_goes_on_in_disguise(self) -> None:
        for line in (line for block in self.blocks for line in block):
            self.assertNotRegex(line, r'(eval|-H) "\$\(dgauth|dgauth [^#]*[^|]\| ', line)

    @unittest.skipUnless(shutil.which("fish"), "fish is not here")
    def test_fish(self) -> None:
        (form,) = re.findall(r"`(set line \(dgauth [^`]+)`", self.text)
        done = run(["fish", "--no-config", "-c"], f"{form}; and echo {WENT_ON}", self.box, "default")
        self.assertEqual((done.returncode, done.stdout), (5, ""), done.stderr)
        script = f"{form}; and echo (string length $DEEPGRAM_ACCESS_TOKEN)"
        done = run(["fish", "--no-config", "-c"], script, self.box, "member")
        self.assertGreater(int(done.stdout), 100, done)

    def test_the_form_for_a_prompt(self) -> None:
        (form,) = re.findall(r"`(line=\$\(dgauth [^`]+)`", self.text)
        done = run(["bash", "-c"], f"{form} && echo {WENT_ON}", self.box, "default")
        self.assertEqual((done.returncode, done.stdout), (5, ""), done.stderr)
        done = run(["bash", "-c"], f'{form} && echo "${{#DEEPGRAM_ACCESS_TOKEN}}"', self.box, "member")
        self.assertGreater(int(done.stdout), 100, done)


if __name__ == "__main__":
    unittest.main()
