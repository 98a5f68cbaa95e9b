#!/usr/bin/env python3
"""What it costs to check an answer while it is streamed: `transcribe-url -o json` of a long list of
words into a file, by two builds side by side.

usage: json_stream.py [--binary PATH] [--against PATH] [--megabytes N] [--rounds N]

A server in a process of its own sends the same answer to both, in turns. Without --against there is
nothing to compare with; then `curl` is the other one, which checks nothing.
"""

import argparse
import multiprocessing
import os
import shutil
import socket
import statistics
import sys
import tempfile
import threading
from dataclasses import dataclass
from pathlib import Path

from measure import TIME

KEY = "fa4e0003" * 5
BEGIN = b'{"results":{"channels":[{"alternatives":[{"transcript":"x","words":['
WORD = (b'{"word":"endless","start":12.3456,"end":13.1,"confidence":0.998,'
        b'"punctuated_word":"Endless,"},')
END = b"{}]}]}]}}"
WORDS_A_PIECE = 10000
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n"


def answer(client: socket.socket, pieces: int) -> None:
    piece = WORD * WORDS_A_PIECE
    with client:
        request = b""
        while not request.endswith(b"}"):  # what is not read would break the connection at the end
            request += client.recv(65536)
        client.sendall(HEAD % (len(BEGIN) + pieces * len(piece) + len(END)) + BEGIN)
        for _ in range(pieces):
            client.sendall(piece)
        client.sendall(END)


def serve(pieces: int, port) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port.send(listener.getsockname()[1])
        while True:
            client, _ = listener.accept()
            threading.Thread(target=answer, args=(client, pieces), daemon=True).start()


@dataclass
class Run:
    cpu: float   # seconds of processor time
    peak: float  # MB


def measure(command: list[str], env: dict[str, str], folder: Path) -> Run:
    """wait4 adds up what `time` and its child took; the child's peak only `time` can tell."""
    timed = [TIME, "-f", "%M", "-o", str(folder / "peak"), *command]
    with open(folder / "answer", "wb") as file:
        child = os.posix_spawn(TIME, timed, env,
                               file_actions=[(os.POSIX_SPAWN_DUP2, file.fileno(), 1)])
        _, status, usage = os.wait4(child, 0)
    if status:
        raise SystemExit(f"{command[0]} failed")
    peak = int((folder / "peak").read_text())
    return Run(usage.ru_utime + usage.ru_stime, peak * 1024 / 1e6)


def commands(options: argparse.Namespace, base: str) -> dict[str, list[str]]:
    def dgauth(binary: str) -> list[str]:
        return [os.path.abspath(binary), "transcribe-url", "https://media.example/a.wav", "-o",
                "json"]

    if options.against:
        return {"new": dgauth(options.binary), "old": dgauth(options.against)}
    curl = shutil.which("curl")
    if not curl:
        raise SystemExit("curl was not found")
    return {"dgauth": dgauth(options.binary),
            "curl": [curl, "-sS", "-d", "{}", f"{base}/v1/listen?model=nova-3"]}


def main() -> int:
    parser = argparse.ArgumentParser(description="Measures long answers in JSON.")
    parser.add_argument("--binary", default="build/release/dgauth")
    parser.add_argument("--against", help="another build of dgauth")
    parser.add_argument("--megabytes", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()

    pieces = options.megabytes * 1_000_000 // (len(WORD) * WORDS_A_PIECE)
    mine, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(pieces, theirs), daemon=True)
    server.start()
    base = f"http://127.0.0.1:{mine.recv()}"
    env = {"PATH": os.environ["PATH"], "HOME": os.devnull, "DEEPGRAM_BASE_URL": base,
           "DEEPGRAM_API_KEY": KEY}
    tools = commands(options, base)
    runs: dict[str, list[Run]] = {tool: [] for tool in tools}
    with tempfile.TemporaryDirectory(prefix="dgauth-bench-") as folder:
        for _ in range(options.rounds):  # in turns: both see the same weather
            for tool, command in tools.items():
                runs[tool].append(measure(command, env, Path(folder)))
    server.terminate()
    server.join()

    print(f"{options.megabytes} MB into a file, {options.rounds} rounds")
    print(f"{'':8} {'CPU, median':>12} {'best':>8} {'ratio':>7} {'of best':>8} {'peak':>10}")
    other = list(runs.values())[-1]
    for tool, measured in runs.items():
        cpu, best = (each(run.cpu for run in measured) for each in (statistics.median, min))
        ratios = (run.cpu / against.cpu for run, against in zip(measured, other, strict=True))
        print(f"{tool:8} {cpu:10.3f} s {best:6.3f} s {statistics.median(ratios):7.2f} "
              f"{best / min(run.cpu for run in other):8.2f} "
              f"{max(run.peak for run in measured):7.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
