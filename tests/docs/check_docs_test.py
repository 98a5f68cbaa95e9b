"""check_docs.py goes red for an option too few and one too many, in each document.

Each test changes a document, or the tree, and looks at which differences that adds.
Environment: DGAUTH_BINARY, DGAUTH_TREE.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

from check_docs import EXIT_STATUS_HEADER, ROOT, SCRIPTS, check_completions, generate, help_of
from command_tree import Command, Option, Tree, read_tree
from drift import check_exit_statuses, check_help, check_man, check_readme, compare_pages

NEW = Option(("--zzz",), None)


def change(text: str, old: str, new: str) -> str:
    """Fails if there is nothing to change, so that no test passes for that reason."""
    changed = re.sub(old, new, text, flags=re.MULTILINE)
    if changed == text:
        raise AssertionError(f"nothing there that matches {old}")
    return changed


class DriftTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.declared = generate.ask_tree(os.environ["DGAUTH_TREE"])
        cls.tree = read_tree(cls.declared)

    def command(self, name: str) -> Command:
        return next(command for command in self.tree.commands if command.name == name)

    def with_new_option(self) -> Tree:
        grant = self.command("grant")
        return self.tree.with_command(replace(grant, options=(*grant.options, NEW)))

    def with_new_global_option(self) -> Tree:
        return replace(self.tree, options=(*self.tree.options, NEW))

    def with_new_command(self) -> Tree:
        return replace(self.tree, commands=(*self.tree.commands, Command("zzz", (), ())))

    def adds(self, before: list[str], after: list[str], *expected: str) -> None:
        self.assertEqual(sorted(set(after) - set(before)), sorted(expected))


class Manual(DriftTest):
    def setUp(self) -> None:
        self.pages = generate.pages_of(self.declared)
        self.before = check_man(self.tree, self.pages)

    def after(self, page: str, old: str, new: str) -> list[str]:
        return check_man(self.tree, self.pages | {page: change(self.pages[page], old, new)})

    def test_options_left_out(self) -> None:
        after = self.after("dgauth-cache.1", r"^\.Nd ", ".It Fl -zzz\nMore.\n.Nd ")
        self.adds(self.before, after, "man/dgauth-cache.1: --zzz is unknown to dgauth")
        after = self.after("dgauth-grant.1", r"^\.It Fl -var .*\n", "")
        self.adds(self.before, after, "man/dgauth-grant.1: --var is missing")

    def test_global_option_removed(self) -> None:
        after = self.after("dgauth.1", r"^\.It Fl q , Fl -quiet\n", "")
        missing = ["man/dgauth.1: --quiet is missing", "man/dgauth.1: -q is missing"]
        self.adds(self.before, after, *missing)

    def test_value(self) -> None:
        after = self.after("dgauth.1", r"^\.It Fl -dry-run", r"\g<0> Ar WHAT")
        self.adds(self.before, after, "man/dgauth.1: --dry-run takes no value")
        after = self.after("dgauth-grant.1", r"^\.It Fl -var Ar NAME", ".It Fl -var")
        self.adds(self.before, after, "man/dgauth-grant.1: --var takes NAME")

    def test_option_without_a_word(self) -> None:
        after = self.after("dgauth-grant.1", r"^\.It Fl -strict-ttl\n", r"\g<0>.It Fl -cache\n")
        said = "man/dgauth-grant.1: Fl -strict-ttl is listed without a word"
        self.adds(self.before, after, said)

    def test_format(self) -> None:
        after = self.after("dgauth-grant.1", r"^\.It Cm dotenv$", ".It Cm dots")
        self.adds(
            self.before,
            after,
            "man/dgauth-grant.1: dotenv of -o is missing",
            "man/dgauth-grant.1: dots of -o is unknown to dgauth",
        )

    def test_pages_and_commands(self) -> None:
        after = check_man(self.with_new_command(), self.pages)
        self.adds(self.before, after, "man/templates/dgauth-zzz.1.in is missing")
        after = check_man(self.tree, self.pages | {"dgauth-zzz.1": ""})
        self.adds(self.before, after, "man/dgauth-zzz.1: dgauth has no such command")

    def test_page_changed_by_hand(self) -> None:
        with tempfile.TemporaryDirectory(prefix="dgauth-drift-") as name:
            folder = Path(name)
            for page, text in self.pages.items():
                (folder / page).write_text(text, encoding="utf-8")
            self.assertEqual(compare_pages(self.pages, folder), [])
            (folder / "dgauth-grant.1").write_text("", encoding="utf-8")
            (folder / "dgauth-check.1").unlink()
            (folder / "dgauth-zzz.1").touch()
            expected = [
                "man/dgauth-check.1: is not what man/generate.py writes",
                "man/dgauth-grant.1: is not what man/generate.py writes",
                "man/dgauth-zzz.1: man/templates/dgauth-zzz.1.in is missing",
            ]
            self.assertEqual(compare_pages(self.pages, folder), expected)

    def test_exit_statuses(self) -> None:
        text = self.pages["dgauth.1"]
        header = EXIT_STATUS_HEADER.read_text(encoding="utf-8")
        self.assertEqual(check_exit_statuses(header, text), [])
        removed = change(text, r"^\.It 6\n", "")
        missing = ["man/dgauth.1: exit status 6 is missing"]
        self.assertEqual(check_exit_statuses(header, removed), missing)
        added = change(text, r"^\.It 6\n", r"\g<0>.It 60\n")
        surplus = ["man/dgauth.1: exit status 60 is unknown to dgauth"]
        self.assertEqual(check_exit_statuses(header, added), surplus)


class Help(DriftTest):
    def test_option_of_a_command(self) -> None:
        grant = self.command("grant")
        text = help_of(os.environ["DGAUTH_BINARY"], "grant")
        before = check_help(self.tree, grant, text)
        after = check_help(self.tree, grant, change(text, r"^\s+--strict-ttl\b.*\n", ""))
        self.adds(before, after, "dgauth grant --help: --strict-ttl is missing")
        more = change(text, r"^\s+--strict-ttl\b.*\n", r"\g<0>  -z,--zzz FILE   more\n")
        self.adds(
            before,
            check_help(self.tree, grant, more),
            "dgauth grant --help: --zzz is unknown to dgauth",
            "dgauth grant --help: -z is unknown to dgauth",
        )

    def test_whole_help(self) -> None:
        text = help_of(os.environ["DGAUTH_BINARY"])
        before = check_help(self.tree, None, text)
        after = check_help(self.tree, None, change(text, r"^\s+--dry-run\b.*\n", ""))
        self.adds(before, after, "dgauth --help: --dry-run is missing")
        after = check_help(self.with_new_global_option(), None, text)
        self.adds(before, after, "dgauth --help: --zzz is missing")
        after = check_help(self.with_new_command(), None, text)
        self.adds(before, after, "dgauth --help: the command zzz is missing")


class Readme(DriftTest):
    def setUp(self) -> None:
        self.text = (ROOT / "README.md").read_text(encoding="utf-8")
        self.before = check_readme(self.tree, self.text)

    def test_option_removed(self) -> None:
        after = check_readme(self.tree, change(self.text, r"--strict-ttl\b", ""))
        self.adds(self.before, after, "README.md: --strict-ttl is missing")

    def test_option_added(self) -> None:
        added = "README.md: --zzz is unknown to dgauth"
        for more in (
            "\n# Options\n| Option | meaning |\n|---|---|\n| `--zzz` | more |\n",
            "\n```sh\nTOKEN=$(dgauth grant --zzz)\n```\n",
            "\nSay `dgauth header --zzz | cat`.\n",
        ):
            with self.subTest(more):
                self.adds(self.before, check_readme(self.tree, self.text + more), added)

    def test_options_of_other_programs(self) -> None:
        for more in (
            "\n```sh\ndgauth header -o curl | curl --zzz -K -\n```\n",
            "\n```sh\ndgauth grant > file; other --zzz\n```\n",
            "\n```sh\ncmake --zzz\n```\n",
            "\n# The sandbox\n| option | |\n|---|---|\n| `--zzz` | more |\n",
        ):
            with self.subTest(more):
                self.adds(self.before, check_readme(self.tree, self.text + more))

    def test_tree_grown(self) -> None:
        after = check_readme(self.with_new_option(), self.text)
        self.adds(self.before, after, "README.md: --zzz is missing")


class Completions(DriftTest):
    def test_script_changed(self) -> None:
        with tempfile.TemporaryDirectory(prefix="dgauth-drift-") as folder:
            shutil.copytree(ROOT / "completions", folder, dirs_exist_ok=True)
            binary = os.environ["DGAUTH_BINARY"]
            self.assertEqual(check_completions(binary, Path(folder)), [])
            for shell, name in SCRIPTS.items():
                script = Path(folder, name)
                script.write_text(change(script.read_text("utf-8"), r"\bdotenv\b", "dots"), "utf-8")
                expected = f"completions/{name}: is not what 'dgauth completion {shell}' prints"
                self.assertIn(expected, check_completions(binary, Path(folder)))


if __name__ == "__main__":
    unittest.main()
