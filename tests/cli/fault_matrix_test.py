#!/usr/bin/env python3
"""promises 9, 14, 15 and 16: faults of a server in every phase, against every command, as a table.

`fault_matrix.txt` is that table. It is made by running, and compared whole. `--write` writes it
again, so that a reviewer sees the difference; what it must hold is what the contract says, not what
happens to come out. A name server that never answers is not there: wire_test.py has it.
"""

import difflib
import json
import os
import re
import sys
import unittest
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from fault_list import FAULTS, UPLOAD, Fault, serving
from faults import ANSWER, TOKEN
from loopback import make_certificate
from place import Outcome, Place, binary_from_environment
from text import leaks_in

DGAUTH = binary_from_environment()
TABLE = Path(__file__).with_name("fault_matrix.txt")
KEY = "fa4e0003" * 5
IS_SANITIZED = b"__asan_init" in Path(DGAUTH).read_bytes()
# Seconds: enough for one retry, which comes after 0.4 to 0.6, and not for two. What starts slowly
# gets more, and is told that one retry is all.
TIMEOUT = 3 if IS_SANITIZED else 1
DEFAULT = ["--retries", "1"] if IS_SANITIZED else []
AT_A_TIME = (4 if IS_SANITIZED else 16) * (os.cpu_count() or 1)  # nearly all of them only wait
MOST_AGAIN = 40  # runs that may be repeated alone, in case the machine was too busy
URL = "https://media.example/talk.wav"
TEXT = b"hello there\n"
TITLES = ("phase", "fault", "status", "stdout", "connections", "requests", "in time", "commands")

# The arguments, and what stdout holds when all went well (check: a report whatever happens).
COMMANDS = {
    "grant": (["grant"], TOKEN.encode() + b"\n"),
    "header": (["header"], f"Authorization: Bearer {TOKEN}\n".encode()),
    "check": (["check", "--probe", "grant,manage", "-o", "json"], None),
    "url": (["transcribe-url", URL], TEXT),
    "json": (["transcribe-url", URL, "-o", "json"], ANSWER),
    "two": (["transcribe-url", URL, URL + "2"],
            b"==> %s <==\n%s\n==> %s2 <==\n%s" % (URL.encode(), TEXT, URL.encode(), TEXT)),
    "file": (["transcribe-file", "talk.wav"], TEXT),
}
# Where a fault needs more: a body that does not fit into buffers, a connection that is used again;
# or less: probes that are tried again at the same time could share a connection of HTTP/2.
SPECIAL = {
    "probe": (["check", "--probe", "manage", "-o", "json"], None),
    "upload": (["transcribe-file", "long.wav"], TEXT),
    "kept": ([*COMMANDS["two"][0], "-j", "1"], COMMANDS["two"][1]),
}
PREAMBLE = """\
What each command makes of each fault; written by fault_matrix_test.py --write.
a/b: with --retries 0, and by default. Requests are those that the server has read whole.
"check" sends three, "probe" two, the last of which is not tried again. "two" has two inputs: half
is shown.
"kept" has them one after the other, on one connection.

"""


@dataclass(frozen=True)
class Seen:
    status: int
    stdout: str
    connections: str
    requests: str
    in_time: bool
    complaint: str  # what is wrong whatever the fault


def commands_of(fault: Fault) -> list[str]:
    if fault.commands:
        return list(fault.commands)
    return [*COMMANDS, "kept"] if fault.phase == "after" else list(COMMANDS)


def number(count: float) -> str:
    return f"{count:g}"


def retries_of(fault: Fault) -> tuple[str, ...]:
    """Values of --retries, "" for the default. What takes all the time leaves none to try again."""
    return ("",) if fault.name in ("stall", "drip") else ("0", "")


def amount(stdout: bytes, whole: bytes | None) -> str:
    if not stdout:
        return "empty"
    if whole is not None:
        return "whole" if stdout == whole else "part"
    try:
        return "whole" if stdout.endswith(b"\n") and json.loads(stdout)["probes"] else "part"
    except (ValueError, KeyError):
        return "part"


def complaint_of(outcome: Outcome) -> str:
    if outcome.timed_out or outcome.left_behind:
        return "did not end" if outcome.timed_out else "left a process behind"
    if leaks_in(outcome.message, [KEY, TOKEN]):
        return "shows a secret: " + outcome.message
    return "" if outcome.status in range(10) else f"ended with {outcome.status}"


class Matrix:
    def __init__(self, place: Place):
        self.certificates = {}
        for kind, name in (("right", "IP:127.0.0.1"), ("other", "DNS:other.example")):
            folder = place.root / kind
            folder.mkdir()
            self.certificates[kind] = make_certificate(folder, name)
        both = b"".join(pair[0].read_bytes() for pair in self.certificates.values())
        self.trusted = str(place.write("trusted.pem", both))

    def run(self, fault: Fault, command: str, retries: str) -> Seen:
        args, whole = (COMMANDS | SPECIAL)[command]
        with Place() as place, serving(fault, self.certificates) as served:
            place.write("talk.wav", b"x" * 1000)
            os.truncate(place.write("long.wav", b"x"), UPLOAD)
            scheme = "http" if fault.scheme == "http" else "https"
            base = f"{scheme}://{fault.host}:{served.port}"
            outcome = place.run(
                [DGAUTH, *args, "--timeout", str(TIMEOUT), "--base-url", base,
                 *(["--retries", retries] if retries else DEFAULT)],
                {"DEEPGRAM_API_KEY": KEY, "SSL_CERT_FILE": self.trusted})
        inputs = 2 if command == "two" else 1
        return Seen(outcome.status, amount(outcome.stdout, whole),
                    number(served.connections / inputs), number(served.requests / inputs),
                    outcome.seconds < TIMEOUT + 1, complaint_of(outcome))

    def rows(self, fault: Fault, seen: dict[tuple, Seen]) -> list[tuple[str, ...]]:
        """One row for all commands that end alike."""
        alike = defaultdict(list)
        for command in commands_of(fault):
            default = seen[fault, command, ""]
            none = seen.get((fault, command, "0"), default)
            cells = [either(getattr(none, name), getattr(default, name))
                     for name in ("status", "stdout", "connections", "requests")]
            if fault.scheme == "h2":
                cells[2] = "-"  # how many requests share one is libcurl's choice
            in_time = "yes" if none.in_time and default.in_time else "no"
            trouble = " ".join(filter(None, (none.complaint, default.complaint)))
            alike[(*cells, in_time, trouble)].append(command)
        return [(fault.phase, fault.name, *cells, " ".join(commands) + (trouble and " " + trouble))
                for (*cells, trouble), commands in alike.items()]


def either(none: object, default: object) -> str:
    """With --retries 0, and by default where that is not the same."""
    return str(none) if none == default else f"{none}/{default}"


def aligned(rows: list[tuple[str, ...]]) -> str:
    widths = [max(len(row[i]) for row in rows) for i in range(len(TITLES))]
    return "".join("  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip() + "\n"
                   for row in rows)


def whole_table(wanted: str) -> str:
    jobs = [(fault, command, retries) for fault in FAULTS for command in commands_of(fault)
            for retries in retries_of(fault)]
    with Place() as place, ThreadPoolExecutor(AT_A_TIME) as pool:
        matrix = Matrix(place)
        seen = dict(zip(jobs, pool.map(lambda job: matrix.run(*job), jobs)))
        if again := odd_jobs(jobs, seen, wanted, matrix):
            seen |= {job: matrix.run(*job) for job in again[:MOST_AGAIN]}
        rows = [row for fault in FAULTS for row in matrix.rows(fault, seen)]
        return PREAMBLE + aligned([TITLES, *rows])


def odd_jobs(jobs: list[tuple], seen: dict[tuple, Seen], wanted: str,
             matrix: Matrix) -> list[tuple]:
    """Those of faults whose rows are not as wanted."""
    known = {tuple(re.split(r" {2,}", line)) for line in wanted.splitlines()}
    odd = {fault for fault in dict.fromkeys(job[0] for job in jobs)
           if not known.issuperset(matrix.rows(fault, seen))}
    return [job for job in jobs if job[0] in odd]


class FaultMatrixTest(unittest.TestCase):
    maxDiff = None

    def test_whole_table(self) -> None:
        wanted = TABLE.read_text()
        difference = difflib.unified_diff(wanted.splitlines(), whole_table(wanted).splitlines(),
                                          "wanted", "seen", lineterm="", n=0)
        self.assertEqual([], list(difference))

    def test_the_table_keeps_the_promises(self) -> None:
        """what must hold in every row, so that nobody writes a broken promise into the table"""
        lines = TABLE.read_text().removeprefix(PREAMBLE).splitlines()
        self.assertGreater(len(lines), 100)
        for line in lines[1:]:
            with self.subTest(line):
                phase, fault, status, stdout, connections, requests, in_time, commands = re.split(
                    r" {2,}", line)
                none, _, default = status.partition("/")
                self.assertEqual(in_time, "yes")  # promise 14
                self.assertNotIn(none, "1235")
                if commands in ("check", "probe"):
                    self.assertEqual(stdout, "whole")
                    self.assertNotIn("7", status)
                elif none != "0" and "grant" in commands:
                    self.assertEqual(stdout.partition("/")[0], "empty")  # promise 16
                if default or none == "0":
                    self.assertEqual((default or none, stdout.rpartition("/")[2]), ("0", "whole"))
                tries, _, tries_by_default = requests.partition("/")
                self.assertLessEqual(int(tries), {"check": 3, "probe": 2, "kept": 2}.get(commands, 1))
                if fault == "redirect":
                    self.assertEqual(tries_by_default, "")  # promise 9
                if "url" in commands and fault != "429":
                    self.assertEqual(tries_by_default, "")  # promise 15


if __name__ == "__main__":
    if sys.argv[1:] == ["--write"]:
        TABLE.write_text(whole_table(TABLE.read_text()))
    else:
        unittest.main()
