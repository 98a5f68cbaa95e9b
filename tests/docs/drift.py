"""Compares what the documents say with the command tree; one line a difference."""

from __future__ import annotations

import re
from collections.abc import Iterable

from command_tree import UNDECLARED, Command, Option, Tree

MAN_PAGE = "man/dgauth.1"
README = "README.md"
GLOBAL_SECTION = "Global options"


def differences(
    place: str, expected: Iterable[str], found: Iterable[str], of: str = ""
) -> list[str]:
    expected, found = set(expected), set(found)
    suffix = f" of {of}" if of else ""
    missing = [f"{place}: {name}{suffix} is missing" for name in sorted(expected - found)]
    surplus = [f"{place}: {name}{suffix} is unknown to dgauth" for name in sorted(found - expected)]
    return missing + surplus


def undeclared(tree: Tree) -> set[str]:
    """Commands that a document may tell of although the tree has none of that name."""
    return UNDECLARED - {command.name for command in tree.commands}


# --- man page ---------------------------------------------------------------------------


def man_sections(text: str) -> dict[str, list[str]]:
    """The lines under each .Sh and .Ss, by heading; "dgauth grant" counts as "grant"."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        heading = re.fullmatch(r"\.S[hs] (.+)", line)
        if heading:
            lines = sections.setdefault(heading[1].removeprefix("dgauth "), [])
        else:
            lines.append(line)
    return sections


def man_options(lines: list[str]) -> list[Option]:
    """One for each .It whose first word is Fl: `.It Fl c , Fl -config Ar FILE`."""
    options = []
    for line in lines:
        item = re.fullmatch(r"\.It Fl (.+)", line)
        if item:
            flags, _, value = item[1].partition(" Ar ")
            names = re.findall(r"[^\s,]+", flags.replace("Fl ", ""))
            options.append(Option(tuple(f"-{name}" for name in names), value or None))
    return options


def man_formats(lines: list[str]) -> list[str]:
    """The .It Cm items after the line "Formats of"."""
    if "Formats of" not in lines:
        return []
    after = lines[lines.index("Formats of") :]
    return [line.removeprefix(".It Cm ") for line in after if line.startswith(".It Cm ")]


def check_man(tree: Tree, text: str) -> list[str]:
    sections = man_sections(text)
    commands = {
        heading.removeprefix(".Ss dgauth ")
        for heading in text.splitlines()
        if heading.startswith(".Ss dgauth ")
    }
    drift = differences(
        MAN_PAGE,
        (f"the section of {command.name}" for command in tree.commands),
        (f"the section of {name}" for name in commands - undeclared(tree)),
    )
    drift += _check_man_options(tree.options, sections.get(GLOBAL_SECTION, []), "")
    for command in tree.commands:
        lines = sections.get(command.name, [])
        drift += _check_man_options(command.options, lines, command.name)
        if command.formats:
            formats = man_formats(lines)
            drift += differences(MAN_PAGE, command.formats, formats, f"{command.name} -o")
    return drift


def _check_man_options(options: tuple[Option, ...], lines: list[str], of: str) -> list[str]:
    told = man_options(lines)
    drift = differences(
        MAN_PAGE,
        (name for option in options for name in option.names),
        (name for option in told for name in option.names),
        of,
    )
    values = {name: option.value for option in options for name in option.names}
    for option in told:
        for name in option.names:
            value = values.get(name, option.value)
            if option.value != value:
                suffix = f" of {of}" if of else ""
                drift.append(f"{MAN_PAGE}: {name}{suffix} takes {value or 'no value'}")
    return drift


def check_exit_statuses(header: str, man_text: str) -> list[str]:
    """header: the source that holds the enumeration of exit statuses."""
    body = re.search(r"enum class ExitStatus \{(.*?)\}", header, re.DOTALL)
    declared = re.findall(r"\w+\s*=\s*(\d+)", body[1] if body else "")
    told = [
        line.removeprefix(".It ")
        for line in man_sections(man_text).get("EXIT STATUS", [])
        if line.startswith(".It ")
    ]
    return differences(
        MAN_PAGE, (f"exit status {n}" for n in declared), (f"exit status {n}" for n in told)
    )


# --- help -------------------------------------------------------------------------------


def help_options(text: str) -> set[str]:
    """The names at the beginning of indented lines, up to the wide gap before the description."""
    names: set[str] = set()
    for line in text.splitlines():
        if re.match(r"\s+-", line):
            column = re.split(r"\s{2,}", line.strip())[0]
            names.update(re.findall(r"(?:^|[\s,])(--?[A-Za-z][A-Za-z0-9-]*)", column))
    return names


def check_help(tree: Tree, command: Command | None, text: str) -> list[str]:
    """command: None for `dgauth --help`. A command's help may leave out what all take."""
    found = help_options(text)
    if command is None:
        drift = differences("dgauth --help", tree.names, found)
        for each in tree.commands:
            if not re.search(rf"^\s+{re.escape(each.name)}\b", text, re.MULTILINE):
                drift.append(f"dgauth --help: the command {each.name} is missing")
        return drift
    place = f"dgauth {command.name} --help"
    drift = differences(place, command.names, found - tree.names)
    drift += [
        f"{place}: format {name} is missing"
        for name in command.formats
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text)
    ]
    return drift


# --- README -----------------------------------------------------------------------------


def readme_told(text: str) -> set[str]:
    """Option names in code spans."""
    spans = re.findall(r"`([^`\n]+)`", text)
    return {name for span in spans for name in re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", span)}


def readme_claimed(text: str) -> set[str]:
    """What the README says dgauth takes: in invocations of it, and in tables of options.

    A table of options is one whose first heading cell is "option"; a section about the
    sandbox has tables of the sandbox's own.
    """
    names: set[str] = set()
    heading = ""
    in_table = False
    for line in text.splitlines():
        for invocation in re.findall(r"(?<![\w.-])dgauth\s+([^|;&>`)]*)", line):
            own = re.split(r"(?:^|\s)--(?:\s|$)|\s#", invocation)[0]
            names.update(re.findall(r"(?<![\w-])--[a-z][\w-]*", own))
        if line.startswith("#"):
            heading = line
        cells = [cell.strip() for cell in line.strip("| ").split("|")]
        if not line.startswith("|"):
            in_table = False
        elif cells[0].lower() in ("option", "options"):
            in_table = "sandbox" not in heading.lower()
        elif in_table:
            for span in re.findall(r"`(-[^`]+)`", cells[0]):
                names.update(re.findall(r"(?<![\w-])--?[A-Za-z][\w-]*", span))
    return names


def check_readme(tree: Tree, text: str) -> list[str]:
    missing = differences(README, tree.all_names, readme_told(text) & tree.all_names)
    known = tree.all_names
    return missing + differences(README, known, readme_claimed(text) | known)
