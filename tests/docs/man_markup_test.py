"""How man/generate.py makes mdoc of plain sentences and of what the program declares."""

from __future__ import annotations

import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "man"))

from generate import pages_of  # noqa: E402
from mdoc import argument, literal, macro, plain, prose, shell_lines  # noqa: E402

TTL = {
    "names": ["--ttl"], "value": "DURATION", "details": "How long. See `-o json`.",
    "words": [], "excludes": "", "repeatable": False,
}  # fmt: skip
GRANT = {
    "name": "grant",
    "summary": "Mint a token",
    "page": {
        "about": "One thing.\n\nAnother.",
        "statuses": [{"status": 0, "meaning": "the token was printed"}],
        "variables": ["HOME"],
        "examples": [
            {"purpose": "Print a token", "lines": "dgauth grant"},
            {"purpose": "See it", "lines": "x='a'\n./y"},
        ],
    },
    "formats": [{"name": "ws-value", "meaning": "a value", "details": "The value of `ws`."}],
    "options": [TTL],
    "arguments": [],
}
TREE = {
    "version": "1.2.3",
    "options": [],
    "environment": [
        {"name": "HOME", "meaning": "same as --home", "details": ""},
        {"name": "TERM", "meaning": "what you see", "details": ""},
    ],
    "commands": [GRANT],
}


class Macros(unittest.TestCase):
    def test_form_decides(self) -> None:
        for span, expected in {
            "--ttl": "Fl -ttl",
            "-o json": "Fl o Cm json",
            "--auth grant": "Fl -auth Cm grant",
            "--param a=b": "Fl -param Cm a=b",
            "de-CH": r"Cm de\-CH",
            "//": "Ql //",
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

    def test_long_lines_of_a_shell(self) -> None:
        self.assertEqual(shell_lines("x 'a b' && y", 20), ["x 'a b' && y"])
        self.assertEqual(shell_lines("long 'a b c' \"d e f\" && last", 17),
                         ["long 'a b c' \\", "    \"d e f\" && \\", "    last"])

        self.assertEqual(shell_lines("ab --long value b", 16), ["ab \\", "    --long value \\", "    b"])

    def test_literal_lines_can_be_had_back(self) -> None:
        for line in ("./x -y 'z' \\", r"a \e ~ ^ `b`", ".", r"\(aq"):
            self.assertEqual(plain(literal(line)), line)


class Pages(unittest.TestCase):
    def page(self, template: str, tree: dict = TREE) -> str:
        with tempfile.TemporaryDirectory(prefix="dgauth-man-") as name:
            Path(name, "dgauth-grant.1.in").write_text(template, encoding="utf-8")
            Path(name, "part").write_text("Of all `commands`.\n", encoding="utf-8")
            return pages_of(tree, Path(name))["dgauth-grant.1"]

    def tree_with(self, **changed: object) -> dict:
        return TREE | {"commands": [GRANT | changed]}

    def test_head(self) -> None:
        page = self.page("@HEAD@\n")
        self.assertIn("\n.Dt DGAUTH-GRANT 1\n.Os dgauth 1.2.3\n", page)
        self.assertIn("\n.Nm dgauth-grant\n.Nd mint a token\n", page)

    def test_options(self) -> None:
        expected = ".It Fl -ttl Ar DURATION\nHow long.\nSee\n.Fl o Cm json .\n.El\n"
        self.assertIn(expected, self.page("@OPTIONS@\n"))

    def test_no_options(self) -> None:
        self.assertEqual(self.page("@OPTIONS@\n.Pp\n", self.tree_with(options=[])), ".Pp\n")

    def test_the_value_is_known_in_the_details(self) -> None:
        option = TTL | {"details": "At most DURATION, `DURATION=x`."}
        page = self.page("@OPTIONS@\n", self.tree_with(options=[option]))
        self.assertIn("At most\n.Ar DURATION ,\n.Ql DURATION=x .\n", page)

    def test_about(self) -> None:
        self.assertEqual(self.page("@ABOUT@\n"), "One thing.\n.Pp\nAnother.\n")

    def test_statuses(self) -> None:
        self.assertIn(".It 0\nThe token was printed.\n.El\n", self.page("@STATUSES@\n"))

    def test_variables(self) -> None:
        self.assertEqual(self.page("@VARIABLES@\n"), ".It Ev HOME\nSame as\n.Fl -home .\n")

    def test_examples(self) -> None:
        page = self.page("@EXAMPLES@\n")
        self.assertIn("Print a token:\n.Bd -literal -offset 3n\ndgauth grant\n.Ed\n.Pp\nSee it:\n", page)
        self.assertIn("x=\\(aqa\\(aq\n\\&./y\n.Ed\n", page)

    def test_synopsis(self) -> None:
        excluding = TTL | {"names": ["-n", "--none"], "value": None, "excludes": "--ttl"}
        tree = self.tree_with(options=[TTL, excluding])
        self.assertIn(".Cm grant\n.Op Fl -ttl Ar DURATION | Fl n\n.Op Ar OPTION ...\n", self.page("@SYNOPSIS@\n", tree))

    def test_formats(self) -> None:
        self.assertIn(".It Cm ws\\-value\nThe value of\n.Cm ws .\n.El\n", self.page("@FORMATS@\n"))

    def test_part(self) -> None:
        self.assertEqual(self.page("@INCLUDE part@\n"), "Of all\n.Cm commands .\n")

    def test_literal_block(self) -> None:
        block = ".Bd -literal\n./x 'a'\n@HEAD@\n.Ed\nText.\n"
        expected = ".Bd -literal\n\\&./x \\(aqa\\(aq\n@HEAD@\n.Ed\nText.\n"
        self.assertEqual(self.page(block), expected)

    def test_template_without_a_command(self) -> None:
        with self.assertRaisesRegex(ValueError, "no such command"):
            self.page("@HEAD@\n", TREE | {"commands": []})

    def test_unknown_directive(self) -> None:
        with self.assertRaises(ValueError):
            self.page("@NONSENSE@\n")


if __name__ == "__main__":
    unittest.main()
