"""Compares what the documents say with the command tree; one line a difference."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from command_tree import Command, Option, Tree

MAN_PAGE = "man/dgauth.1"
README = "README.md"


def differences(
    place: str, expected: Iterable[str], found: Iterable[str], of: str = ""
) -> list[str]:
    expected, found = set(expected), set(found)
    suffix = f" of {of}" if of else ""
    missing = [f"{place}: {name}{suffix} is missing" for name in sorted(expected - found)]
    surplus = [f"{place}: {name}{suffix} is unknown to dgauth" for name in sorted(found - expected)]
    return missing + surplus


# --- manual -----------------------------------------------------------------------------


def man_sections(text: str) -> dict[str, list[str]]:
    """The lines under each .Sh, by heading."""
    sections: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        heading = re.fullmatch(r"\.Sh (.+)", line)
        if heading:
            lines = sections.setdefault(heading[1], [])
        else:
            lines.append(line)
    return sections


def man_options(text: str) -> list[Option]:
    """One for each .It whose first word is Fl: `.It Fl c , Fl -config Ar FILE`."""
    options = []
    for line in text.splitlines():
        item = re.fullmatch(r"\.It Fl (.+)", line)
        if item:
            flags, _, value = item[1].partition(" Ar ")
            names = re.findall(r"[^\s,]+", flags.replace("Fl ", ""))
            options.append(Option(tuple(f"-{name}" for name in names), value or None))
    return options


def man_formats(text: str) -> list[str]:
    """The first items of the section on formats that are words to type."""
    items = []
    for line in man_sections(text).get("OUTPUT FORMATS", []):
        if line.startswith(".It Cm "):
            items.append(line.removeprefix(".It Cm ").replace("\\-", "-"))
        elif line == ".El":
            break
    return items


def without_a_word(text: str) -> list[str]:
    """The options that another item, or the end of the list, follows at once."""
    lines = text.splitlines()
    pairs = zip(lines, lines[1:], strict=False)
    return [line for line, after in pairs if line.startswith(".It Fl") and after[:3] in (".It", ".El")]


def check_man(tree: Tree, pages: dict[str, str]) -> list[str]:
    """pages: the text of each by the name of its file."""
    command_pages = {f"dgauth-{command.name}.1": command for command in tree.commands}
    missing = sorted({"dgauth.1", *command_pages} - set(pages))
    drift = [f"man/templates/{name}.in is missing" for name in missing]
    others = {name for name in pages if name.startswith("dgauth-") and name.endswith(".1")}
    drift += [f"man/{name}: dgauth has no such command" for name in sorted(others - set(command_pages))]
    drift += _check_man_options("man/dgauth.1", tree.options, pages.get("dgauth.1", ""))
    for name, command in command_pages.items():
        if name in pages:
            place = f"man/{name}"
            drift += _check_man_options(place, command.options, pages[name])
            drift += differences(place, command.formats, man_formats(pages[name]), "-o")
    return drift


def _check_man_options(place: str, options: tuple[Option, ...], text: str) -> list[str]:
    told = man_options(text)
    drift = differences(
        place,
        (name for option in options for name in option.names),
        (name for option in told for name in option.names),
    )
    values = {name: option.value for option in options for name in option.names}
    for option in told:
        for name in option.names:
            value = values.get(name, option.value)
            if option.value != value:
                drift.append(f"{place}: {name} takes {value or 'no value'}")
    return drift + [f"{place}: {line[4:]} is listed without a word" for line in without_a_word(text)]


def compare_pages(written: dict[str, str], folder: Path) -> list[str]:
    """written: what the generator writes; folder: where the pages lie."""
    there = {page.name: page.read_text(encoding="utf-8") for page in folder.glob("*.[1-8]")}
    differing = [name for name, text in written.items() if there.get(name) != text]
    surplus = sorted(set(there) - set(written))
    return [
        *(f"man/{name}: is not what man/generate.py writes" for name in differing),
        *(f"man/{name}: man/templates/{name}.in is missing" for name in surplus),
    ]


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
