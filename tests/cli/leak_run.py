"""One run of a command, and the secrets that it left where nobody asked for them.

Searched are both streams, every file that a run leaves and its name, for each secret in the forms
of text.forms_of. What a run was asked to show (a token, a request, the service's own JSON) is left
out of the search of that one place.
"""

import os
import unittest
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from leak_echo import SECRETS, Echo
from loopback import RawServer
from place import Outcome, Place, binary_from_environment
from text import leaks_in
from trial import files_below

DGAUTH = binary_from_environment()
AT_A_TIME = 4 * (os.cpu_count() or 1)
QUICK = ("--retries", "0", "--timeout", "5")
TOKENS = ("token", "given token")
TYPED = ("query", "callback")  # a URL as the user typed it, where inputs or requests are asked for
PROBES = "--probe grant,listen,manage,listen-ws"


@dataclass(frozen=True)
class Run:
    """One run, and which secrets may be where."""
    words: str
    stdout: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    env: dict[str, str | None] = field(default_factory=dict)
    stdin: bytes | None = None
    statuses: tuple[int, ...] = tuple(range(10))

    @property
    def args(self) -> list[str]:
        return self.words.split()


def leaks_of(run: Run, outcome: Outcome, place: Place, before: dict) -> list[str]:
    """What of the secrets is where it was not asked for."""
    def search(where: str, content: str, allowed: tuple[str, ...]) -> list[str]:
        secrets = {name: secret for name, secret in SECRETS.items() if name not in allowed}
        return [f"{where} holds {leak!r} of the {name}: {content[:2000]}"
                for name, secret in secrets.items() for leak in leaks_in(content, [secret])]
    lines = [line for line in outcome.message.splitlines() if not line.startswith("::add-mask::")]
    found = search("stderr", "\n".join(lines), ())
    found += search("stdout", outcome.stdout.decode(errors="replace"), run.stdout)
    for name, seen in files_below(place).items():
        if name in before and before[name].content == seen.content:
            continue
        found += search("the name of a file", name, ())
        found += search(name, seen.content.decode(errors="replace"), run.files)
        if Path(name).name.startswith("core"):
            found.append(f"a core dump: {name}")
    return found


class LeakHuntTest(unittest.TestCase):
    def hunt(self, jobs: list[tuple[Echo, Run]]) -> None:
        with ThreadPoolExecutor(AT_A_TIME) as pool:
            for (echo, run), found in zip(jobs, pool.map(lambda job: one(*job), jobs)):
                with self.subTest(kind=echo.kind, turn=echo.turn, args=run.args, env=run.env):
                    self.assertEqual(found, [])


def one(echo: Echo, run: Run) -> list[str]:
    """What is wrong with this run against such a server."""
    with Place() as place, RawServer(echo.talk) as server:
        env = {"DEEPGRAM_API_KEY": SECRETS["key"], "DEEPGRAM_ACCESS_TOKEN": SECRETS["given token"],
               "DEEPGRAM_BASE_URL": f"http://127.0.0.1:{server.port}"}
        place.write("talk.wav", b"x" * 1000)
        place.write("key", SECRETS["key"] + "\n")
        for source in ("api_key_file = 'key'", "api_key_command = ['cat', 'key']"):
            name = source.partition(" ")[0] + ".toml"
            place.write(name, f"profile = 'a'\n[profiles.a]\n{source}\ncache = true\n")
        before = files_below(place)
        verbose = ("-v",) if echo.turn != 1 else ()
        outcome = place.run([DGAUTH, *run.args, *QUICK, *verbose], env | run.env, run.stdin)
        found = leaks_of(run, outcome, place, before)
        if outcome.timed_out or outcome.left_behind or outcome.status not in run.statuses:
            found.append(f"status {outcome.status}: {outcome.message}")
    return found
