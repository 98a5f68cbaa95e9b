"""What a run of a program, or of a pipeline of them, costs."""

import os
import re
import subprocess
import time
from dataclasses import dataclass

TIME = "/usr/bin/time"
Pipeline = list[list[str]]


@dataclass
class Sample:
    wall: float  # seconds
    cpu: float  # seconds


def run(pipeline: Pipeline, environment: dict[str, str], expected: str) -> Sample:
    """Runs it and insists on what it prints: a failure would be quick."""
    began = time.perf_counter()
    pids, read_end = _start(pipeline, environment)
    printed = b"".join(iter(lambda: os.read(read_end, 65536), b""))
    ends = [os.wait4(pid, 0) for pid in pids]
    wall = time.perf_counter() - began
    os.close(read_end)
    if any(status != 0 for _, status, _ in ends) or expected not in printed.decode():
        raise SystemExit(f"{pipeline[0][0]} failed: it printed {printed.decode()[:200]!r}")
    return Sample(wall, sum(usage.ru_utime + usage.ru_stime for _, _, usage in ends))


def _start(pipeline: Pipeline, environment: dict[str, str]) -> tuple[list[int], int]:
    """No shell in between. Returns the processes and where the last one's output can be read."""
    pids = []
    previous = os.open(os.devnull, os.O_RDONLY)
    for command in pipeline:
        read_end, write_end = os.pipe()
        actions = [(os.POSIX_SPAWN_DUP2, previous, 0), (os.POSIX_SPAWN_DUP2, write_end, 1)]
        pids.append(os.posix_spawnp(command[0], command, environment, file_actions=actions))
        os.close(previous)
        os.close(write_end)
        previous = read_end
    return pids, previous


def instructions(pipeline: Pipeline, environment: dict[str, str]) -> int:
    """Of all its programs in user space, their loading included."""
    valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
    return sum(int(re.search(r"Collected : (\d+)", message)[1])
               for message in _run_one_by_one(valgrind, pipeline, environment))


def peak_memory(pipeline: Pipeline, environment: dict[str, str]) -> int:
    """KiB, of all its programs together. Not from wait4: a child's peak begins with that of the
    process that spawned it, and Python's is larger than most."""
    return sum(int(message.split()[-1])
               for message in _run_one_by_one([TIME, "-f", "%M"], pipeline, environment))


def _run_one_by_one(tool: list[str], pipeline: Pipeline, environment: dict[str, str]):
    """What the tool says of each program on stderr."""
    handed_on = b""
    for command in pipeline:
        done = subprocess.run(tool + command, env=environment, input=handed_on,
                              capture_output=True, check=True)
        handed_on = done.stdout
        yield done.stderr.decode()
