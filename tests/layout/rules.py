"""The rules of the source tree: each takes the root folder and yields what breaks it as `Finding`s.

Where a rule keeps one of the numbered promises, its comment says so: `promise 12`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path

# Who may include whom, besides itself and `base`.
ARROWS = {
    "main": {"cli", "host", "http"},
    "cli": {"commands", "output", "session", "options", "http", "host", "json"},
    "commands": {
        "completion", "transcription", "checking", "output", "session", "options", "credentials",
        "deepgram", "http", "host", "json",
    },
    "completion": {"options"},
    "transcription": {"output", "session", "options", "deepgram", "http", "host", "json"},
    "checking": {"deepgram", "http", "json"},
    "output": {"session", "options", "deepgram", "http", "host", "json"},
    "session": {"options", "credentials", "deepgram", "http", "host", "json"},
    "options": {"deepgram", "http", "host"},
    "credentials": {"deepgram", "host", "json"},
    "deepgram": {"http", "host", "json"},
    "http": {"host"},
    "json": set(),
    "host": set(),
    "base": set(),
}  # fmt: skip

# The one home of each third-party library: patterns of paths below src/. fmt may be used anywhere.
HOMES = {
    "CLI": ["cli/parser.cpp"],
    "curl": ["http/*"],
    "fmt": ["*"],
    "nettle": ["base/*"],
    "openssl": ["http/curl_handle.cpp"],  # how the release, whose OpenSSL is its own, begins and ends
    "rapidjson": ["json/*"],
    "tl": ["base/*"],
    "toml++": ["credentials/config*.cpp"],
}

SYSTEM_FOLDERS = {"arpa", "net", "netinet", "sys"}
SYSTEM_HEADERS = {
    "dirent.h", "emmintrin.h", "fcntl.h", "poll.h", "pwd.h", "signal.h", "spawn.h", "string.h", "termios.h", "unistd.h"
}  # fmt: skip

# Every file that looks inside a Secret. Adding one is a decision: say in the review why it must.
REVEALING = [
    "base/secret.hpp",
    # reading what the user gave
    "base/digest.cpp",
    "credentials/config.cpp",
    "credentials/parse_key.cpp",
    "http/trust_store.cpp",
    # reading a token's claims, taking secrets out of what a server says
    "deepgram/jwt.cpp",
    "deepgram/redactor.cpp",
    # sending
    "http/curl_handle.cpp",
    # writing what was asked for
    "output/dotenv.cpp",
    "output/out_file.cpp",
    "output/secret_output.cpp",
    "output/token_formats.cpp",
    "host/console.hpp",
    "host/files.cpp",
    "host/new_file.cpp",
    "json/reader.hpp",
    "json/writer.hpp",
]

MAX_LINES = 350
MAX_MAIN_LINES = 40
SOURCE_FOLDERS = ["src", "tests", "man", "scripts", "cmake", ".ci"]
SOURCE_SUFFIXES = {".cpp", ".hpp", ".py", ".sh", ".cmake", ""}

INCLUDE = re.compile(r"\s*#\s*include\b\s*(.*)")
INCLUDE_OPERAND = re.compile(r'["<]([^">]+)[">]')
TEST_NAME = re.compile(r'\bTEST_CASE\w*\(\s*(?:[\w:]+\s*,\s*)?((?:"(?:\\.|[^"\\])*"\s*)+)')
STRING = re.compile(r'"((?:\\.|[^"\\])*)"')


@dataclass(frozen=True)
class Finding:
    place: str  # file:line, the file relative to the root
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


def product_files(root: Path) -> list[Path]:
    return sorted(p for p in (root / "src").rglob("*") if p.suffix in {".cpp", ".hpp"})


def code_lines(file: Path) -> Iterator[tuple[int, str]]:
    """The numbered lines of a C++ file without `//` comments."""
    for number, line in enumerate(file.read_text().splitlines(), start=1):
        yield number, re.sub(r"(^|\s)//.*", "", line)


def below_src(root: Path, file: Path) -> Path:
    return file.relative_to(root / "src")


def matches(path: Path, patterns: Iterable[str]) -> bool:
    return any(fnmatchcase(path.as_posix(), pattern) for pattern in patterns)


def room_of(path: Path) -> str:
    return path.parts[0] if len(path.parts) > 1 else path.stem


def judge_include(path: Path, target: str) -> str | None:
    """Why the file `path` (below src/) may not include `target`, or None."""
    room, first = room_of(path), target.split("/")[0]
    if room not in ARROWS:
        return f"'{room}' is not a room; the list of rooms is in tests/layout/rules.py"
    if first in ARROWS and "/" in target:
        if first in {room, "base"} or first in ARROWS[room]:
            return None
        return f"{room} may not include {first} ({target})"
    if first in HOMES and "/" in target:
        if matches(path, HOMES[first]):
            return None
        return f"<{target}> belongs in {' and '.join(HOMES[first])}"
    if "/" in target:
        return None if first in SYSTEM_FOLDERS else f"<{target}> has no home in rules.py"
    if "." in target and target not in SYSTEM_HEADERS:
        return f"{target}: neither a system header nor a path from src/"
    return None


def include_arrows(root: Path) -> Iterator[Finding]:
    for file in product_files(root):
        for number, line in code_lines(file):
            include = INCLUDE.match(line)
            if not include:
                continue
            operand = INCLUDE_OPERAND.match(include[1])
            if not operand:
                problem = "an include must name its file"
            else:
                problem = judge_include(below_src(root, file), operand[1])
            if problem:
                yield Finding(f"{file.relative_to(root)}:{number}", problem)


def test_names(root: Path) -> Iterator[Finding]:
    """CTest splits a name at `;`, and both halves pass without running. Two cases of one name
    would run as one entry."""
    seen: dict[str, str] = {}
    for file in sorted((root / "tests").rglob("*.cpp")):
        text = file.read_text()
        for case in TEST_NAME.finditer(text):
            name = "".join(STRING.findall(case[1]))
            place = f"{file.relative_to(root)}:{text.count(chr(10), 0, case.start()) + 1}"
            if ";" in name:
                yield Finding(place, "a test name may not hold ';'")
            if name in seen:
                yield Finding(place, f"the test name '{name}' is taken by {seen[name]}")
            seen[name] = place


def file_lengths(root: Path) -> Iterator[Finding]:
    for folder in SOURCE_FOLDERS:
        for file in sorted((root / folder).rglob("*")):
            if not file.is_file() or file.suffix not in SOURCE_SUFFIXES:
                continue
            count = len(file.read_bytes().splitlines())
            limit = MAX_MAIN_LINES if file == root / "src/main.cpp" else MAX_LINES
            if count > limit:
                place = f"{file.relative_to(root)}:{limit + 1}"
                yield Finding(place, f"{count} lines, at most {limit}")


def revealing_files(root: Path) -> Iterator[Finding]:
    for file in product_files(root):
        if matches(below_src(root, file), REVEALING):
            continue
        for number, line in code_lines(file):
            if re.search(r"\breveal\b", line):
                place = f"{file.relative_to(root)}:{number}"
                yield Finding(place, "looks inside a Secret; see REVEALING in rules.py")


@dataclass(frozen=True)
class Ban:
    pattern: str
    problem: str
    where: tuple[str, ...] = ("*",)
    but_not: tuple[str, ...] = ()


# What no line of src/ may match.
BANS = [
    # promise 12: nothing switches the verification off.
    Ban(r"SSL_VERIFYPEER\b(?!,\s*1L?\b)", "the peer is always verified (promise 12)"),
    Ban(r"SSL_VERIFYHOST\b(?!,\s*2L?\b)", "the host name is always verified (promise 12)"),
    Ban(r'"(-k\b|[^"]*--(insecure|no-verify)\b)', "no option weakens TLS (promise 12)"),
    # promises 9 and 13.
    Ban(r"CURLOPT_FOLLOWLOCATION\b(?!,\s*0L?\b)", "redirects are not followed (promise 9)"),
    Ban(r"CURLOPT_NETRC", "netrc is not read (promise 13)"),
    # promise 19: what a parser or libcurl says repeats what it read.
    Ban(r"(\.|->)what\(\)", "print our own words (promise 19)"),
    Ban(r"(\.|->)description\(\)", "print our own words (promise 19)", where=("credentials/*",)),
    Ban(r"CURLOPT_(VERBOSE|DEBUGFUNCTION)\b", "libcurl's own trace shows secrets (promise 19)"),
    # promise 8.
    Ban(r"(?<![\w.>])(std::)?(system|popen)\s*\(", "nothing runs through a shell (promise 8)"),
    # A bad variable would break every command, --help included, and be reported as the option.
    Ban(r"\benvname\s*\(", "the environment is read in credentials/, not by CLI11"),
    # What a test must be able to replace.
    Ban(r"\bgetenv\s*\(", "the environment is read through host/", but_not=("host/*",)),
    Ban(
        r"\bstd::(cout|cerr|clog)\b|\bfmt::print\b|\b(printf|fprintf|puts|fputs)\s*\(",
        "everything is printed through host/",
        but_not=("host/*", "main.cpp"),
    ),
]


def banned_code(root: Path) -> Iterator[Finding]:
    for file in product_files(root):
        path = below_src(root, file)
        for ban in BANS:
            if not matches(path, ban.where) or matches(path, ban.but_not):
                continue
            for number, line in code_lines(file):
                if re.search(ban.pattern, line):
                    yield Finding(f"{file.relative_to(root)}:{number}", ban.problem)


RULES = [include_arrows, test_names, file_lengths, revealing_files, banned_code]
