"""The man page is clean mdoc and fits a terminal of 80 columns."""

from __future__ import annotations

import re
import shutil
import subprocess
import unittest
from pathlib import Path

MAN_PAGE = Path(__file__).resolve().parents[2] / "man/dgauth.1"
COLUMNS = 80


def mandoc(*arguments: str, text: str) -> str:
    done = subprocess.run(
        ["mandoc", *arguments], input=text, capture_output=True, text=True, timeout=30, check=False
    )
    # Which other manuals are installed is the machine's matter.
    lines = (done.stdout + done.stderr).splitlines(keepends=True)
    return "".join(line for line in lines if "mandoc.db" not in line)


@unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
class ManPage(unittest.TestCase):
    def setUp(self) -> None:
        self.text = MAN_PAGE.read_text(encoding="utf-8")

    def test_lint_finds_nothing(self) -> None:
        self.assertEqual(mandoc("-Tlint", "-Wstyle", text=self.text), "")

    def test_lint_can_find_something(self) -> None:
        self.assertIn("unknown macro", mandoc("-Tlint", "-Wstyle", text=self.text + ".Zz\n"))

    def test_width(self) -> None:
        shown = mandoc("-Tascii", f"-Owidth={COLUMNS}", text=self.text)
        plain = re.sub(".\x08", "", shown)  # bold and underline are struck over
        self.assertIn("EXIT STATUS", plain)
        self.assertEqual([line for line in plain.splitlines() if len(line) > COLUMNS], [])


if __name__ == "__main__":
    unittest.main()
