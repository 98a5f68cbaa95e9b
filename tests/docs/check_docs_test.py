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

from check_docs import EXIT_STATUS_HEADER, ROOT, SCRIPTS, check_completions, help_of
from command_tree import Command, Option, Tree, ask_tree
from drift import check_exit_statuses, check_help, check_man, check_readme

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
        cls.tree = ask_tree(os.environ["DGAUTH_TREE"])

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


class ManPage(DriftTest):
    def setUp(self) -> None:
        self.text = (ROOT / "man/dgauth.1").read_text(encoding="utf-8")
        self.before = check_man(self.tree, self.text)

    def after(self, old: str, new: str) -> list[str]:
        return check_man(self.tree, change(self.text, old, new))

    def test_option_removed(self) -> None:
        after = self.after(r"^\.It Fl -var .*\n", "")
        self.adds(self.before, after, "man/dgauth.1: --var of grant is missing")

    def test_global_option_removed(self) -> None:
        after = self.after(r"^\.It Fl q , Fl -quiet\n", "")
        missing = ["man/dgauth.1: --quiet is missing", "man/dgauth.1: -q is missing"]
        self.adds(self.before, after, *missing)

    def test_option_added(self) -> None:
        after = self.after(r"^\.It Fl -var .*\n", r"\g<0>.It Fl -zzz\n")
        self.adds(self.before, after, "man/dgauth.1: --zzz of grant is unknown to dgauth")

    def test_option_that_refuses_a_secret(self) -> None:
        after = self.after(r"^\.It Fl -cacert .*\n", r"\g<0>.It Fl -api-key Ar KEY\n")
        self.adds(self.before, after, "man/dgauth.1: --api-key is unknown to dgauth")

    def test_value(self) -> None:
        after = self.after(r"^\.It Fl -dry-run", r"\g<0> Ar WHAT")
        self.adds(self.before, after, "man/dgauth.1: --dry-run takes no value")
        after = self.after(r"^\.It Fl -var Ar NAME", ".It Fl -var")
        self.adds(self.before, after, "man/dgauth.1: --var of grant takes NAME")

    def test_format(self) -> None:
        after = self.after(r"^\.It Cm dotenv$", ".It Cm dots")
        self.adds(
            self.before,
            after,
            "man/dgauth.1: dotenv of grant -o is missing",
            "man/dgauth.1: dots of grant -o is unknown to dgauth",
        )

    def test_command_added(self) -> None:
        after = self.after(r"^\.Ss dgauth help", r".Ss dgauth zzz\n\g<0>")
        added = "man/dgauth.1: the section of zzz is unknown to dgauth"
        self.adds(self.before, after, added)

    def test_tree_grown(self) -> None:
        after = check_man(self.with_new_option(), self.text)
        self.adds(self.before, after, "man/dgauth.1: --zzz of grant is missing")
        after = check_man(self.with_new_global_option(), self.text)
        self.adds(self.before, after, "man/dgauth.1: --zzz is missing")
        after = check_man(self.with_new_command(), self.text)
        self.adds(self.before, after, "man/dgauth.1: the section of zzz is missing")

    def test_exit_statuses(self) -> None:
        header = EXIT_STATUS_HEADER.read_text(encoding="utf-8")
        self.assertEqual(check_exit_statuses(header, self.text), [])
        removed = change(self.text, r"^\.It 6\n", "")
        missing = ["man/dgauth.1: exit status 6 is missing"]
        self.assertEqual(check_exit_statuses(header, removed), missing)
        added = change(self.text, r"^\.It 6\n", r"\g<0>.It 60\n")
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
