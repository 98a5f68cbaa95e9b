"""Compares what the completions offer, asked in their shells, with the command tree."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import shells
from command_tree import Command, Tree
from drift import differences, undeclared

SCRIPTS: dict[str, tuple[str, Callable[[Path, list[str]], list[str]]]] = {
    "bash": ("dgauth.bash", shells.bash_offers),
    "zsh": ("_dgauth", shells.zsh_offers),
    "fish": ("dgauth.fish", shells.fish_offers),
}


def check_completion(tree: Tree, shell: str, folder: Path) -> list[str]:
    """folder: where the scripts lie. Raises shells.ShellFailed."""
    file_name, offers = SCRIPTS[shell]
    script = folder / file_name
    place = f"completions/{file_name}"

    def offered(*words: str) -> set[str]:
        return set(offers(script, ["dgauth", *words]))

    commands = {command.name for command in tree.commands}
    drift = differences(place, commands, offered("") - undeclared(tree))
    drift += differences(place, tree.names, offered("-"))
    for command in tree.commands:
        known = tree.names | command.names
        drift += differences(place, known, offered(command.name, "-"), command.name)
        if command.formats:
            formats = offered(command.name, "-o", "")
            drift += differences(place, command.formats, formats, f"{command.name} -o")
    return drift + _check_values(tree, shell, place, offered)


def _check_values(
    tree: Tree, shell: str, place: str, offered: Callable[..., set[str]]
) -> list[str]:
    """Does each option that takes a value take the next word, and no flag?

    In `dgauth OPTION header --` no command is given if OPTION takes a value, so that what only
    header takes is not offered. zsh keeps a list of options for each command and says it
    of header's own options in `dgauth header OPTION --` only, where nothing is offered.
    """
    drift = []
    drift += [
        f"{place}: {name} takes {'no value' if option.value is None else 'a value'}"
        for option in tree.options
        for name in option.names
        if (option.value is None) != _is_flag_before(tree.commands[0], name, offered)
    ]
    for command in tree.commands:
        for option in command.options:
            for name in option.names:
                if shell == "zsh":
                    says_flag = bool(offered(command.name, name, "--"))
                else:
                    says_flag = _is_flag_before(command, name, offered)
                if (option.value is None) != says_flag:
                    value = "no value" if option.value is None else "a value"
                    drift.append(f"{place}: {name} of {command.name} takes {value}")
    return drift


def _is_flag_before(command: Command, name: str, offered: Callable[..., set[str]]) -> bool:
    return bool(command.names & offered(name, command.name, "--"))
