"""Fails if man page, README or --help miss an option or have one too many, or a completion script
is not what the program prints.

Environment: DGAUTH_BINARY, the program; DGAUTH_TREE, the executable print_command_tree.
Prints one line a difference; status 0 without any, 1 with some.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from command_tree import Tree, ask_tree
from drift import MAN_PAGE, README, check_exit_statuses, check_help, check_man, check_readme

ROOT = Path(__file__).resolve().parents[2]
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


def check_all(tree: Tree, binary: str) -> list[str]:
    man_text = (ROOT / MAN_PAGE).read_text(encoding="utf-8")
    drift = check_man(tree, man_text)
    drift += check_exit_statuses(EXIT_STATUS_HEADER.read_text(encoding="utf-8"), man_text)
    drift += check_readme(tree, (ROOT / README).read_text(encoding="utf-8"))
    drift += check_all_help(tree, binary)
    return drift + check_completions(binary, ROOT / "completions")


def main() -> int:
    tree = ask_tree(os.environ["DGAUTH_TREE"])
    drift = check_all(tree, os.environ["DGAUTH_BINARY"])
    for line in drift:
        print(line)
    print(f"{len(drift)} differences, {len(tree.commands)} commands, {len(tree.all_names)} names")
    return 1 if drift else 0


if __name__ == "__main__":
    sys.exit(main())
