"""Plain sentences as mdoc(7). Words in `backticks` are literal, and their form says which macro they get:

    `--ttl`  `-o json`     an option, with its value
    `DEEPGRAM_API_KEY`     an environment variable
    `FILE`                 a placeholder
    `curl(1)`              another page
    `EXIT STATUS`          a section of the page
    `~/.cache`  `.xml`     a path, or how one ends
    `https://example.com`  a link
    `dgauth grant`         a command
    `json`                 a word to type
    anything else          a literal
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Collection

WIDTH = 78
LITERAL_ESCAPES = str.maketrans(
    {"\\": r"\e", "-": r"\-", "'": r"\(aq", "`": r"\(ga", "~": r"\(ti", "^": r"\(ha"}
)
CLOSING = ".,:;)]?!"
VARIABLES = {"BASH_ENV", "ENV", "HOME", "IFS", "PATH", "TERM"}  # and all with an underscore
SENTENCE_END = re.compile(r"(?<=[.?!])\s+(?=[A-Z`(])|(?<=[.?!]\))\s+(?=[A-Z`(])")
SPAN = re.compile(r"`([^`]+)`")


def literal(text: str) -> str:
    """A line of a literal block, byte for byte what a reader will copy."""
    escaped = text.translate(LITERAL_ESCAPES)
    return rf"\&{escaped}" if escaped.startswith(".") else escaped


def shell_lines(line: str, width: int) -> list[str]:
    """The line of a shell on several, if it is wider: broken between words, never inside quotes, nor before
    the value of an option."""
    word = r"""(?:[^\s"']|"[^"]*"|'[^']*')+"""
    lines = [""]
    for chunk in re.findall(rf"^\s+|-{word} (?!-){word}|{word}", line):
        if lines[-1].strip() and len(f"{lines[-1]} {chunk} \\") > width:
            lines[-1] += " \\"
            lines.append(f"    {chunk}")
        else:
            lines[-1] += f" {chunk}" if lines[-1].strip() else chunk
    return lines if len(line) > width else [line]


def plain(escaped: str) -> str:
    """The reverse of literal."""
    text = escaped.removeprefix(r"\&")
    for character, escape in ((chr(code), escape) for code, escape in LITERAL_ESCAPES.items()):
        if character != "\\":
            text = text.replace(escape, character)
    return text.replace(r"\e", "\\")


def argument(text: str) -> str:
    """One argument of a macro line, shown as it is."""
    escaped = text.translate(LITERAL_ESCAPES).replace('"', r"\(dq")
    if re.fullmatch(r"[A-Z][a-z]|[A-Z][a-z][a-z]|[.,:;()\[\]?!|]", text) or text.startswith("."):
        escaped = rf"\&{escaped}"
    if len(text) > 1 and text[-1] in CLOSING:
        escaped += r"\&"
    return f'"{escaped}"' if " " in text else escaped


def macro(span: str, headings: Collection[str] = ()) -> str:
    """What stands between backticks, as macros without the dot."""
    if page := re.fullmatch(r"([\w-]+)\(([1-8])\)", span):
        return f"Xr {page[1]} {page[2]}"
    if span in headings:
        return f"Sx {span}"
    if re.fullmatch(r"--?[a-zA-Z][\w-]*( [\w,.=-]+)*", span):
        return _option(span)
    if re.fullmatch(r"([A-Z][A-Z0-9]*_)+[A-Z0-9_]*", span) or span in VARIABLES:
        return f"Ev {span}"
    if re.fullmatch(r"[A-Z]+", span):
        return f"Ar {span}"
    if re.fullmatch(r"https?://\S+", span):
        return f"Lk {span}"
    if re.fullmatch(r"~?/[\w.]\S*|\.[a-z]+", span):
        return f"Pa {argument(span)}"
    if command := re.fullmatch(r"dgauth(?: ([a-z-]+( [a-z-]+)*))?", span):
        return f"Nm dgauth Cm {command[1]}" if command[1] else "Nm dgauth"
    if re.fullmatch(r"[a-z][\w-]*", span):
        return f"Cm {argument(span)}"
    return f"Ql {argument(span)}"


def _option(span: str) -> str:
    words = []
    for word in span.split():
        kind = "Fl" if word.startswith("-") else "Ar" if word.isupper() else "Cm"
        words.append(f"{kind} {word[1:] if kind == 'Fl' else argument(word)}")
    return " ".join(words)


def prose(text: str, headings: Collection[str] = ()) -> list[str]:
    """The lines of a paragraph: each sentence begins a line, each literal word has one to itself."""
    lines: list[str] = []
    for sentence in SENTENCE_END.split(" ".join(text.split())):
        lines += _sentence(sentence, headings)
    return lines


def _sentence(sentence: str, headings: Collection[str]) -> list[str]:
    lines: list[str] = []
    opening = ""
    pieces = SPAN.split(sentence)
    for index, piece in enumerate(pieces):
        if index % 2:
            rest = pieces[index + 1]
            glued, closing = re.match(rf"(\S*?)([{re.escape(CLOSING)}]*)(?!\S)", rest).groups()
            line = "." + macro(piece, headings)
            if opening:
                name, _, arguments = line.partition(" ")
                line = f"{name} {opening} {arguments}"
            if glued:
                line += f" Ns No {argument(glued)}"
            line += "".join(f" {character}" for character in closing)
            pieces[index + 1] = rest[len(glued + closing) :]
            lines.append(line)
            continue
        opening = ""
        if index + 1 < len(pieces) and piece and not piece[-1].isspace():
            if piece[-1] not in "([":
                raise ValueError(f"no space before `{pieces[index + 1]}` in: {sentence}")
            opening, piece = piece[-1], piece[:-1]
        lines += _wrapped(piece)
    return lines


def _wrapped(text: str) -> list[str]:
    escaped = text.strip().replace("\\", r"\e").replace("±", r"\(+-")
    lines = textwrap.wrap(escaped, WIDTH, break_long_words=False, break_on_hyphens=False)
    return [rf"\&{line}" if line[0] in ".'" else line for line in lines]
