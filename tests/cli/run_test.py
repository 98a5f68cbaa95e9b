#!/usr/bin/env python3
"""The runner against small fake programs: a case that should fail does fail, and says why."""

import tempfile
import unittest
from pathlib import Path

from run import cases_in, put_in
from trial import Boxes, run_case
from verdict import complaints

GRANT = """
body=$(curl -s -X POST -H "Authorization: Token $DEEPGRAM_API_KEY" -d '{"ttl_seconds":60}' \
  "$DEEPGRAM_BASE_URL/v1/auth/grant")
token=${body#*'access_token":"'}; token=${token%%'"'*}
"""
HONEST = GRANT + 'printf "%s\\n" "$token"\n'
REPLY = {"json": {"access_token": "{token}", "expires_in": 60}}
FAILURE = "echo 'dgauth: error: no luck' >&2; exit 8\n"


class RunnerTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.boxes = Boxes()
        cls.addClassCleanup(cls.boxes.close)

    def said(self, script: str, **case) -> str:
        """What the runner has to say when the program is this shell script."""
        case = {"name": "a case", "args": ["grant"]} | case
        with tempfile.TemporaryDirectory() as folder:
            program = Path(folder) / "dgauth"
            program.write_text("#!/bin/bash\n" + script)
            program.chmod(0o755)
            return "\n".join(complaints(case, run_case(str(program), case, self.boxes)))

    def test_an_honest_grant_passes(self) -> None:
        request = {"method": "POST", "path": "/v1/auth/grant", "authorization": "Token {key}",
                   "json": {"ttl_seconds": 60}}
        self.assertEqual(self.said(HONEST, replies=[REPLY], requests=[request],
                                   stdout="{token}\n"), "")
        self.assertEqual(self.said(HONEST, sandbox="member", stdout="{token}\n"), "")

    def test_wrong_bytes_and_status(self) -> None:
        self.assertIn("stdout wanted", self.said(HONEST, replies=[REPLY], stdout="{token}"))
        self.assertIn("stdout wanted", self.said(HONEST, replies=[REPLY]))
        self.assertIn("status 8", self.said(FAILURE, replies=[]))
        self.assertEqual(self.said(FAILURE, replies=[], status=8), "")
        self.assertIn("stderr lacks", self.said(FAILURE, status=8, stderr_has=["hint"]))
        self.assertIn("stderr holds", self.said(FAILURE, status=8, stderr_lacks=["luck"]))

    def test_bytes_on_stdout_of_a_failure(self) -> None:
        self.assertIn("stdout wanted", self.said("echo x\n" + FAILURE, status=8, stdout="x\n"))

    def test_requests(self) -> None:
        self.assertIn("2 requests", self.said(GRANT + HONEST, replies=[REPLY], stdout="{token}\n"))
        self.assertIn("not used", self.said(FAILURE, replies=[REPLY], status=8))
        self.assertIn("1 requests", self.said(GRANT, replies=[]))
        self.assertIn("authorization of the request",
                      self.said(HONEST, replies=[REPLY], requests=[{"authorization": "Token x"}],
                                stdout="{token}\n"))

    def test_a_secret_in_the_open(self) -> None:
        part = 'echo "dgauth: warning: ${DEEPGRAM_API_KEY:3:8}" >&2\n'
        self.assertIn("of a secret", self.said(part, replies=[], stderr_has=["warning"]))
        coded = 'echo "dgauth: warning: $(printf %s "Token $DEEPGRAM_API_KEY" | base64 -w0)" >&2\n'
        self.assertIn("of a secret", self.said(coded, replies=[], stderr_has=["warning"]))
        masked = 'echo "::add-mask::$DEEPGRAM_API_KEY" >&2\n'
        self.assertEqual(self.said(masked, replies=[], stderr_has=["mask"]), "")
        shown = 'echo "$DEEPGRAM_API_KEY"\n'
        self.assertIn("of a secret", self.said(shown, args=["grant", "--dry-run"], replies=[],
                                               stdout_has=["a"]))

    def test_the_form_of_stderr(self) -> None:
        for line, complaint in [("no beginning", "without a known beginning"),
                                ("dgauth: warning: so it is.", "full stop"),
                                ("dgauth: trace: POST", "trace without -v"),
                                ("dgauth: error: but status 0", "1 error lines")]:
            with self.subTest(line):
                self.assertIn(complaint, self.said(f"echo '{line}' >&2\n", stderr_has=[line]))
        self.assertIn("stderr wanted", self.said("echo 'dgauth: warning: x' >&2\n"))

    def test_json_errors(self) -> None:
        error = ('{"error":{"kind":"service","exit_status":8,"message":"m","hint":null,'
                 '"http_status":null,"request_id":null}}')
        script = f"echo '{error}' >&2; exit 8\n"
        self.assertEqual(self.said(script, status=8, stderr_json={"message": "m"}), "")
        self.assertIn("error.message", self.said(script, status=8, stderr_json={"message": "n"}))
        self.assertIn("for status 9", self.said(script.replace("exit 8", "exit 9"), status=9,
                                                stderr_json={}))

    def test_json_on_stdout(self) -> None:
        script = "printf '{\"a\":1,\"at\":%s}\\n' $(($(date +%s) + 60))\n"
        self.assertEqual(self.said(script, stdout_json={"a": 1, "at": "@unix+60"}), "")
        self.assertIn("at is", self.said(script, stdout_json={"a": 1, "at": "@unix+90"}))
        self.assertIn("stdout wanted", self.said(script, stdout_json={"at": "@unix+60", "a": 1}))

    def test_files(self) -> None:
        self.assertIn("appeared", self.said("touch stray\n"))
        self.assertIn("went away", self.said("rm f\n", files={"f": {"text": ""}}))
        self.assertIn("has mode 644", self.said("umask 022; touch f\n",
                                                files_after={"f": {"mode": "600"}}))
        self.assertIn("f wanted", self.said("echo x > f\n", files_after={"f": {"text": "y\n"}}))

    def test_time_and_processes(self) -> None:
        self.assertIn("took", self.said("sleep 0.3\n", takes=[0, 0.2]))
        self.assertIn("left a process", self.said("sleep 30 >/dev/null 2>&1 &\n"))

    def test_case_files(self) -> None:
        self.assertEqual(put_in({"a": "{each}", "b": ["x{each}"]}, 5), {"a": 5, "b": ["x5"]})
        self.assertEqual(put_in("{each.x}!", {"x": "y"}), "y!")
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "wrong.json"
            path.write_text('[{"name": "a", "args": [], "stdot": ""}]')
            with self.assertRaises(SystemExit):
                cases_in(path)


if __name__ == "__main__":
    unittest.main()
