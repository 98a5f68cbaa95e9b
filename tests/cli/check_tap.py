"""Reads TAP 13."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class TapLine:
    is_ok: bool
    number: int
    description: str
    directive: str  # what follows "# ", empty if nothing does


def read_tap(text: str) -> list[TapLine]:
    """A backslash keeps "#" from beginning a directive. ValueError if it is anything else."""
    first, plan, *lines = text.split("\n")
    if lines.pop() != "" or (first, plan) != ("TAP version 13", f"1..{len(lines)}"):
        raise ValueError(f"{first!r}, {plan!r}, and {len(lines)} lines")
    read = []
    for line in lines:
        match = re.fullmatch(r"(not )?ok (\d+) - ((?:[^\\#]|\\.)*?)(?: # (.*))?", line)
        if not match:
            raise ValueError(line)
        read.append(TapLine(not match[1], int(match[2]), match[3], match[4] or ""))
    if [line.number for line in read] != list(range(1, len(lines) + 1)):
        raise ValueError("the numbers are not in their order")
    return read
