#!/usr/bin/env python3
"""Whatever a server says stays inert in each report of check, and no report holds a secret."""

import base64
import json
import re
import subprocess
import unittest
import xml.etree.ElementTree as ElementTree

from check_run import NO_RETRY, PATHS, PROBES, WHO, CheckTest
from check_tap import read_tap
from sandbox import Reply, Sandbox, keys

FORMATS = ("text", "json", "junit", "tap", "github")
# A little of everything; all of it, one by one, is in tests/unit/commands/check_hostile_test.cpp.
HOSTILE = ("\n::error::gotcha\r\n##[error]x %0A::error::x\u2028::error::y]]></failure><!-- &bogus;"
           " \" y=' \x1b[31m\u202e # SKIP \\# TODO\nnot ok 9 - x\n1..99 | a |\n|---|\n```\n<img src=x>@octocat \\| **b**")
# Control characters, but for the line end; the bidirectional ones; what else may end a line.
UNWANTED = re.compile("[\0-\x09\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
                      "\u2028\u2029]")
PERL = """use TAP::Parser; local $/; my $p = TAP::Parser->new({tap => scalar <STDIN>});
while (my $r = $p->next) { next unless $r->is_test;
  print join(" ", $r->number, $r->is_ok ? "ok" : "bad", $r->has_skip ? "skip" : "-",
             $r->has_todo ? "todo" : "-"), "\\n"; }
print "errors ", scalar($p->parse_errors), "\\n";"""


def json_of(text: str) -> bytes:
    return json.dumps({"err_code": text, "err_msg": text, "details": text,
                       "request_id": text}).encode()


class Inert(CheckTest):
    """The shape of a report is that of one with a harmless text."""

    def report_of(self, form: str, text: str) -> str:
        """grant fails, listen is unknown, and a handshake fails, each with that text."""
        with Sandbox(tls=False) as self.box:
            in_header = re.sub(r"[^\t\x20-\x7e\x80-\xff]", "?", text)
            self.script("grant", Reply(403, {}, json_of(text)))
            self.script("listen", Reply(500, {"dg-request-id": in_header}, text.encode(
                errors="surrogatepass")))
            self.script("agent-ws", Reply(401, {"dg-error": in_header}))
            whole = text.encode(errors="replace").decode()  # half a character would make it odd
            self.box.script(Reply(200, {}, json.dumps({
                "api_key_id": whole, "created": whole, "scopes": [whole, whole]})), *WHO, times=None)
            outcome = self.run_check("-o", form, *NO_RETRY, "--expect", "grant,listen,agent-ws",
                                     GITHUB_ACTIONS="true")
            self.assertEqual(outcome.status, 5)
            for line in outcome.message.splitlines():
                self.assertRegex(line, "^dgauth: hint: [a-z]")
            shown = outcome.stdout.decode()  # it is UTF-8
            self.assertEqual(UNWANTED.findall(shown), [], ascii(shown))
            for line in shown.split("\n"):
                if not line.startswith("::error title=dgauth check::"):
                    self.assertIsNone(re.match(r"\s*(::|##\[|##vso\[)", line), ascii(line))
            return shown

    def shape(self, form: str, shown: str):
        return getattr(self, f"shape_of_{form}")(shown)

    def shape_of_text(self, shown: str):
        lines = [line for line in shown.split("\n") if not line.startswith(" " * 10)]
        return [line.split()[:3] if re.match(r"  \S ", line) else re.match(r" *\w*", line)[0]
                for line in lines]

    def shape_of_json(self, shown: str):
        self.assertEqual(shown.count("\n"), 1)
        report = json.loads(shown)
        return (list(report), [(probe["name"], probe["status"]) for probe in report["probes"]],
                list(report["identity"]), report["expectations"])

    def shape_of_junit(self, shown: str):
        root = ElementTree.fromstring(shown)
        return [(each.tag, sorted(each.keys()), each.get("name")) for each in root.iter()]

    def shape_of_tap(self, shown: str):
        lines = [(line.is_ok, line.description.split(" ")[0], line.directive.split(" ")[0])
                 for line in read_tap(shown)]
        return lines, self.perl_reads(shown)

    def shape_of_github(self, shown: str):
        rows = [(row.split(" | ")[0], len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)))
                for row in shown.split("\n") if row.startswith("|")]
        annotations = [line.split(":")[:5] for line in shown.split("\n") if line.startswith("::")]
        for line in shown.split("\n"):
            if line.startswith("::"):
                self.assertIsNone(re.search("%(?!25)", line), line)
            if line.startswith("| "):
                cell = line.split(" | ")[-1]
                self.assertIsNone(re.search(r"(?<!\\)(?:\\\\)*[<>`*_@&!#\[\]]", cell), cell)
        return rows, annotations, shown.count("\n")

    def perl_reads(self, shown: str) -> str:
        """What Perl's reader, the oldest, makes of it; empty where there is no Perl."""
        try:
            return subprocess.run(["perl", "-e", PERL], input=shown.encode(), capture_output=True,
                                  timeout=20, check=True).stdout.decode()
        except (FileNotFoundError, subprocess.CalledProcessError):
            return ""

    def test_every_format(self) -> None:
        """promise 18"""
        for form in FORMATS:
            with self.subTest(form):
                self.assertEqual(self.shape(form, self.report_of(form, HOSTILE)),
                                 self.shape(form, self.report_of(form, "harmless")))

    def test_length(self) -> None:
        """promise 18: at most 500 characters of it"""
        with Sandbox(tls=False) as self.box:
            self.script("listen", Reply(500, {}, {"err_msg": "é" * 100_000}))
            shown = self.run_check(*NO_RETRY).stdout.decode()
        self.assertLessEqual(shown.count("é"), 500)
        self.assertGreater(shown.count("é"), 400)

    def test_names_of_ones_own(self) -> None:
        """a profile or a path with line ends keeps to its line, as a server's words do"""
        key = self.box.keys["member"]
        name = "a\n::error::x | <&\"' ]]>"
        quoted = json.dumps(name)
        config = self.place.write("c.toml", f'[profiles.{quoted}]\napi_key = "{key}"\n')
        path = self.place.write("k\n::error::x | <&", key)
        for args in (("-c", str(config), "-p", name), ("--api-key-file", str(path))):
            for form in FORMATS:
                shown = self.run_check(*args, "-o", form).stdout.decode()
                lines = shown.split("\n")
                self.assertEqual([line for line in lines if line.startswith("::")], [], form)
                if form == "junit":
                    ElementTree.fromstring(shown)
                if form == "json":
                    self.assertIn("::error::x | <&", json.loads(shown)["credential"]["source"])


class Secrets(CheckTest):
    """promise 19: the server repeats what it was sent, in every place.

    check_secrets_test.cpp has every form.
    """

    KEY = "fake+key/with;odd~characters&0123456789"

    def assert_kept(self, secret: str, *args: str, **environment: str | None) -> None:
        echo = base64.b64encode(f"Token {secret}".encode()).decode()
        with Sandbox(tls=False) as self.box:
            said = {"err_code": echo, "err_msg": f"You sent {secret}.", "request_id": echo}
            for probe in PROBES:
                if probe != "grant" or "grant" not in args:
                    self.script(probe, Reply(403, {"dg-error": echo}, said))
            self.box.script(Reply(200, {}, {"api_key_id": echo, "scopes": [secret],
                                            "created": echo}), *WHO, times=None)
            for form in FORMATS:
                outcome = self.run_check(*args, "-o", form, "-v", *NO_RETRY, **environment)
                self.assertIn(outcome.status, (4, 5), outcome)
                self.assert_keeps([secret], outcome)

    def test_key(self) -> None:
        self.assert_kept(self.KEY, DEEPGRAM_API_KEY=self.KEY)

    def test_token(self) -> None:
        token = self.box.deepgram.mint.mint(keys.BY_ROLE["member"], 60)
        self.assert_kept(token, "--auth", "token", DEEPGRAM_ACCESS_TOKEN=token)

    def test_key_that_minted(self) -> None:
        """with --auth grant the server has seen the key as well as the token"""
        with Sandbox(tls=False) as box:
            key = box.keys["member"]
        self.assert_kept(key, "--auth", "grant")

    def test_token_that_was_minted(self) -> None:
        """the token of the probe grant, repeated by the other answers"""
        token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmYWtlIn0.bm90IGEgc2lnbmF0dXJl"
        self.script("grant", Reply(200, {}, {"access_token": token, "expires_in": 1}))
        for probe in [each for each in PATHS if each != "grant"]:
            self.script(probe, Reply(403, {}, {"err_msg": f"You have {token}"}))
        for form in FORMATS:
            outcome = self.run_check("-o", form, "-v", "--expect", "grant", *NO_RETRY)
            self.assertEqual(outcome.status, 0)
            self.assert_keeps([token], outcome)

    def test_dry_run(self) -> None:
        for auth in ("key", "grant"):
            for form in ("text", "json", "curl"):
                self.run_check("--auth", auth, "--dry-run", "-o", form)  # which looks for leaks


if __name__ == "__main__":
    unittest.main()
