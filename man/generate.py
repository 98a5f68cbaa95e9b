#!/usr/bin/env python3
"""Writes the manual: man/generate.py PRINT_COMMAND_TREE

The program tells its options and formats with all their texts (tests/docs/print_command_tree.cpp);
the rest of each page is a template, templates/NAME.SECTION.in. A template is mdoc(7), but for this:

    text          is plain, with literal words in `backticks` (mdoc.py)
    .Bd -literal  what follows, up to .Ed, is taken byte for byte
    @HEAD@        date, title and version, and NAME with the command's summary
    @HEAD text@   the same with this text, for a page that is not a command's
    @SYNOPSIS@    how the command is called
    @ABOUT@       what it is for
    @OPTIONS@     its options; in dgauth.1 those of every command
    @FORMATS@     what -o takes
    @STATUSES@    when it ends with which status
    @VARIABLES@   items of a list: the variables that matter to it; in dgauth.1 all
    @EXAMPLES@    its examples
    @COMMANDS@    all commands
    @TOPICS@      what dgauth help can tell of besides them
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
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from mdoc import argument, literal, prose, shell_lines  # noqa: E402

FOLDER = Path(__file__).resolve().parent
DATE = "November 24, 2026"  # of the last change that a reader would notice
MAIN_PAGE = "dgauth"
LITERAL_WIDTH = 72  # what a terminal of 80 columns leaves


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
    def told(self) -> dict:
        """What is declared of the command, or of the program as a whole."""
        return self.command or self.tree

    @property
    def file(self) -> str:
        return f"{self.name}.{self.section}"

    def prose(self, text: str) -> list[str]:
        """text: paragraphs with an empty line between them."""
        paragraphs = [prose(each, self.headings) for each in text.split("\n\n")]
        return [line for each in paragraphs for line in (".Pp", *each)][1:]


def pages_of(tree: dict, folder: Path = FOLDER / "templates") -> dict[str, str]:
    """The text of each page by its file's name."""
    commands = {f"{MAIN_PAGE}-{command['name']}.1": command for command in tree["commands"]}
    templates = {template.stem: template for template in sorted(folder.glob("*.in"))}
    pages = {}
    for file, template in templates.items():
        name, section = file.rsplit(".", 1)
        if section == "1" and name != MAIN_PAGE and file not in commands:
            raise ValueError(f"{template}: dgauth has no such command")
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
    for line in [*page.lines, ""]:
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
        elif line:
            yield line
            is_literal = line.startswith(".Bd -literal")


def _directive(page: Page, line: str) -> Iterator[str]:
    name, _, text = line.strip("@").partition(" ")
    match name:
        case "HEAD":
            yield from _head(page, text)
        case "SYNOPSIS":
            yield from _synopsis(page)
        case "ABOUT":
            yield from page.prose(page.told["page"]["about"])
        case "OPTIONS":
            yield from _list(_option(page, each) for each in page.told["options"])
        case "FORMATS":
            yield from _list(_word(page, each) for each in page.command["formats"])
        case "STATUSES":
            yield from _list(_status(page, each) for each in page.told["page"]["statuses"])
        case "VARIABLES":
            names = page.told["page"]["variables"]
            for each in page.tree["environment"]:
                yield from _word(page, each, "Ev") if each["name"] in names else ()
        case "EXAMPLES":
            yield from _examples(page)
        case "COMMANDS":
            yield from _list(_command(page, each) for each in page.tree["commands"])
        case "TOPICS":
            yield from _list(_word(page, each) for each in page.tree["topics"])
        case "PAGES":
            yield from _references(page)
        case "WORDS":
            option = next(each for each in page.told["options"] if text in each["names"])
            yield from _list(_word(page, each) for each in option["words"])
        case _:
            raise ValueError(f"{page.file}: {line}: no such directive")


def _head(page: Page, text: str) -> Iterator[str]:
    yield '.\\" Written by man/generate.py; see there how to change it.'
    yield f".Dd {DATE}"
    # Without this groff calls the manual BSD's.
    yield ".ds doc-volume-operating-system"
    yield f".Dt {page.name.upper()} {page.section}"
    yield f".Os dgauth {page.tree['version']}"
    yield ".Sh NAME"
    yield f".Nm {page.name}"
    yield f".Nd {text or _lower(page.command['summary'])}"


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


def _option(page: Page, option: dict) -> list[str]:
    names = " , ".join(f"Fl {name[1:]}" for name in option["names"])
    return [f".It {names}{_value(option)}", *page.prose(_marked(option["details"], option["value"]))]


def _marked(details: str, value: str | None) -> str:
    """With the name of the value between backticks wherever it stands for itself."""
    if not value:
        return details
    spans = details.split("`")
    spans[::2] = (re.sub(rf"(?<![\w=-]){value}(?![\w=-])", f"`{value}`", text) for text in spans[::2])
    return "`".join(spans)


def _word(page: Page, word: dict, macro: str = "Cm") -> list[str]:
    text = word["details"] or _sentence(_with_options_marked(word["meaning"]))
    return [f".It {macro} {argument(word['name'])}", *page.prose(text)]


def _status(page: Page, each: dict) -> list[str]:
    return [f".It {each['status']}", *page.prose(_sentence(each["meaning"]))]


def _examples(page: Page) -> Iterator[str]:
    for index, each in enumerate(page.told["page"]["examples"]):
        if index:
            yield ".Pp"
        yield from page.prose(f"{each['purpose']}:")
        yield ".Bd -literal -offset 3n"
        for line in each["lines"].splitlines():
            yield from (literal(part) for part in shell_lines(line, LITERAL_WIDTH))
        yield ".Ed"


def _command(page: Page, command: dict) -> list[str]:
    return [f".It Xr {MAIN_PAGE}-{command['name']} 1", *page.prose(_sentence(command["summary"]))]


def _references(page: Page) -> Iterator[str]:
    others = [each.rsplit(".", 1) for each in page.all_pages if each != f"{page.name}.{page.section}"]
    lines = [f".Xr {name} {section}" for name, section in sorted(others, key=lambda each: each[::-1])]
    yield from (f"{line} ," for line in lines[:-1])
    yield lines[-1]


def _list(items: Iterable[list[str]]) -> Iterator[str]:
    lines = [line for item in items for line in item]
    if lines:
        yield from (".Bl -tag -width Ds", *lines, ".El")


def _with_options_marked(meaning: str) -> str:
    """A few words for a list have no backticks."""
    return re.sub(r"(?<![\w-])--[a-z-]+|-o [a-z]+", r"`\g<0>`", meaning)


def _sentence(phrase: str) -> str:
    """A phrase that begins with a word to type keeps that as it is: "dumb: no colour"."""
    is_literal = re.match(r"\w+: |\S*\d", phrase)
    begun = phrase if is_literal else phrase[0].upper() + phrase[1:]
    return begun if begun.endswith(".") else f"{begun}."


def _lower(text: str) -> str:
    """Unless it begins with a name in capitals."""
    return text if text[:2].isupper() else text[0].lower() + text[1:]


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
