#!/usr/bin/env python3
"""promises 2, 26 and 29: what others can see of the process, and how Ctrl-C ends it."""

import os
import resource
import shutil
import signal
import socket
import subprocess
import time
import unittest
from collections.abc import Callable
from pathlib import Path

from loopback import RawServer, read_request
from place import Place, binary_from_environment
from sandbox import Reply, Sandbox
from terminal import Terminal

DGAUTH = binary_from_environment()
NOBODY = 65534
QUICK = 1.5  # seconds within which a signal must end it


def children_of(pid: int) -> list[int]:
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(child) for child in task.read_text().split()]
    return found + [grandchild for child in found for grandchild in children_of(child)]


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def read_until_gone(sock: socket.socket) -> None:
    while sock.recv(65536):
        pass


def wait_for(condition: Callable[[], object], limit: float = 5.0) -> bool:
    deadline = time.monotonic() + limit
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.01)
    return True


class ProcessCase(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box = self.enterContext(Sandbox(tls=False))
        self.key = self.box.keys["member"]
        self.env: dict[str, str | None] = {"DEEPGRAM_BASE_URL": self.box.base_url}

    def start(self, *args: str, stdin=subprocess.DEVNULL, program: str = DGAUTH, **more):
        """Starts dgauth; what is still there of it at the end of the test is ended."""
        process = subprocess.Popen(
            [program, *args], cwd=self.place.cwd, env=self.place.environment(self.env), stdin=stdin,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True, **more)
        self.addCleanup(self.end, process)
        return process

    @staticmethod
    def end(process: subprocess.Popen) -> None:
        if process.poll() is None:
            process.kill()
        process.communicate()

    def config(self, text: str) -> None:
        self.place.write("~/.config/dgauth/config.toml", 'profile = "a"\n[profiles.a]\n' + text)

    def asked(self) -> bool:
        return bool(self.box.requests)


class SeenByOthersTest(ProcessCase):
    def test_command_lines(self) -> None:
        """promise 2: neither its own command line nor a child's holds the key or the token"""
        self.place.write("keyfile", self.key + "\n")
        self.config("api_key_command = ['sh', '-c', 'cat keyfile; sleep 0.5; true']\n")
        for source in ("file", "stdin", "environment", "command"):
            with self.subTest(source):
                self.box.script(Reply(passthrough=True, delay=0.5))
                self.box.requests.clear()
                self.env["DEEPGRAM_API_KEY"] = self.key if source == "environment" else None
                args = {"file": ["--api-key-file", "keyfile"], "stdin": ["--api-key-file", "-"]}
                process = self.start("grant", *args.get(source, []), stdin=subprocess.PIPE)
                process.stdin.write(self.key.encode() + b"\n")
                process.stdin.close()
                process.stdin = None
                seen, children = set(), set()
                while process.poll() is None:
                    for pid in [process.pid, *children_of(process.pid)]:
                        children.add(pid)
                        try:
                            seen.add(Path(f"/proc/{pid}/cmdline").read_text())
                        except (FileNotFoundError, ProcessLookupError):
                            pass
                    time.sleep(0.02)
                self.assertEqual(process.wait(), 0, process.stderr.read())
                self.assertGreater(len(children), 1 if source == "command" else 0)
                for line in seen:
                    self.assertNotIn(self.key, line)
                    self.assertNotIn(self.box.tokens[-1], line)

    def test_a_parent_that_ignores_sigchld(self) -> None:
        """promise 8: the key command works, however the parent left SIGCHLD"""
        self.config("api_key_command = ['cat', 'keyfile']\napi_key_command_timeout = 2\n")
        self.place.write("keyfile", self.key + "\n")
        process = self.start(
            "grant", preexec_fn=lambda: signal.signal(signal.SIGCHLD, signal.SIG_IGN))
        _, stderr = process.communicate(timeout=10)
        self.assertEqual((process.returncode, stderr), (0, b""))

    def test_core_dumps(self) -> None:
        """promise 26: core dumps are off"""
        self.env["DEEPGRAM_API_KEY"] = self.key
        self.box.script(Reply(passthrough=True, delay=1.0))
        process = self.start("grant")
        self.assertTrue(wait_for(self.asked))
        limits = Path(f"/proc/{process.pid}/limits").read_text()
        line = next(line for line in limits.splitlines() if line.startswith("Max core file size"))
        hard = resource.getrlimit(resource.RLIMIT_CORE)[1]  # stays: children could not raise it
        self.assertEqual(line.split()[4:6], ["0", "unlimited" if hard < 0 else str(hard)])

    def test_not_dumpable(self) -> None:
        """promise 26: other processes of the user cannot look into it"""
        program, more = DGAUTH, {}
        if os.geteuid() == 0:  # root owns all of its processes' files anyway
            program = str(self.place.path("dgauth"))
            shutil.copy(DGAUTH, program)
            for path in (self.place.root, self.place.cwd, Path(program)):
                path.chmod(0o755)
            self.env["HOME"] = "/"  # nobody may not look into ours
            more = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        self.env["DEEPGRAM_API_KEY"] = self.key
        self.box.script(Reply(passthrough=True, delay=1.0))
        process = self.start("grant", program=program, **more)
        self.assertTrue(wait_for(self.asked), "no request came")
        # The kernel gives the files of a process that may not be dumped to root.
        self.assertEqual(os.stat(f"/proc/{process.pid}/mem").st_uid, 0)


class InterruptTest(ProcessCase):
    """promise 29: Ctrl-C ends it by the signal itself, at once, with nothing on stdout"""

    def interrupt(self, process: subprocess.Popen, ready: Callable[[], object]) -> None:
        self.assertTrue(wait_for(ready), "it did not come to the phase to be interrupted")
        time.sleep(0.1)
        children = children_of(process.pid)
        before = time.monotonic()
        process.send_signal(signal.SIGINT)
        try:
            stdout, stderr = process.communicate(timeout=5)
        except subprocess.TimeoutExpired:
            self.fail("SIGINT did not end it")
        self.assertLess(time.monotonic() - before, QUICK)
        self.assertEqual(process.returncode, -signal.SIGINT, stderr)
        self.assertEqual(stdout, b"")
        self.assertTrue(wait_for(lambda: not any(alive(child) for child in children), 1.0),
                        "a child outlived it")

    def test_waiting_for_the_answer(self) -> None:
        """promise 29: waiting for the answer"""
        self.env["DEEPGRAM_API_KEY"] = self.key
        self.box.script(Reply(delay=8.0))
        self.interrupt(self.start("grant"), self.asked)

    def test_reading_the_answer(self) -> None:
        """promise 29: reading the answer"""
        self.env["DEEPGRAM_API_KEY"] = self.key
        self.box.script(Reply(body=" " * 10000, drip=(1, 0.05)))
        self.interrupt(self.start("grant"), self.asked)

    def test_between_two_tries(self) -> None:
        """promise 29: waiting for the next try"""
        self.env["DEEPGRAM_API_KEY"] = self.key
        self.box.script(Reply(503, headers={"Retry-After": "20"}))
        process = self.start("grant")
        self.interrupt(process, self.asked)

    def test_connecting(self) -> None:
        """promise 29: connecting, to a port whose queue is full"""
        with socket.create_server(("127.0.0.1", 0), backlog=0) as full:
            fillers = []
            for _ in range(4):
                filler = socket.socket()
                self.addCleanup(filler.close)
                filler.setblocking(False)
                filler.connect_ex(full.getsockname())
                fillers.append(filler)
            self.env |= {"DEEPGRAM_API_KEY": self.key,
                         "DEEPGRAM_BASE_URL": f"http://127.0.0.1:{full.getsockname()[1]}"}
            process = self.start("grant", "-v")
            time.sleep(0.3)
            self.interrupt(process, lambda: process.poll() is None)

    def test_in_the_tls_handshake(self) -> None:
        """promise 29: the TLS handshake"""
        with RawServer(read_until_gone) as server:
            self.env |= {"DEEPGRAM_API_KEY": self.key,
                         "DEEPGRAM_BASE_URL": f"https://127.0.0.1:{server.port}"}
            self.interrupt(self.start("grant"), lambda: server.connections)

    def test_while_results_are_written(self) -> None:
        """promises 24 and 29: a batch that streams to files leaves nothing half behind"""
        def begin(sock: socket.socket) -> None:
            read_request(sock)
            body = b'{"results":{"channels":[' + b"{}," * 30000  # more than is held back
            sock.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 999999\r\n\r\n" + body)
            read_until_gone(sock)

        results = self.place.path("results")
        for stop in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with self.subTest(stop), RawServer(begin) as server:
                self.env |= {"DEEPGRAM_API_KEY": self.key,
                             "DEEPGRAM_BASE_URL": f"http://127.0.0.1:{server.port}"}
                urls = [f"https://media.example/{number}" for number in range(4)]
                process = self.start("transcribe-url", *urls, "-o", "json", "-j", "3",
                                     "--output-dir", str(results))
                self.assertTrue(wait_for(
                    lambda: results.is_dir() and len(list(results.iterdir())) >= 3))
                process.send_signal(stop)
                process.communicate(timeout=5)
                self.assertEqual(process.returncode, -stop)
                self.assertEqual(list(results.iterdir()), [])

    def test_while_the_key_command_runs(self) -> None:
        """promise 29: the key command; it and its children end too"""
        self.config("api_key_command = ['sh', '-c', 'sleep 30 & sleep 31']\n")
        process = self.start("grant")
        self.interrupt(process, lambda: len(children_of(process.pid)) >= 2)

    def test_while_the_key_comes_through_a_pipe(self) -> None:
        """promise 29: reading the key from stdin, and from a named pipe"""
        process = self.start("grant", "--api-key-file", "-", stdin=subprocess.PIPE)
        time.sleep(0.2)
        self.interrupt(process, lambda: process.poll() is None)
        os.mkfifo(self.place.path("fifo"))
        process = self.start("grant", "--api-key-file", "fifo")
        time.sleep(0.2)
        self.interrupt(process, lambda: process.poll() is None)

    def test_at_the_prompt(self) -> None:
        """promise 29: the prompt; the terminal echoes again afterwards"""
        with Terminal() as terminal:
            terminal.start([DGAUTH, "grant", "--api-key-file", "-"], str(self.place.cwd),
                           self.place.environment(self.env), stdout=subprocess.PIPE)
            self.assertTrue(terminal.read_until(lambda: not terminal.echoes()))
            terminal.type("half a key")
            terminal.interrupt()
            self.assertEqual(terminal.finish(QUICK), -signal.SIGINT, terminal.shown)
            with terminal.process.stdout as stdout:
                self.assertEqual(stdout.read(), b"")
            self.assertTrue(terminal.echoes(), "echo stayed off")
            self.assertNotIn(b"half a key", terminal.shown)

    def test_a_shell_loop_stops(self) -> None:
        """promise 29: Ctrl-C on the terminal stops the shell's loop around it too"""
        self.box.script(Reply(delay=8.0), times=3)
        env = self.place.environment(self.env | {"DEEPGRAM_API_KEY": self.key, "DGAUTH": DGAUTH})
        with Terminal() as terminal:
            loop = 'for i in 1 2 3; do "$DGAUTH" grant; done; echo "went on"'
            terminal.start(["bash", "-c", loop], str(self.place.cwd), env)
            self.assertTrue(terminal.read_until(self.asked))
            terminal.interrupt()
            self.assertEqual(terminal.finish(3.0), -signal.SIGINT, terminal.shown)
            self.assertNotIn(b"went on", terminal.shown)
        self.assertEqual(len(self.box.requests), 1)

    def test_sigterm(self) -> None:
        """SIGTERM ends it at once as well"""
        self.env["DEEPGRAM_API_KEY"] = self.key
        self.box.script(Reply(delay=8.0))
        process = self.start("grant")
        self.assertTrue(wait_for(self.asked))
        process.terminate()
        stdout, _ = process.communicate(timeout=QUICK)
        self.assertEqual((process.returncode, stdout), (-signal.SIGTERM, b""))


if __name__ == "__main__":
    unittest.main()
