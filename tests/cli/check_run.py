"""What the tests of `dgauth check` share: a sandbox, a run, and its report read back."""

import json
import unittest
from typing import Any

from place import Outcome, Place, binary_from_environment
from sandbox import Reply, Sandbox
from text import leaks_in

DGAUTH = binary_from_environment()
PROBES = ("grant", "listen", "speak", "read", "listen-ws", "speak-ws", "agent-ws", "manage")
PATHS = {
    "grant": ("POST", "/v1/auth/grant"), "listen": ("POST", "/v1/listen"),
    "speak": ("POST", "/v1/speak"), "read": ("POST", "/v1/read"),
    "listen-ws": ("GET", "/v1/listen"), "speak-ws": ("GET", "/v1/speak"),
    "agent-ws": ("GET", "/v1/agent/converse"), "manage": ("GET", "/v1/projects"),
}
WHO = ("GET", "/v1/auth/token")
LETTERS = {"pass": "P", "fail": "F", "unknown": "U", "skipped": "S"}
SCHEMES = {"VG9rZW4g", "QmVhcmVy"}  # "Token " and "Bearer" in base64, which are no secret
BOGUS = "0badc0de" * 5  # any 40 hexadecimal digits that are nobody's key would do
NO_RETRY = ("--retries", "0")


class CheckTest(unittest.TestCase):
    """Each test has a sandbox of its own, in plain HTTP where TLS makes no difference."""

    options: dict[str, Any] = {"tls": False}

    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box = self.enterContext(Sandbox(**self.options))

    def run_check(self, *args: str, role: str = "member", **environment: str | None) -> Outcome:
        """`dgauth check` with the key of that role. No stream may hold it, nor any token."""
        env = {"DEEPGRAM_BASE_URL": self.box.base_url, "DEEPGRAM_API_KEY": self.box.keys[role]}
        if self.box.ca_file:
            env["SSL_CERT_FILE"] = self.box.ca_file
        outcome = self.place.run([DGAUTH, "check", *args], env | environment)
        self.assertFalse(outcome.timed_out, f"did not end: {args}")
        self.assert_keeps([*self.box.keys.values(), *self.box.tokens], outcome)
        return outcome

    def assert_keeps(self, secrets: list[str], outcome: Outcome) -> None:
        """promise 19: nothing of the secrets on either stream."""
        shown = outcome.stdout.decode() + outcome.message
        self.assertLessEqual(set(leaks_in(shown, secrets)), SCHEMES, shown)

    def report(self, *args: str, **more: Any) -> dict[str, Any]:
        """The JSON report, one line, which agrees with the exit status."""
        outcome = self.run_check(*args, "-o", "json", **more)
        self.assertEqual(outcome.stdout.count(b"\n"), 1, outcome)
        report = json.loads(outcome.stdout)
        self.assertEqual([probe["name"] for probe in report["probes"]], list(PROBES))
        self.assertEqual(report["exit_status"], outcome.status, outcome)
        return report

    def verdicts(self, *args: str, **more: Any) -> str:
        """`PPPPPPPP 0`: the verdict of each probe, and the exit status."""
        return summary(self.report(*args, **more))

    def script(self, probe: str, reply: Reply, times: int | None = None) -> None:
        method, path = PATHS[probe]
        self.box.script(reply, method, path, times)

    def asked(self) -> list[tuple[str, str]]:
        """Method and path of what has been received, in a fixed order."""
        self.box.wait_idle(1.0)
        return sorted((each.method, each.path) for each in self.box.requests)


def summary(report: dict[str, Any]) -> str:
    letters = "".join(LETTERS[probe["status"]] for probe in report["probes"])
    return f"{letters} {report['exit_status']}"


def detail_of(report: dict[str, Any], name: str) -> str:
    return next(probe["detail"] for probe in report["probes"] if probe["name"] == name)


def header_of(request: Any, name: str) -> str | None:
    headers = {key.lower(): value for key, value in request.headers}
    return headers.get(name.lower())
