#!/usr/bin/env python3
"""How well a batch uses its jobs: dgauth side by side with `xargs -P curl` on the same list.

usage: transcribe_batch.py [--binary PATH] [--inputs N] [--delay MS] [--jobs N] [--rounds N]

A server in a process of its own takes the same time for every transcription. The ideal is
inputs x delay / jobs; a share of it near 1 means that no job ever waited for dgauth.
"""

import argparse
import asyncio
import multiprocessing
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

BODY = (b'{"metadata":{"request_id":"r-1"},"results":{"channels":[{"alternatives":'
        b'[{"transcript":"hello there","confidence":0.9,"words":[]}]}]}}')
REPLY = (b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%b"
         % (len(BODY), BODY))
KEY = "fa4e0003" * 5


class Transcriber(asyncio.Protocol):
    """HTTP/1.1 with kept connections; every request is answered after `delay`."""

    delay = 0.0

    def connection_made(self, transport) -> None:
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        head, blank, body = self.buffer.partition(b"\r\n\r\n")
        if not blank:
            return
        length = int(head.lower().partition(b"content-length:")[2].partition(b"\r\n")[0] or 0)
        if len(body) >= length:
            self.buffer = body[length:]
            asyncio.get_running_loop().call_later(self.delay, self.transport.write, REPLY)


def serve(delay: float, port) -> None:
    async def run() -> None:
        Transcriber.delay = delay
        loop = asyncio.get_running_loop()
        server = await loop.create_server(Transcriber, "127.0.0.1", 0, backlog=1024)
        port.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(run())


@dataclass
class Run:
    seconds: float
    cpu: float


def measure(command: list[str], env: dict[str, str], folder: Path) -> Run:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.perf_counter()
    subprocess.run(command, cwd=folder, env=env, check=True, stdin=subprocess.DEVNULL,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    seconds = time.perf_counter() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Run(seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def commands(options: argparse.Namespace, base: str) -> dict[str, list[str]]:
    curl = ["curl", "-sS", "-o", os.devnull, "-H", "Content-Type: application/json", "-H",
            f"Authorization: Token {KEY}", "-d", '{"url":"{}"}', f"{base}/v1/listen?model=nova-3"]
    return {
        "dgauth": [options.binary, "transcribe-url", "--from-file", "list", "-j",
                   str(options.jobs)],
        "xargs curl": ["xargs", "-a", "list", "-P", str(options.jobs), "-I", "{}", *curl],
    }


def main() -> int:
    parser = argparse.ArgumentParser(description="Measures batches of transcriptions.")
    parser.add_argument("--binary", default="build/release/dgauth")
    parser.add_argument("--inputs", type=int, default=500)
    parser.add_argument("--delay", type=int, default=50, help="milliseconds for each input")
    parser.add_argument("--jobs", type=int, default=50)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    options.binary = os.path.abspath(options.binary)
    if not os.access(options.binary, os.X_OK):
        parser.error(f"{options.binary} cannot be run")
    if not shutil.which("curl"):
        parser.error("curl was not found")

    mine, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=serve, args=(options.delay / 1000, theirs), daemon=True)
    server.start()
    base = f"http://127.0.0.1:{mine.recv()}"
    env = {"PATH": os.environ["PATH"], "HOME": os.devnull, "DEEPGRAM_BASE_URL": base,
           "DEEPGRAM_API_KEY": KEY}
    ideal = options.inputs * options.delay / 1000 / options.jobs
    runs: dict[str, list[Run]] = {}
    with tempfile.TemporaryDirectory(prefix="dgauth-bench-") as name:
        folder = Path(name)
        (folder / "list").write_text(
            "".join(f"https://media.example/{number}.wav\n" for number in range(options.inputs)))
        for _ in range(options.rounds):  # in turns: both see the same weather
            for tool, command in commands(options, base).items():
                runs.setdefault(tool, []).append(measure(command, env, folder))
    server.terminate()
    server.join()

    print(f"{options.inputs} inputs of {options.delay} ms, {options.jobs} at a time: "
          f"ideal {ideal:.2f} s; medians of {options.rounds} rounds")
    print(f"{'':12} {'wall':>8} {'of ideal':>9} {'best':>6} {'CPU':>8} {'CPU ratio':>10}")
    cpu_of_dgauth = statistics.median(run.cpu for run in runs["dgauth"])
    for tool, measured in runs.items():
        seconds = statistics.median(run.seconds for run in measured)
        best = min(run.seconds for run in measured)
        cpu = statistics.median(run.cpu for run in measured)
        print(f"{tool:12} {seconds:6.2f} s {ideal / seconds:9.2f} {ideal / best:6.2f} {cpu:6.2f} s "
              f"{cpu / cpu_of_dgauth:10.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
