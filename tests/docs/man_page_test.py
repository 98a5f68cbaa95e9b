"""The pages of the manual are clean mdoc, fit a terminal of 80 columns and refer to pages that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
import unittest
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "man"
COLUMNS = 80
CMAKE_FILE = FOLDER.parent / "CMakeLists.txt"


def mandoc(*arguments: str, text: str) -> str:
    done = subprocess.run(
        ["mandoc", *arguments], input=text, capture_output=True, text=True, timeout=30, check=False
    )
    # Which other manuals are installed is the machine's matter.
    lines = (done.stdout + done.stderr).splitlines(keepends=True)
    return "".join(
        line for line in lines if "mandoc.db" not in line and "referenced manual not found" not in line
    )


def rendered(text: str) -> str:
    """Without the bold and underlined characters, which are struck over."""
    return re.sub(".\x08", "", mandoc("-Tascii", f"-Owidth={COLUMNS}", text=text))


@unittest.skipUnless(shutil.which("mandoc"), "mandoc is not installed")
class ManPages(unittest.TestCase):
    def setUp(self) -> None:
        self.pages = {page.name: page.read_text("utf-8") for page in FOLDER.glob("*.[1-8]")}
        self.assertGreater(len(self.pages), 7, "the pages were not found")

    def each_page(self) -> list[tuple[str, str]]:
        return sorted(self.pages.items())

    def test_lint_finds_nothing(self) -> None:
        for name, text in self.each_page():
            with self.subTest(name):
                self.assertEqual(mandoc("-Tlint", "-Wstyle", text=text), "")

    def test_lint_can_find_something(self) -> None:
        text = self.pages["dgauth.1"]
        self.assertIn("unknown macro", mandoc("-Tlint", "-Wstyle", text=text + ".Zz\n"))

    def test_width(self) -> None:
        for name, text in self.each_page():
            with self.subTest(name):
                plain = rendered(text)
                self.assertIn("SEE ALSO", plain)
                self.assertEqual([line for line in plain.splitlines() if len(line) > COLUMNS], [])

    def test_header_and_footer(self) -> None:
        version = re.search(r"project\(dgauth VERSION ([\d.]+)", CMAKE_FILE.read_text(encoding="utf-8"))[1]
        for name, text in self.each_page():
            with self.subTest(name):
                lines = rendered(text).strip().splitlines()
                self.assertNotIn("BSD", lines[0])
                self.assertRegex(lines[-1], rf"^dgauth {version} .* 20\d\d .* dgauth {version}$")

    @unittest.skipUnless(shutil.which("groff"), "groff is not installed")
    def test_header_of_groff(self) -> None:
        """which calls a manual BSD's unless told otherwise"""
        for name, text in self.each_page():
            with self.subTest(name):
                done = subprocess.run(["groff", "-mandoc", "-Tascii", "-ww"], input=text, capture_output=True,
                                      text=True, timeout=30, check=True)
                self.assertEqual(done.stderr, "")
                self.assertNotIn("BSD", done.stdout.splitlines()[0])

    def test_references(self) -> None:
        for name, text in self.each_page():
            for page, section in re.findall(r"\bXr (dgauth[\w-]*) (\d)", text):
                with self.subTest(name):
                    self.assertIn(f"{page}.{section}", self.pages)

    def test_overview_refers_to_all(self) -> None:
        end = self.pages["dgauth.1"].split(".Sh SEE ALSO")[1]
        for name in set(self.pages) - {"dgauth.1"}:
            page, section = name.rsplit(".", 1)
            self.assertIn(f".Xr {page} {section}", end)


if __name__ == "__main__":
    unittest.main()
