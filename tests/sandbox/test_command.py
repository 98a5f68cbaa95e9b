"""The sandbox as a command."""

import glob
import json
import os
import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
SECONDS = 10
PRINT_ENVIRONMENT = "import json, os; print(json.dumps(dict(os.environ)))"
GRANT = """
import os, ssl, sys, urllib.request
request = urllib.request.Request(
    os.environ["DEEPGRAM_BASE_URL"] + "/v1/auth/grant", method="POST",
    headers={"Authorization": "Token " + os.environ["DEEPGRAM_API_KEY"]})
try:
    print(urllib.request.urlopen(request).status)
except urllib.error.HTTPError as refused:
    print(refused.status)
"""


class Command(unittest.TestCase):
    def setUp(self):
        # Its own folder for temporary files shows what is left behind.
        self.temporary = self.enterContext(tempfile.TemporaryDirectory())
        self.environment = {
            "PATH": os.environ["PATH"], "TMPDIR": self.temporary, "KEPT": "yes",
            "SSL_CERT_DIR": "/etc/ssl/certs"}

    def tearDown(self):
        self.assertEqual([], glob.glob(f"{self.temporary}/deepgram-sandbox-*"))

    def start(self, *arguments: str) -> subprocess.Popen:
        process = subprocess.Popen(
            [sys.executable, str(HERE), *arguments], text=True, env=self.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def run_to_end(self, *arguments: str) -> tuple[int, str, str]:
        process = self.start(*arguments)
        out, err = process.communicate(timeout=SECONDS)
        return process.returncode, out, err

    def test_status_of_the_command(self):
        for script, expected in (("exit 0", 0), ("exit 7", 7), ("kill -KILL $$", 137)):
            with self.subTest(script):
                self.assertEqual((expected, "", ""),
                                 self.run_to_end("--http", "--", "sh", "-c", script))

    def test_no_such_command(self):
        status, out, err = self.run_to_end("--http", "--", "/nonexistent/command")
        self.assertEqual((127, ""), (status, out))
        self.assertIn("/nonexistent/command", err)
        self.assertEqual(126, self.run_to_end("--http", "--", str(HERE))[0])

    def test_environment_of_the_command(self):
        _, out, _ = self.run_to_end("--", sys.executable, "-c", PRINT_ENVIRONMENT)
        given = json.loads(out)
        self.assertRegex(given["DEEPGRAM_BASE_URL"], r"^https://127\.0\.0\.1:\d+$")
        self.assertRegex(given["DEEPGRAM_API_KEY"], "^[0-9a-f]{40}$")
        self.assertTrue(given["SSL_CERT_FILE"].startswith(self.temporary))
        self.assertEqual(given["SSL_CERT_FILE"], given["NODE_EXTRA_CA_CERTS"])
        self.assertEqual("yes", given["KEPT"])
        self.assertNotIn("SSL_CERT_DIR", given)

    def test_command_gets_through_with_the_key_asked_for(self):
        for options, expected in (((), "200\n"), (("--key", "default"), "403\n"),
                                  (("--http",), "200\n")):
            with self.subTest(options):
                self.assertEqual((0, expected, ""), self.run_to_end(
                    *options, "--", sys.executable, "-c", GRANT))

    def test_script_and_record(self):
        script, record = Path(self.temporary, "script.json"), Path(self.temporary, "record")
        script.write_text(json.dumps([{"path": "/v1/auth/grant", "reply": {"status": 503}}]))
        self.assertEqual((0, "503\n", ""), self.run_to_end(
            "--script", str(script), "--record", str(record), "--", sys.executable, "-c", GRANT))
        received, = map(json.loads, record.read_text().splitlines())
        self.assertEqual(("POST", "/v1/auth/grant"), (received["method"], received["target"]))

    def test_mistakes(self):
        Path(self.temporary, "bad").write_text('[{"reply": {"statuz": 1}}]')
        for arguments in (["--kee"], ["--key", "king"], ["--script", f"{self.temporary}/bad"],
                          ["--script", f"{self.temporary}/none"], ["surplus"]):
            with self.subTest(arguments):
                status, out, err = self.run_to_end(*arguments)
                self.assertEqual((2, ""), (status, out))
                self.assertIn("error: ", err)

    def announced(self, process: subprocess.Popen) -> list[str]:
        lines = []
        while not lines or lines[-1] != "# ready":
            lines.append(process.stdout.readline().rstrip("\n"))
            self.assertNotEqual("", lines[-1], lines)
        return lines

    def test_runs_until_a_signal(self):
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            with self.subTest(number):
                process = self.start()
                lines = self.announced(process)
                self.assertEqual(1, len(glob.glob(f"{self.temporary}/deepgram-sandbox-*/*")))
                process.send_signal(number)
                self.assertEqual(("", ""), process.communicate(timeout=SECONDS))
                self.assertEqual(0, process.returncode)
                self.assertTrue(all(line.startswith(("export ", "unset ", "# ")) for line in lines))

    def test_announcement_can_be_evaluated(self):
        process = self.start("--http")
        read_back = subprocess.run(
            ["sh", "-c", "\n".join([*self.announced(process), 'echo "$DEEPGRAM_BASE_URL"'])],
            capture_output=True, text=True, env={}, timeout=SECONDS)
        self.assertRegex(read_back.stdout, r"^http://127\.0\.0\.1:\d+\n$")
        self.assertEqual("", read_back.stderr)

    def test_signals_reach_the_command(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number):
                process = self.start("--http", "--", "sh", "-c", "echo $$; exec sleep 60")
                child = int(process.stdout.readline())
                process.send_signal(number)
                process.communicate(timeout=SECONDS)
                self.assertEqual(128 + number, process.returncode)
                self.assertRaises(ProcessLookupError, os.kill, child, 0)

    def test_starts_quickly(self):
        times = []
        for _ in range(3):
            before = os.times().elapsed
            self.run_to_end("--", "true")
            times.append(os.times().elapsed - before)
        self.assertLess(min(times), 1, "a test may start one for each case")


if __name__ == "__main__":
    unittest.main()
