"""The commands and options that the program declares, as print_command_tree tells them."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path

# `dgauth help COMMAND` need not be declared: it stands for `dgauth COMMAND --help`.
UNDECLARED = frozenset({"help"})


@dataclass(frozen=True)
class Option:
    names: tuple[str, ...]  # as typed, "--config" and "-c"
    value: str | None  # None: a flag


@dataclass(frozen=True)
class Command:
    name: str
    options: tuple[Option, ...]  # its own; what every command takes stands in the tree
    formats: tuple[str, ...]  # of -o; empty: not told

    @property
    def names(self) -> set[str]:
        return names_of(self.options)


@dataclass(frozen=True)
class Tree:
    options: tuple[Option, ...]
    commands: tuple[Command, ...]

    @property
    def names(self) -> set[str]:
        return names_of(self.options)

    @property
    def all_names(self) -> set[str]:
        return self.names.union(*(command.names for command in self.commands))

    def with_command(self, changed: Command) -> Tree:
        commands = (changed if c.name == changed.name else c for c in self.commands)
        return replace(self, commands=tuple(commands))


def names_of(options: tuple[Option, ...]) -> set[str]:
    return {name for option in options for name in option.names}


def read_tree(text: str) -> Tree:
    tree = json.loads(text)
    commands = (
        Command(command["name"], _read_options(command["options"]), tuple(command["formats"]))
        for command in tree["commands"]
    )
    return Tree(_read_options(tree["options"]), tuple(commands))


def _read_options(entries: list[dict]) -> tuple[Option, ...]:
    return tuple(Option(tuple(entry["names"]), entry["value"]) for entry in entries)


def ask_tree(printer: str | Path) -> Tree:
    """printer: path of the executable print_command_tree."""
    done = subprocess.run([str(printer)], capture_output=True, text=True, timeout=30, check=True)
    return read_tree(done.stdout)
