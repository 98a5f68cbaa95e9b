#!/usr/bin/env python3
"""The reports of check: their exact shape, and that other programs can read them."""

import json
import re
import termios
import unittest
import xml.etree.ElementTree as ElementTree

from check_run import DGAUTH, NO_RETRY, PROBES, CheckTest
from check_tap import read_tap
from sandbox import Reply
from terminal import Terminal
from text import fingerprint

MS = re.compile(r" +\d+(?=  (?:can |[A-Z]{8}))|(?<=\"ms\":)\d+")
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Shapes(CheckTest):
    """A key of the role Default, which may not mint; and a listen that could not be told."""

    maxDiff = None

    def unmet(self, form: str, *more: str) -> str:
        self.script("listen", Reply(503, {}, {"err_msg": "Asleep | <&>\"'", "err_code": "ZZ"}))
        outcome = self.run_check("-o", form, *NO_RETRY, *more, "--expect", "grant,listen,speak",
                                 "--expect-not", "manage", role="default")
        self.assertEqual(outcome.status, 5)
        hints = 2 if form in ("junit", "tap", "github") else 0
        self.assertEqual(re.findall(r"(?m)^dgauth: (\w+): ", outcome.message), ["hint"] * hints)
        return outcome.stdout.decode()

    def steady(self, text: str) -> str:
        """Without what differs from run to run."""
        return UUID.sub("UUID", MS.sub("0", text)).replace(self.box.base_url, "BASE")

    def test_json(self) -> None:
        """members, their order, and nothing else"""
        refused = {"status": "fail", "http_status": 403}
        passed = {"status": "pass", "http_status": 101}
        by_control = {"status": "pass", "http_status": 400}
        words = {
            "grant": refused | {"detail": "FORBIDDEN: Insufficient permissions"},
            "listen": {"status": "unknown", "http_status": 503,
                       "detail": "ZZ: Asleep | <&>\"'"},
            "speak": by_control | {"detail": "can synthesise speech"},
            "read": by_control | {"detail": "can analyse text"},
            "listen-ws": passed | {"detail": "can transcribe a stream"},
            "speak-ws": passed | {"detail": "can synthesise a stream"},
            "agent-ws": passed | {"detail": "can talk to an agent"},
            "manage": refused | {"detail":
                "INSUFFICIENT_PERMISSIONS: Your account does not have the required scope to "
                "perform that action for this project. Check that your account has the "
                "'project:read' scope for this project"},
        }
        wanted = {
            "credential": {"kind": "api_key", "source": "env:DEEPGRAM_API_KEY",
                           "fingerprint": fingerprint(self.box.keys["default"])},
            "base_url": "BASE",
            "probes": [{"name": name} | words[name] | {
                "request_id": None if name == "listen" else "UUID", "ms": 0} for name in PROBES],
            "identity": {"api_key_id": "UUID", "scopes": ["usage:write"],
                         "created": "2025-01-01T00:00:00.000000Z"},
            "expectations": {"met": False, "unmet": [
                {"name": "grant", "expected": "pass", "got": "fail"},
                {"name": "listen", "expected": "pass", "got": "unknown"}]},
            "exit_status": 5,
        }
        line = json.dumps(wanted, separators=(",", ":"), ensure_ascii=False) + "\n"
        self.assertEqual(self.steady(self.unmet("json")), line)

    def test_skipped_in_json(self) -> None:
        report = self.report("--probe", "manage", "--no-mint")
        self.assertEqual(report["probes"][0] | {"detail": ""}, {
            "name": "grant", "status": "skipped", "http_status": None, "detail": "",
            "request_id": None, "ms": 0})
        self.assertEqual(report["expectations"], {"met": True, "unmet": []})

    def test_text(self) -> None:
        """one row a probe: mark, name, result, what was expected, status, time, words"""
        text = self.unmet("text")
        lines = [line for line in text.splitlines() if re.match(r"  \S ", line)]
        self.assertEqual([line.split()[:4] for line in lines], [
            ["x", "grant", "fail", "pass"], ["x", "listen", "unknown", "pass"],
            ["+", "speak", "pass", "pass"], ["-", "read", "pass", "400*"],
            ["-", "listen-ws", "pass", "101"], ["-", "speak-ws", "pass", "101"],
            ["-", "agent-ws", "pass", "101"], ["+", "manage", "fail", "fail"]])
        self.assertEqual(text.count("400 means accepted"), 1)
        self.assertLessEqual(max(len(line) for line in text.splitlines()), 80)
        for piece in (fingerprint(self.box.keys["default"]), "env:DEEPGRAM_API_KEY",
                      self.box.base_url, "NOT MET", "grant: expected pass, got fail",
                      "listen: expected pass, got unknown", "usage:write"):
            self.assertIn(piece, text)
        self.assertRegex(text, r"(?m)^exit +5$")
        self.assertEqual([line for line in text.splitlines() if line.startswith("hint")][1:],
                         ["hint    try again later"])

    def test_junit(self) -> None:
        text = self.unmet("junit")
        root = ElementTree.fromstring(text)
        self.assertEqual((root.tag, [child.tag for child in root]), ("testsuites", ["testsuite"]))
        suite = root[0]
        self.assertEqual({name: suite.get(name) for name in
                          ("name", "tests", "failures", "errors", "skipped")},
                         {"name": "dgauth check", "tests": "8", "failures": "1", "errors": "1",
                          "skipped": "0"})
        self.assertEqual([case.get("name") for case in suite], list(PROBES))
        outcome = {case.get("name"): [child.tag for child in case] for case in suite}
        self.assertEqual(outcome, {
            "grant": ["failure"], "listen": ["error"], "speak": [], "read": [],
            "listen-ws": [], "speak-ws": [], "agent-ws": [], "manage": []})
        self.assertEqual(suite[1][0].get("message"),
                         "expected pass, got unknown: ZZ: Asleep | <&>\"'")
        for case in suite:
            self.assertRegex(case.get("time"), r"^\d+\.\d{3}$")

    def test_tap(self) -> None:
        lines = read_tap(self.unmet("tap"))
        self.assertEqual([line.is_ok for line in lines], [False, False] + [True] * 6)
        self.assertEqual([line.description.split(" ")[0] for line in lines], list(PROBES))
        self.assertEqual(lines[1].description,
                         "listen - expected pass, got unknown: ZZ: Asleep | <&>\"'")
        self.assertEqual([line.directive.split(" ")[0] for line in lines],
                         [""] * 8)
        self.assertEqual(lines[3].description, "read - pass: can analyse text")

    def test_what_nobody_expects(self) -> None:
        """a pass is a test that passed; anything else is skipped, with the result in words"""
        self.script("read", Reply(503))
        args = (*NO_RETRY, "--probe", "read,speak,manage", "--expect", "speak")
        suite = ElementTree.fromstring(self.run_check("-o", "junit", *args).stdout)[0]
        self.assertEqual((suite.get("tests"), suite.get("skipped")), ("8", "6"))
        self.assertEqual([child.get("message") for child in suite[3]],
                         ["nothing expected; unknown: the server failed (HTTP 503)"])
        lines = read_tap(self.run_check("-o", "tap", *args).stdout.decode())
        self.assertEqual((lines[3].description, lines[3].directive),
                         ("read", "SKIP nothing expected; unknown: the server failed (HTTP 503)"))
        self.assertEqual((lines[7].is_ok, lines[7].directive), (True, ""))

    def test_github(self) -> None:
        """the table goes to $GITHUB_STEP_SUMMARY, behind what is there; annotations to stdout"""
        summary = self.place.write("summary.md", "# Before\n", 0o644)
        self.script("listen", Reply(503))
        outcome = self.run_check("-o", "github", *NO_RETRY, role="default",
                                 GITHUB_STEP_SUMMARY=str(summary), GITHUB_ACTIONS="true")
        self.assertEqual(outcome.status, 5)
        first, *annotations = outcome.stdout.decode().splitlines()
        self.assertEqual(first, "dgauth check: not as expected: grant (expected pass, got fail), "
                                "listen (expected pass, got unknown)")
        self.assertEqual([line.partition(" got ")[0] for line in annotations], [
            "::error title=dgauth check::grant: expected pass,",
            "::error title=dgauth check::listen: expected pass,"])
        text = summary.read_text()
        self.assertTrue(text.startswith("# Before\n"), text)
        rows = [line for line in text.splitlines() if line.startswith("| ")]
        self.assertEqual([row.split(" | ")[0].removeprefix("| ") for row in rows],
                         ["probe", *PROBES])
        self.assertEqual(len({len(re.findall(r"(?<!\\)\|", row)) for row in rows}), 1, text)

    def test_github_without_a_summary(self) -> None:
        for value in (None, ""):
            outcome = self.run_check("-o", "github", role="default", GITHUB_STEP_SUMMARY=value)
            text = outcome.stdout.decode()
            self.assertIn("| grant | ", text)
            self.assertIn("\n::error ", text)

    def test_github_makes_the_summary(self) -> None:
        """promise 23: a summary file that is not there is made, for its owner alone"""
        summary = self.place.path("new.md")
        outcome = self.run_check("-o", "github", GITHUB_STEP_SUMMARY=str(summary))
        self.assertEqual((outcome.status, outcome.stdout),
                         (0, b"dgauth check: expectations met: grant pass, listen pass\n"))
        self.assertEqual(summary.stat().st_mode & 0o777, 0o600)

    def test_allowed_unknown(self) -> None:
        """--allow-unknown: nothing is red, and yet it shows"""
        self.script("listen", Reply(503))
        args = ("--allow-unknown", *NO_RETRY)
        suite = ElementTree.fromstring(self.run_check("-o", "junit", *args).stdout)[0]
        self.assertEqual((suite.get("failures"), suite.get("errors")), ("0", "0"))
        self.assertEqual([child.tag for child in suite[1]], ["skipped"])
        tap = read_tap(self.run_check("-o", "tap", *args).stdout.decode())
        self.assertTrue(all(line.is_ok for line in tap))
        self.assertIn("SKIP allowed; unknown", tap[1].directive)
        outcome = self.run_check("-o", "github", *args)
        self.assertEqual(outcome.status, 0)
        self.assertIn("\n::warning title=dgauth check::listen: ", outcome.stdout.decode())
        self.assertNotIn("::error", outcome.stdout.decode())

    def test_nothing_red_where_all_is_met(self) -> None:
        args = ("--expect", "listen", "--expect-not", "grant,manage")
        suite = ElementTree.fromstring(self.run_check("-o", "junit", *args, role="default").stdout)
        self.assertEqual([suite[0].get(name) for name in ("failures", "errors", "skipped")],
                         ["0", "0", "0"])
        tap = read_tap(self.run_check("-o", "tap", *args, role="default").stdout.decode())
        self.assertTrue(all(line.is_ok for line in tap))
        outcome = self.run_check("-o", "github", *args, role="default")
        self.assertNotIn("::", outcome.stdout.decode())

    def test_red_never_goes_with_status_0(self) -> None:
        """an expected-not probe that passes is a failure in each format"""
        args = ("--expect-not", "speak")
        suite = ElementTree.fromstring(self.run_check("-o", "junit", *args).stdout)[0]
        self.assertEqual([child.tag for child in suite[2]], ["failure"])
        self.assertIn("expected fail, got pass", suite[2][0].get("message"))
        tap = read_tap(self.run_check("-o", "tap", *args).stdout.decode())
        self.assertEqual([line.number for line in tap if not line.is_ok], [3])
        self.assertIn("speak: expected fail, got pass",
                      self.run_check("-o", "github", *args).stdout.decode())
        self.assertEqual(self.run_check(*args).status, 5)


class Colours(CheckTest):
    def shown(self, *args: str, **environment: str) -> bytes:
        env = self.place.environment({"DEEPGRAM_BASE_URL": self.box.base_url,
                                      "DEEPGRAM_API_KEY": self.box.keys["default"],
                                      "TERM": "xterm"} | environment)
        with Terminal() as terminal:
            terminal.start([DGAUTH, "check", *args], str(self.place.cwd), env)
            self.assertEqual(terminal.finish(), 5)
            return terminal.shown

    def test_on_a_terminal_only(self) -> None:
        shown = self.shown()
        for code in (b"\x1b[32m", b"\x1b[31m", b"\x1b[0m"):
            self.assertIn(code, shown)
        plain = re.sub(rb"\x1b\[[0-9;]*m", b"", shown)
        self.assertNotIn(b"\x1b", plain)
        self.assertEqual(MS.sub("0", plain.decode()),
                         MS.sub("0", self.run_check(role="default").stdout.decode()))

    def test_width(self) -> None:
        """lines fit the terminal, whose width the system tells; 80 columns without one"""
        env = self.place.environment({"DEEPGRAM_BASE_URL": self.box.base_url,
                                      "DEEPGRAM_API_KEY": self.box.keys["default"]})
        for columns in (80, 120):
            with Terminal() as terminal:
                termios.tcsetwinsize(terminal.theirs, (24, columns))
                terminal.start([DGAUTH, "check", "--no-color"], str(self.place.cwd), env)
                terminal.finish()
                lines = terminal.shown.decode().splitlines()
            longest = max(len(line) for line in lines)
            self.assertTrue(columns - 20 < longest <= columns, (longest, lines))

    def test_not_wanted(self) -> None:
        for args, environment in ((["--no-color"], {}), ([], {"NO_COLOR": "1"}),
                                  (["-o", "json"], {}), (["-o", "junit"], {}),
                                  (["-o", "tap"], {}), (["-o", "github"], {})):
            lines = self.shown(*args, **environment).splitlines()
            if "-o" in args:  # what stderr says is for a person in any format
                lines = [line for line in lines if not line.startswith(b"dgauth: ")]
            self.assertNotIn(b"\x1b", b"\n".join(lines), args)
        self.assertIn(b"\x1b", self.shown(NO_COLOR=""))


if __name__ == "__main__":
    unittest.main()
