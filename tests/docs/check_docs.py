"""Fails if man page, README, completions or --help miss an option or have one too many.

Environment: DGAUTH_BINARY, the program; DGAUTH_TREE, the executable print_command_tree.
Prints one line a difference; status 0 without any, 1 with some.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import shells
from command_tree import Tree, ask_tree
from completion_drift import SCRIPTS, check_completion
from drift import MAN_PAGE, README, check_exit_statuses, check_help, check_man, check_readme

ROOT = Path(__file__).resolve().parents[2]
EXIT_STATUS_HEADER = ROOT / "src/base/exit_status.hpp"


def help_of(binary: str, *words: str) -> str:
    done = subprocess.run(
        [binary, *words, "--help"],
        env={"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"},
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    return done.stdout


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
    for shell in SCRIPTS:
        if shells.is_installed(shell):
            drift += check_completion(tree, shell, ROOT / "completions")
        else:
            print(f"not checked: the completion of {shell}, which is not installed")
    return drift


def main() -> int:
    tree = ask_tree(os.environ["DGAUTH_TREE"])
    drift = check_all(tree, os.environ["DGAUTH_BINARY"])
    for line in drift:
        print(line)
    print(f"{len(drift)} differences, {len(tree.commands)} commands, {len(tree.all_names)} names")
    return 1 if drift else 0


if __name__ == "__main__":
    sys.exit(main())
