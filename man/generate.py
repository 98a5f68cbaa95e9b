#!/usr/bin/env python3
"""Writes the manual: man/generate.py PRINT_COMMAND_TREE

The program tells its options and formats with all their texts (tests/docs/print_command_tree.cpp);
the rest of each page is a template, templates/NAME.SECTION.in. A template is mdoc(7), but for this:

    text          is plain, with literal words in `backticks` (mdoc.py)
    .Bd -literal  what follows, up to .Ed, is taken byte for byte
    @HEAD@        date, title and version, and NAME with the command's summary
    @HEAD text@   the same with this text, for a page that is not a command's
    @SYNOPSIS@    how the command is called
    @OPTIONS@     its options; in dgauth.1 those of every command
    @FORMATS@     what -o takes
    @COMMANDS@    all commands
    @PAGES@       references to all other pages
    @WORDS NAME@  what the option of that name takes: a list of words
    @INCLUDE F@   the lines of templates/F

PRINT_COMMAND_TREE is that program, which the tests' build makes.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from mdoc import argument, literal, prose  # noqa: E402

FOLDER = Path(__file__).resolve().parent
DATE = "November 24, 2026"
MAIN_PAGE = "dgauth"


@dataclass(frozen=True)
class Page:
    name: str  # dgauth-grant
    section: str
    lines: list[str]  # of the template
    tree: dict
    command: dict | None = None  # None: the page is not a command's
    headings: frozenset[str] = frozenset()
    all_pages: tuple[str, ...] = ()  # dgauth-grant.1

    @property
    def options(self) -> list[dict]:
        return self.command["options"] if self.command else self.tree["options"]

    def prose(self, text: str) -> list[str]:
        return prose(text, self.headings)


def pages_of(tree: dict, folder: Path = FOLDER / "templates") -> dict[str, str]:
    """The text of each page by its file's name."""
    commands = {f"{MAIN_PAGE}-{command['name']}.1": command for command in tree["commands"]}
    templates = {template.stem: template for template in sorted(folder.glob("*.in"))}
    pages = {}
    for file, template in templates.items():
        name, section = file.rsplit(".", 1)
        lines = list(_included(template))
        headings = frozenset(line[4:] for line in lines if re.match(r"\.S[hs] ", line))
        page = Page(name, section, lines, tree, commands.get(file), headings, tuple(templates))
        pages[file] = "\n".join(_filled(page)) + "\n"
    return pages


def _included(template: Path) -> Iterator[str]:
    for line in template.read_text(encoding="utf-8").splitlines():
        if include := re.fullmatch(r"@INCLUDE (\S+)@", line):
            yield from _included(template.parent / include[1])
        else:
            yield line


def _filled(page: Page) -> Iterator[str]:
    paragraph: list[str] = []
    is_literal = False
    for line in [*page.lines, ".\\\" end"]:
        if is_literal:
            is_literal = line != ".Ed"
            yield literal(line) if is_literal else line
            continue
        if line and line[0] not in ".@":
            paragraph.append(line)
            continue
        yield from page.prose(" ".join(paragraph)) if paragraph else ()
        paragraph = []
        if line.startswith("@"):
            yield from _directive(page, line)
        elif not line.startswith(".\\\""):
            yield line
            is_literal = line.startswith(".Bd -literal")


def _directive(page: Page, line: str) -> Iterator[str]:
    name, _, text = line.strip("@").partition(" ")
    match name:
        case "HEAD":
            yield from _head(page, text)
        case "SYNOPSIS":
            yield from _synopsis(page)
        case "OPTIONS":
            yield from _options(page)
        case "FORMATS":
            yield from _list((_word(page, each) for each in page.command["formats"]), "Ds")
        case "COMMANDS":
            yield from _list((_command(page, each) for each in page.tree["commands"]), "Ds")
        case "PAGES":
            yield from _references(page)
        case "WORDS":
            option = next(each for each in page.options if text in each["names"])
            width = max((each["name"] for each in option["words"]), key=len)
            yield from _list((_word(page, each) for each in option["words"]), argument(width), "-compact")
        case _:
            raise ValueError(f"{page.name}.{page.section}: {line}: no such directive")


def _head(page: Page, text: str) -> Iterator[str]:
    yield '.\\" Written by man/generate.py; see there how to change it.'
    yield f".Dd {DATE}"
    # Without this groff calls the manual BSD's.
    yield ".ds doc-volume-operating-system"
    yield f".Dt {page.name.upper()} {page.section}"
    yield f".Os dgauth {page.tree['version']}"
    yield ".Sh NAME"
    yield f".Nm {page.name}"
    if not text:
        summary = page.command["summary"]
        text = summary if summary[:2].isupper() else summary[0].lower() + summary[1:]
    yield f".Nd {text}"


def _synopsis(page: Page) -> Iterator[str]:
    yield ".Nm dgauth"
    yield f".Cm {argument(page.command['name'])}"
    excluded = {each["excludes"]: each for each in page.command["options"] if each["excludes"]}
    for option in page.command["options"]:
        if option["excludes"]:
            continue
        line = f".Op {_usage(option)}"
        if other := excluded.get(option["names"][-1]):
            line += f" | {_usage(other)}"
        yield line
    yield ".Op Ar OPTION ..."
    for each in page.command["arguments"]:
        if each["words"]:
            yield f".Cm {' | '.join(argument(word['name']) for word in each['words'])}"
        else:
            yield f".Op Ar {each['names'][0]}{' ...' if each['repeatable'] else ''}"


def _usage(option: dict) -> str:
    return f"Fl {option['names'][0][1:]}" + _value(option)


def _value(option: dict) -> str:
    return f" Ar {option['value']}" if option["value"] else ""


def _options(page: Page) -> Iterator[str]:
    yield ".Bl -tag -width Ds"
    for option in page.options:
        names = " , ".join(f"Fl {name[1:]}" for name in option["names"])
        yield f".It {names}{_value(option)}"
        yield from page.prose(option["details"] or option["description"] + ".")
        if option["repeatable"]:
            yield "May be repeated."
        if option["kind"] == "word" and any(word["meaning"] for word in option["words"]):
            width = max((word["name"] for word in option["words"]), key=len)
            yield ".Pp"
            words = (_word(page, word) for word in option["words"] if word["meaning"])
            yield from _list(words, argument(width), "-compact")
    yield ".El"


def _word(page: Page, word: dict) -> list[str]:
    return [f".It Cm {argument(word['name'])}", *page.prose(word["meaning"])]


def _command(page: Page, command: dict) -> list[str]:
    reference = f"{MAIN_PAGE}-{command['name']}(1)"
    return [f".It Xr {reference[:-3]} 1", *page.prose(command["summary"] + ".")]


def _references(page: Page) -> Iterator[str]:
    others = [each.rsplit(".", 1) for each in page.all_pages if each != f"{page.name}.{page.section}"]
    lines = [f".Xr {name} {section}" for name, section in sorted(others, key=lambda each: each[::-1])]
    yield from (f"{line} ," for line in lines[:-1])
    yield lines[-1]


def _list(items: Iterator[list[str]], width: str, *flags: str) -> Iterator[str]:
    yield " ".join([".Bl -tag -width", width, *flags])
    for item in items:
        yield from item
    yield ".El"


def ask_tree(printer: str) -> dict:
    done = subprocess.run([printer], capture_output=True, text=True, timeout=30, check=True)
    return json.loads(done.stdout)


def main() -> int:
    if len(sys.argv) != 2:
        print("usage: man/generate.py PRINT_COMMAND_TREE", file=sys.stderr)
        return 2
    for name, text in pages_of(ask_tree(sys.argv[1])).items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
