"""The commands and options that the program declares, as print_command_tree tells them."""

from __future__ import annotations

from dataclasses import dataclass, replace


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


def read_tree(tree: dict) -> Tree:
    """tree: what generate.ask_tree returns."""
    commands = (
        Command(
            command["name"],
            _read_options(command["options"]),
            tuple(each["name"] for each in command["formats"]),
        )
        for command in tree["commands"]
    )
    return Tree(_read_options(tree["options"]), tuple(commands))


def _read_options(entries: list[dict]) -> tuple[Option, ...]:
    return tuple(Option(tuple(entry["names"]), entry["value"]) for entry in entries)
