#!/usr/bin/env python3
"""promises 2, 8, 13, 19 and 26: what proxies, other processes and children see of a run."""

import contextlib
import resource
import signal
import subprocess
import time
import unittest
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from leak_echo import SECRETS, URL, Echo
from leak_run import DGAUTH, PROBES, QUICK, TOKENS, LeakHuntTest, Run
from loopback import ConnectProxy, RawServer, make_certificate, server_context
from place import Place
from process_test import children_of
from text import leaks_in
from trial import files_below

HOST = "api.deepgram.com"


class ProxyTest(LeakHuntTest):
    """promises 13 and 19: a proxy with a password"""

    def test_proxies(self) -> None:
        password = SECRETS["proxy"]
        echo = Echo("good", 0, mints=True)
        said = b"HTTP/1.1 407 %b\r\nX-Said: %b\r\nContent-Length: 50\r\n\r\n%b" % (
            (password.encode(),) * 3)
        with Place() as own:
            certificate, key = make_certificate(own.root, f"DNS:{HOST}")
            trust = {"DEEPGRAM_BASE_URL": None, "SSL_CERT_FILE": str(certificate)}
            server = self.enterContext(RawServer(echo.talk,
                                                 context=server_context(certificate, key)))
            good = self.enterContext(ConnectProxy(server.port))
            bad = self.enterContext(ConnectProxy(server.port, said))
            jobs = []
            for words, statuses in (("grant", (0, 7)), (f"transcribe-url {URL}", (0, 7)),
                                    (f"check {PROBES}", (0, 4, 5, 8))):
                for place in (f"http://joe:{quote(password)}@127.0.0.1:{good.port}",
                              f"http://joe:{quote(password)}@127.0.0.1:{bad.port}",
                              f"http://joe:{password}@127.0.0.1:1",
                              f"ftp://joe:{password}@127.0.0.1:1",
                              f"socks9://joe:{password}@127.0.0.1:1", f"http://joe:{password}@[::",
                              f"joe:{password}@127.0.0.1:99999"):
                    jobs.append((Echo("good", 0), Run(words, stdout=TOKENS, statuses=statuses,
                                                      env=trust | {"https_proxy": place})))
            self.hunt(jobs)
        self.assertTrue(good.requests)
        for secret in ("key", "token", "query"):
            for proxy in (good, bad):
                text = (b"".join(proxy.requests) + proxy.seen).decode("latin-1")
                self.assertEqual(leaks_in(text, [SECRETS[secret]]), [], secret)


class ObserverTest(unittest.TestCase):
    """promises 2, 8 and 26: what others see of a run, and what its children inherit"""

    SPY = """
tr '\\0' '\\n' < /proc/self/environ > seen.environment
tr '\\0' '\\n' < /proc/$PPID/cmdline > seen.parent
ls /proc/self/fd > seen.descriptors
cat key; sleep 0.3
"""

    def test_from_outside(self) -> None:
        for words in ("grant", f"check {PROBES}", "transcribe-url --auth grant https://a/b.wav",
                      "transcribe-file --auth grant talk.wav"):
            for source in ("-c spied.toml", "--api-key-file key", "--api-key-file -"):
                with self.subTest(words=words, source=source):
                    self.watch(words, source)

    def watch(self, words: str, source: str) -> None:
        echo = Echo("good", 0, mints=True)

        def slow(sock) -> None:
            time.sleep(0.1)
            echo.talk(sock)
        with Place() as place, RawServer(slow) as server:
            place.write("talk.wav", b"x" * 1000)
            place.write("key", SECRETS["key"] + "\n")
            place.write("spy", self.SPY)
            place.write("spied.toml", 
                        "profile = 'a'\n[profiles.a]\napi_key_command = ['sh', 'spy']\n")
            process = subprocess.Popen(
                [DGAUTH, *source.split(), *words.split(), "-v", *QUICK], cwd=place.cwd,
                env=place.environment({"DEEPGRAM_BASE_URL": f"http://127.0.0.1:{server.port}"}),
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            process.stdin.write(SECRETS["key"].encode() + b"\n")
            process.stdin.close()
            seen = set()
            while process.poll() is None:
                seen |= set(seen_of(process.pid))
                time.sleep(0.005)
            shown = process.stderr.read().decode()
            process.stdout.close()
            process.stderr.close()
            self.assertIn(process.returncode, (0, 4, 5, 8), shown)
            self.assertTrue(seen)
            self.assertEqual(leaks_in("\n".join(seen) + shown, list(SECRETS.values())), [])
            if "spied" in source:
                self.assertTrue([text for text in seen if text.startswith("sleep")], "none looked")
                for name in ("environment", "parent", "descriptors"):
                    text = place.path(f"seen.{name}").read_text()
                    self.assertEqual(leaks_in(text, list(SECRETS.values())), [])
                self.assertEqual(text.split(), ["0", "1", "2", "3"])  # the last is that of ls

    def test_core_dump(self) -> None:
        """promise 26: where cores are allowed, none is left"""
        echo = Echo("good", 0)
        with Place() as place, RawServer(lambda sock: sock.recv(1) and time.sleep(0.3)) as server:
            process = subprocess.Popen(
                [DGAUTH, "grant"], cwd=place.cwd, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                env=place.environment({"DEEPGRAM_BASE_URL": f"http://127.0.0.1:{server.port}",
                                       "DEEPGRAM_API_KEY": SECRETS["key"]}),
                preexec_fn=allow_cores)
            while not server.connections:
                time.sleep(0.005)
            process.send_signal(signal.SIGQUIT)
            stdout, stderr = process.communicate(timeout=5)
            self.assertEqual((process.returncode, stdout), (-signal.SIGQUIT, b""), stderr)
            self.assertEqual(files_below(place), {})


def allow_cores() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def seen_of(pid: int) -> Iterator[str]:
    """Command line and environment of a process and of its children."""
    for each in [pid, *children_of(pid)]:
        for name in ("cmdline", "environ"):
            with contextlib.suppress(OSError):
                yield Path(f"/proc/{each}/{name}").read_text(errors="replace")


if __name__ == "__main__":
    unittest.main()
