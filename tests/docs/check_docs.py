"""Fails if manual, README or --help miss an option or have one too many, or if a page of the manual
or a completion script is not what is generated.

Environment: DGAUTH_BINARY, the program; DGAUTH_TREE, the executable print_command_tree.
Prints one line a difference; status 0 without any, 1 with some.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "man"))

import generate  # noqa: E402
from command_tree import Tree, read_tree  # noqa: E402
from drift import (  # noqa: E402
    README,
    check_exit_statuses,
    check_help,
    check_man,
    check_readme,
    compare_pages,
)

EXIT_STATUS_HEADER = ROOT / "src/base/exit_status.hpp"


SCRIPTS = {"bash": "dgauth.bash", "zsh": "_dgauth", "fish": "dgauth.fish"}


def output_of(binary: str, *words: str) -> str:
    done = subprocess.run(
        [binary, *words],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return done.stdout


def help_of(binary: str, *words: str) -> str:
    return output_of(binary, *words, "--help")


def check_completions(binary: str, folder: Path) -> list[str]:
    """folder: where the scripts lie."""
    return [
        f"completions/{name}: is not what 'dgauth completion {shell}' prints"
        for shell, name in SCRIPTS.items()
        if (folder / name).read_text(encoding="utf-8") != output_of(binary, "completion", shell)
    ]


def check_all_help(tree: Tree, binary: str) -> list[str]:
    drift = check_help(tree, None, help_of(binary))
    for command in tree.commands:
        drift += check_help(tree, command, help_of(binary, command.name))
    return drift


def check_all(declared: dict, binary: str) -> list[str]:
    """declared: what print_command_tree prints."""
    tree = read_tree(declared)
    pages = generate.pages_of(declared)
    drift = check_man(tree, pages) + compare_pages(pages, ROOT / "man")
    drift += check_exit_statuses(EXIT_STATUS_HEADER.read_text(encoding="utf-8"), pages["dgauth.1"])
    drift += check_readme(tree, (ROOT / README).read_text(encoding="utf-8"))
    drift += check_all_help(tree, binary)
    return drift + check_completions(binary, ROOT / "completions")


def main() -> int:
    declared = generate.ask_tree(os.environ["DGAUTH_TREE"])
    drift = check_all(declared, os.environ["DGAUTH_BINARY"])
    for line in drift:
        print(line)
    print(f"{len(drift)} differences, {len(declared['commands'])} commands")
    return 1 if drift else 0


if __name__ == "__main__":
    sys.exit(main())
