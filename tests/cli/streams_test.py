#!/usr/bin/env python3
"""promise 22, and the terminal: full devices, closed descriptors, pipes nobody reads, prompts."""

import os
import signal
import subprocess
import time
import unittest

from loopback import RawServer, grant_reply, read_request
from place import Place, binary_from_environment
from sandbox import Reply, Sandbox
from terminal import Terminal
from text import TOKEN_CLAIMS, fake_jwt, leaks_in

DGAUTH = binary_from_environment()
TOKEN = fake_jwt(TOKEN_CLAIMS)
KEY = "fa4e0003" * 5
GRANTS = [["grant"], ["grant", "-o", "json"], ["grant", "-o", "export"], ["header"],
          ["header", "-o", "ws"]]


class StreamsTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.came: list[bytes] = []
        self.server = self.enterContext(RawServer(self.answer))
        self.env = {"DEEPGRAM_BASE_URL": f"http://127.0.0.1:{self.server.port}",
                    "DEEPGRAM_API_KEY": KEY}
        self.reply = grant_reply(TOKEN, 30)

    def answer(self, sock) -> None:
        self.came.append(read_request(sock))
        sock.sendall(self.reply)
        while rest := sock.recv(65536):  # a second request, or what does not belong here
            self.came.append(rest)

    def shell(self, redirections: str, *args: str, stdin: bytes | None = None):
        """Runs dgauth from a shell that redirects as said."""
        script = f'exec "$0" "$@" {redirections}'
        return self.place.run(["bash", "-c", script, DGAUTH, *args], self.env, stdin)

    def assert_nothing_strange_was_sent(self) -> None:
        self.server.settle()
        sent = b"".join(self.came)
        self.assertNotIn(TOKEN.encode(), sent)
        self.assertNotIn(b"dgauth: ", sent)
        self.assertEqual(sent.count(b"POST "), len(self.came), "more than the requests was sent")

    def test_full_stdout(self) -> None:
        """promise 22: /dev/full is status 1"""
        dry = ["grant", "--dry-run"]
        for args in [*GRANTS, dry, ["--help"], ["grant", "--help"], ["--version"]]:
            with self.subTest(args):
                outcome = self.shell(">/dev/full", *args)
                self.assertEqual(outcome.status, 1, outcome.message)
                self.assertIn("stdout", outcome.message)
                self.assertEqual(leaks_in(outcome.message, [TOKEN, KEY]), [])

    def test_closed_stdout(self) -> None:
        """promise 22: a closed stdout is status 1 and never becomes the socket"""
        for args in [*GRANTS, ["grant", "--dry-run"], ["--help"], ["--version"]]:
            with self.subTest(args):
                outcome = self.shell(">&-", *args)
                self.assertEqual(outcome.status, 1, outcome.message)
                self.assertIn("stdout", outcome.message)
        self.assert_nothing_strange_was_sent()

    def test_closed_stdout_and_out(self) -> None:
        """promise 22: with --out nothing is lost when stdout is closed"""
        outcome = self.shell(">&-", "grant", "--out", "t")
        self.assertEqual(outcome.status, 0, outcome.message)
        self.assertEqual(self.place.path("t").read_text(), TOKEN + "\n")
        self.assert_nothing_strange_was_sent()

    def test_closed_stderr(self) -> None:
        """promise 22: nothing meant for a closed stderr goes elsewhere"""
        for extra in ([], ["-v"], ["--ttl", "300"]):
            with self.subTest(extra):
                outcome = self.shell("2>&-", "grant", *extra)
                self.assertEqual((outcome.status, outcome.stdout), (0, TOKEN.encode() + b"\n"))
        self.reply = b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"
        outcome = self.shell("2>&-", "grant")
        self.assertEqual((outcome.status, outcome.stdout), (5, b""))
        self.assert_nothing_strange_was_sent()

    def test_closed_stderr_keeps_an_out_file_clean(self) -> None:
        """promise 22: a file that took the place of stderr gets no messages"""
        outcome = self.shell("2>&-", "grant", "-v", "--ttl", "300", "--out", "t")
        self.assertEqual(outcome.status, 0)
        self.assertEqual(self.place.path("t").read_text(), TOKEN + "\n")

    def test_closed_stdin(self) -> None:
        """a closed stdin does no harm; as the key's source it is status 3"""
        outcome = self.shell("<&-", "grant")
        self.assertEqual((outcome.status, outcome.stdout), (0, TOKEN.encode() + b"\n"),
                         outcome.message)
        outcome = self.shell("<&-", "grant", "--api-key-file", "-")
        self.assertEqual((outcome.status, outcome.stdout), (3, b""), outcome.message)
        self.assert_nothing_strange_was_sent()

    def test_all_closed(self) -> None:
        """promise 22: with nothing open, nothing leaks into the connection"""
        outcome = self.shell("<&- >&- 2>&-", "grant", "-v")
        self.assertEqual(outcome.status, 1)
        outcome = self.shell("<&- >&- 2>&-", "grant", "-v", "--ttl", "300", "--out", "t")
        self.assertEqual(outcome.status, 0)
        self.assertEqual(self.place.path("t").read_text(), TOKEN + "\n")
        self.assert_nothing_strange_was_sent()

    def test_full_stderr(self) -> None:
        outcome = self.shell("2>/dev/full", "grant")
        self.assertEqual((outcome.status, outcome.stdout), (0, TOKEN.encode() + b"\n"))
        self.reply = b"HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n"
        outcome = self.shell("2>/dev/full", "grant")
        self.assertEqual((outcome.status, outcome.stdout), (5, b""))

    def test_a_pipe_nobody_reads(self) -> None:
        """promise 22: a pipe closed at the other end is a failure, not a success"""
        reader, writer = os.pipe()
        os.close(reader)
        with open(writer, "wb") as pipe:
            done = subprocess.run([DGAUTH, "grant"], env=self.place.environment(self.env),
                                  cwd=self.place.cwd, stdout=pipe, stderr=subprocess.PIPE,
                                  stdin=subprocess.DEVNULL, timeout=10)
        self.assertIn(done.returncode, (1, -signal.SIGPIPE))

    def test_the_mask_comes_first(self) -> None:
        """promise 20: where both streams go to one place, the mask precedes the token"""
        self.env["GITHUB_ACTIONS"] = "true"
        outcome = self.shell("2>&1", "grant")
        self.assertEqual(outcome.stdout.decode(), f"::add-mask::{TOKEN}\n{TOKEN}\n")


class TerminalTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box = self.enterContext(Sandbox(tls=False))
        self.terminal = self.enterContext(Terminal())
        self.key = self.box.keys["member"]
        self.env = self.place.environment(
            {"DEEPGRAM_BASE_URL": self.box.base_url, "TERM": "xterm-256color"})

    def start(self, *args: str, **streams) -> None:
        self.terminal.start([DGAUTH, *args], str(self.place.cwd), self.env, **streams)

    def test_the_same_bytes(self) -> None:
        """a terminal gets the same bytes as a pipe"""
        self.env["DEEPGRAM_API_KEY"] = self.key
        for args in (["grant"], ["grant", "-o", "json"], ["header"]):
            with self.subTest(args):
                reply = Reply(body={"access_token": TOKEN, "expires_in": 30})
                self.box.script(reply, times=2)
                self.terminal.shown = b""
                self.start(*args)
                self.assertEqual(self.terminal.finish(), 0)
                piped = self.place.run([DGAUTH, *args], self.env).stdout
                if "json" in args:  # the second call may be a second later
                    self.assertEqual(len(self.terminal.shown), len(piped))
                else:
                    self.assertEqual(self.terminal.shown, piped)

    def test_no_colours_where_not_wanted(self) -> None:
        self.env["DEEPGRAM_API_KEY"] = self.box.keys["revoked"]
        for args, more in ((["grant", "--no-color"], {}), (["grant"], {"NO_COLOR": "1"})):
            with self.subTest(args):
                self.terminal.shown = b""
                plain, self.env = self.env, self.env | more
                self.start(*args)
                self.env = plain
                self.assertEqual(self.terminal.finish(), 4)
                self.assertIn(b"dgauth: error: ", self.terminal.shown)
                self.assertNotIn(b"\x1b", self.terminal.shown)

    def test_the_prompt(self) -> None:
        """--api-key-file - asks on a terminal without showing what is typed"""
        for name in ("-", "/dev/stdin", "/dev/fd/0"):
            with self.subTest(name), Terminal() as terminal:
                terminal.start([DGAUTH, "grant", "--api-key-file", name], str(self.place.cwd),
                               self.env, stdout=subprocess.PIPE)
                self.assertTrue(terminal.read_until(
                    lambda: terminal.shown and not terminal.echoes()), terminal.shown)
                terminal.type(self.key + "\n")
                self.assertEqual(terminal.finish(), 0, terminal.shown)
                with terminal.process.stdout as stdout:
                    self.assertEqual(stdout.read().decode(), self.box.tokens[-1] + "\n")
                secrets = [self.key, *self.box.tokens]
                self.assertEqual(leaks_in(terminal.shown.decode(), secrets), [])
                self.assertTrue(terminal.echoes(), "echo stayed off")

    def test_the_prompt_wherever_the_terminal_is_named(self) -> None:
        """promise 19: a key that is typed is never shown, whoever named the terminal, and how"""
        config = self.place.cwd / "c.toml"
        for name in ("/dev/stdin", "/dev/fd/0", "/proc/self/fd/0", "/dev/tty"):
            config.write_text(f'[profiles.a]\napi_key_file = "{name}"\n')
            for args, more in ((["--api-key-file", name], {}),
                               ([], {"DEEPGRAM_API_KEY_FILE": name}),
                               (["-c", str(config), "-p", "a"], {})):
                streams = {"stdin": subprocess.DEVNULL} if name == "/dev/tty" else {}
                with self.subTest([name, *args]), Terminal() as terminal:
                    terminal.start([DGAUTH, "grant", *args], str(self.place.cwd), self.env | more,
                                   stdout=subprocess.PIPE, **streams)
                    self.assertTrue(terminal.read_until(
                        lambda: terminal.shown and not terminal.echoes(), 2), terminal.shown)
                    terminal.type(self.key + "\n")
                    self.assertEqual(terminal.finish(), 0, terminal.shown)
                    with terminal.process.stdout as stdout:
                        self.assertEqual(stdout.read().decode(), self.box.tokens[-1] + "\n")
                    self.assertEqual(leaks_in(terminal.shown.decode(), [self.key]), [])
                    self.assertTrue(terminal.echoes(), "echo stayed off")
                with self.subTest([name, *args, "--dry-run"]), Terminal() as terminal:
                    terminal.start([DGAUTH, "grant", "--dry-run", *args], str(self.place.cwd),
                                   self.env | more, **streams)
                    self.assertEqual(terminal.finish(2), 0, terminal.shown)
                    self.assertIn(b"Token <key>", terminal.shown)
                    self.assertNotIn(b"API key:", terminal.shown)

    def test_a_key_command_that_asks_on_the_terminal(self) -> None:
        """it cannot from the background: that is told at once, not after its time limit"""
        config = self.place.cwd / "c.toml"
        config.write_text('[profiles.a]\n'
                          'api_key_command = ["sh", "-c", "read key < /dev/tty; echo $key"]\n')
        started = time.monotonic()
        self.start("grant", "-c", str(config), "-p", "a")
        self.assertEqual(self.terminal.finish(), 3, self.terminal.shown)
        self.assertIn(b"sh asks on the terminal", self.terminal.shown)
        self.assertLess(time.monotonic() - started, 4)

    def test_prompt_that_is_ended_in_the_background(self) -> None:
        """put aside with Ctrl-Z, it dies of a signal without a touch of the shell's terminal"""
        terminal = self.terminal
        shell = ('set -m; "$0" grant --api-key-file -; pid=$(jobs -p %1); kill %1\n'
                 'while kill -0 $pid; do sleep 0.05; done 2> /dev/null; echo gone')
        terminal.start(["bash", "-c", shell, DGAUTH], str(self.place.cwd), self.env)
        self.assertTrue(terminal.read_until(lambda: terminal.shown and not terminal.echoes()))
        terminal.type("\x1a")
        self.assertEqual(terminal.finish(), 0, terminal.shown)
        self.assertTrue(terminal.shown.endswith(b"gone\n"), terminal.shown)
        self.assertTrue(terminal.echoes())

    def test_prompt_that_is_put_aside(self) -> None:
        """Ctrl-Z at the prompt gives the shell a terminal that echoes; fg asks again, silently"""
        terminal = self.terminal
        shell = ('set -m; "$0" grant --api-key-file - > token\n'
                 'stty -a | grep -ow -- "-*echo"; fg > /dev/null')
        terminal.start(["bash", "-c", shell, DGAUTH], str(self.place.cwd), self.env)
        self.assertTrue(terminal.read_until(lambda: terminal.shown and not terminal.echoes()))
        prompt = terminal.shown
        terminal.type("\x1a")
        self.assertTrue(terminal.read_until(lambda: terminal.shown.count(prompt) == 2),
                        terminal.shown)
        self.assertFalse(terminal.echoes())
        terminal.type(self.key + "\n")
        self.assertEqual(terminal.finish(), 0, terminal.shown)
        self.assertIn(b"\necho\n", terminal.shown)
        self.assertTrue(terminal.echoes())
        self.assertEqual(self.place.path("token").read_text(), self.box.tokens[-1] + "\n")
        self.assertEqual(leaks_in(terminal.shown.decode(), [self.key, *self.box.tokens]), [])

    def test_the_prompt_on_stderr_only(self) -> None:
        """stdout stays clean although it is the terminal too"""
        with self.place.path("messages").open("wb") as messages:
            self.start("grant", "--api-key-file", "-", stderr=messages)
            terminal = self.terminal
            self.assertTrue(terminal.read_until(lambda: not terminal.echoes()))
            terminal.type(self.key + "\n")
            self.assertEqual(terminal.finish(), 0)
        shown = terminal.shown.replace(b"\r", b"").lstrip(b"\n").decode()
        self.assertEqual(shown, self.box.tokens[-1] + "\n")
        self.assertNotEqual(self.place.path("messages").read_bytes(), b"")

    def test_an_empty_answer_to_the_prompt(self) -> None:
        """promise 5: an empty line, or the end of input, is no key"""
        for typed in ("\n", "\x04"):
            with self.subTest(repr(typed)):
                self.start("grant", "--api-key-file", "-", stdout=subprocess.PIPE)
                terminal = self.terminal
                self.assertTrue(terminal.read_until(lambda: not terminal.echoes()))
                terminal.type(typed)
                self.assertEqual(terminal.finish(), 3, terminal.shown)
                with terminal.process.stdout as stdout:
                    self.assertEqual(stdout.read(), b"")
                self.assertTrue(terminal.echoes(), "echo stayed off")
        self.assertEqual(self.box.requests, [])

    def test_no_prompt_for_a_pipe(self) -> None:
        """a pipe as stdin is read without a prompt"""
        with self.place.write("k", self.key + "\n").open("rb") as key:
            self.start("grant", "--api-key-file", "-", stdin=key, stdout=subprocess.PIPE)
            self.assertEqual(self.terminal.finish(), 0)
        self.terminal.process.stdout.close()
        self.assertEqual(self.terminal.shown, b"")


if __name__ == "__main__":
    unittest.main()
