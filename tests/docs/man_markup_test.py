"""How man/generate.py makes mdoc of plain sentences and of what the program declares."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "man"))

from generate import pages_of  # noqa: E402
from mdoc import argument, literal, macro, plain, prose  # noqa: E402

TTL = {
    "names": ["--ttl"], "value": "DURATION", "description": "Lifetime", "details": "", "kind": "unknown",
    "words": [], "excludes": "", "repeatable": False,
}  # fmt: skip
TREE = {
    "version": "1.2.3",
    "options": [],
    "commands": [
        {
            "name": "grant",
            "summary": "Mint a token",
            "formats": [{"name": "ws-value", "meaning": "the value of `ws`"}],
            "options": [TTL],
            "arguments": [],
        }
    ],
}


class Macros(unittest.TestCase):
    def test_form_decides(self) -> None:
        for span, expected in {
            "--ttl": "Fl -ttl",
            "-o json": "Fl o Cm json",
            "--auth grant": "Fl -auth Cm grant",
            "--ttl DURATION": "Fl -ttl Ar DURATION",
            "DEEPGRAM_API_KEY": "Ev DEEPGRAM_API_KEY",
            "LD_": "Ev LD_",
            "PATH": "Ev PATH",
            "FILE": "Ar FILE",
            "curl(1)": "Xr curl 1",
            "EXIT STATUS": "Sx EXIT STATUS",
            "https://example.com/x": "Lk https://example.com/x",
            "~/.cache/dgauth": r"Pa \(ti/.cache/dgauth",
            ".xml": r"Pa \&.xml",
            "dgauth": "Nm dgauth",
            "dgauth transcribe-url": "Nm dgauth Cm transcribe-url",
            "dgauth help exit-status": "Nm dgauth Cm help exit-status",
            "ws-value": r"Cm ws\-value",
            "NAME=VALUE": "Ql NAME=VALUE",
            "-": r"Ql \-",
            "export NAME='TOKEN'": r'Ql "export NAME=\(aqTOKEN\(aq"',
            '"x"': r"Ql \(dqx\(dq",
            "::": r"Ql ::\&",
            ".": r"Ql \&.",
        }.items():
            with self.subTest(span):
                self.assertEqual(macro(span, {"EXIT STATUS"}), expected)

    def test_word_that_is_a_macro(self) -> None:
        self.assertEqual(argument("No"), r"\&No")


class Prose(unittest.TestCase):
    def test_a_sentence_begins_a_line(self) -> None:
        self.assertEqual(prose("One.  Two is\nlonger. `three`."), ["One.", "Two is longer.", ".Cm three ."])

    def test_literal_words_have_a_line(self) -> None:
        self.assertEqual(
            prose("With `--ttl`, or (`-o json`), it's `x`'s."),
            ["With", ".Fl -ttl ,", "or", ".Fl ( o Cm json ) ,", "it's", r".Cm x Ns No \(aqs ."],
        )

    def test_long_lines_are_broken(self) -> None:
        lines = prose("word " * 40)
        self.assertGreater(len(lines), 2)
        self.assertLess(max(map(len, lines)), 80)

    def test_escapes(self) -> None:
        self.assertEqual(prose(r".a \ b"), [r"\&.a \e b"])

    def test_a_literal_word_glued_to_the_one_before(self) -> None:
        with self.assertRaises(ValueError):
            prose("either/`or`")

    def test_literal_lines_can_be_had_back(self) -> None:
        for line in ("./x -y 'z' \\", r"a \e ~ ^ `b`", ".", r"\(aq"):
            self.assertEqual(plain(literal(line)), line)


class Pages(unittest.TestCase):
    def page(self, template: str, tree: dict = TREE) -> str:
        with tempfile.TemporaryDirectory(prefix="dgauth-man-") as name:
            Path(name, "dgauth-grant.1.in").write_text(template, encoding="utf-8")
            Path(name, "part").write_text("Of all `commands`.\n", encoding="utf-8")
            return pages_of(tree, Path(name))["dgauth-grant.1"]

    def test_head(self) -> None:
        page = self.page("@HEAD@\n")
        self.assertIn("\n.Dt DGAUTH-GRANT 1\n.Os dgauth 1.2.3\n", page)
        self.assertIn("\n.Nm dgauth-grant\n.Nd mint a token\n", page)

    def test_options(self) -> None:
        self.assertIn(".It Fl -ttl Ar DURATION\nLifetime.\n.El\n", self.page("@OPTIONS@\n"))

    def test_details_stand_in_for_the_description(self) -> None:
        details = TTL | {"details": "How long. See `-o json`.", "repeatable": True}
        page = self.page("@OPTIONS@\n", TREE | {"commands": [TREE["commands"][0] | {"options": [details]}]})
        self.assertIn("DURATION\nHow long.\nSee\n.Fl o Cm json .\nMay be repeated.\n.El\n", page)

    def test_words_with_a_meaning_are_listed(self) -> None:
        words = [{"name": "key", "meaning": "the API key"}, {"name": "x", "meaning": ""}]
        option = TTL | {"kind": "word", "words": words}
        page = self.page("@OPTIONS@\n", TREE | {"commands": [TREE["commands"][0] | {"options": [option]}]})
        self.assertIn(".Bl -tag -width key -compact\n.It Cm key\nthe API key\n.El\n.El\n", page)

    def test_synopsis(self) -> None:
        excluding = TTL | {"names": ["-n", "--none"], "value": None, "excludes": "--ttl"}
        tree = TREE | {"commands": [TREE["commands"][0] | {"options": [TTL, excluding]}]}
        self.assertIn(".Cm grant\n.Op Fl -ttl Ar DURATION | Fl n\n.Op Ar OPTION ...\n", self.page("@SYNOPSIS@\n", tree))

    def test_formats(self) -> None:
        self.assertIn(".It Cm ws\\-value\nthe value of\n.Cm ws\n.El\n", self.page("@FORMATS@\n"))

    def test_part(self) -> None:
        self.assertEqual(self.page("@INCLUDE part@\n"), "Of all\n.Cm commands .\n")

    def test_literal_block(self) -> None:
        block = ".Bd -literal\n./x 'a'\n@HEAD@\n.Ed\nText.\n"
        expected = ".Bd -literal\n\\&./x \\(aqa\\(aq\n@HEAD@\n.Ed\nText.\n"
        self.assertEqual(self.page(block), expected)

    def test_unknown_directive(self) -> None:
        with self.assertRaises(ValueError):
            self.page("@NONSENSE@\n")


if __name__ == "__main__":
    unittest.main()
