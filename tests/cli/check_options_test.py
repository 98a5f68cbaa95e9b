#!/usr/bin/env python3
"""check's --report and --dry-run, and to which hosts its requests go."""

import json
import os
import unittest
import xml.etree.ElementTree as ElementTree

from check_run import DGAUTH, PATHS, PROBES, WHO, CheckTest, header_of
from check_tap import read_tap
from sandbox import Reply

BEGINNINGS = {
    "text": "key     ", "json": '{"credential":', "junit": "<?xml ", "tap": "TAP version 13\n",
    "github": "### dgauth check: ",
}
ENDINGS = {".txt": "text", ".json": "json", ".xml": "junit", ".tap": "tap", ".md": "github"}


def form_of(text: str) -> str:
    return next((form for form, begin in BEGINNINGS.items() if text.startswith(begin)), text[:40])


class ReportFiles(CheckTest):
    def test_by_ending(self) -> None:
        """each ending with another -o: both copies, each in its own form"""
        for ending, form in ENDINGS.items():
            for output in ("text", "tap"):
                name = f"report-{output}{ending}"
                outcome = self.run_check("-o", output, "--report", name)
                self.assertEqual((outcome.status, outcome.message), (0, ""))
                self.assertEqual(form_of(outcome.stdout.decode()), output)
                self.assertEqual(form_of(self.place.path(name).read_text()), form)

    def test_no_extension(self) -> None:
        """the form of -o"""
        for name in ("report", "xml"):
            for form in BEGINNINGS:
                self.run_check("-o", form, "--report", name, "--probe", "manage")
                self.assertEqual(form_of(self.place.path(name).read_text()), form, name)

    def test_same_as_stdout(self) -> None:
        for ending, form in ENDINGS.items():
            outcome = self.run_check("-o", form, "--report", "r" + ending, role="default")
            self.assertEqual(outcome.status, 5)
            text = self.place.path("r" + ending).read_text()
            shown = outcome.stdout.decode()
            self.assertEqual(text, shown if form != "github" else shown[:shown.index("dgauth check: n", 10)])

    def test_readable_by_programs(self) -> None:
        self.run_check("--report", "r.xml")
        self.assertEqual(len(ElementTree.parse(self.place.path("r.xml")).getroot()[0]), 8)
        self.run_check("--report", "r.tap")
        self.assertEqual(len(read_tap(self.place.path("r.tap").read_text())), 8)
        self.run_check("--report", "r.json")
        self.assertEqual(json.loads(self.place.path("r.json").read_text())["exit_status"], 0)

    def test_written_whatever_comes_out(self) -> None:
        """contradicted, undecided, refused, and without a token at all"""
        for role, args, status in (("default", (), 5), ("revoked", (), 4),
                                   ("default", ("--auth", "grant"), 5)):
            outcome = self.run_check(*args, "--report", "r.json", role=role)
            self.assertEqual(outcome.status, status)
            report = json.loads(self.place.path("r.json").read_text())
            self.assertEqual(report["exit_status"], status)
        self.box.script(Reply(500), times=None)
        self.assertEqual(self.run_check("--report", "r.xml", "--retries", "0").status, 8)
        self.assertEqual(ElementTree.parse(self.place.path("r.xml")).getroot().get("errors"), "2")

    def test_atomic(self) -> None:
        """promise 23: a new file with the umask's mode takes the old one's place, and no other is left"""
        old = self.place.write("r.json", "old", 0o600)
        kept = self.place.path("kept")
        os.link(old, kept)
        umask = os.umask(0o027)
        self.addCleanup(os.umask, umask)
        self.assertEqual(self.run_check("--report", "r.json").status, 0)
        self.assertEqual(kept.read_text(), "old")
        self.assertEqual(old.stat().st_mode & 0o777, 0o640)
        self.assertEqual(sorted(os.listdir(self.place.cwd)), ["kept", "r.json"])

    def test_report_that_cannot_be_written(self) -> None:
        """status 1, and stdout has the report all the same"""
        (self.place.cwd / "folder").mkdir()
        for name in ("nowhere/r.xml", "folder", "/dev/full"):
            outcome = self.run_check("--report", name)
            self.assertEqual(outcome.status, 1)
            self.assertIn(f"cannot write {name}", outcome.message)
            self.assertEqual(form_of(outcome.stdout.decode()), "text", name)
        outcome = self.run_check("-o", "github", GITHUB_STEP_SUMMARY="folder", role="default")
        self.assertEqual(outcome.status, 1)
        self.assertIn("::error ", outcome.stdout.decode())

    def test_full_stdout(self) -> None:
        """promise 22: the file is there, and the status is 1"""
        outcome = self.place.run(
            ["bash", "-c", 'exec "$0" check --report r.json >/dev/full', DGAUTH],
            {"DEEPGRAM_BASE_URL": self.box.base_url, "DEEPGRAM_API_KEY": self.box.keys["member"]})
        self.assertEqual(outcome.status, 1)
        self.assertEqual(form_of(self.place.path("r.json").read_text()), "json")

    def test_report_to_stdout(self) -> None:
        """`-` is no file: the report goes to stdout anyway"""
        outcome = self.run_check("--report", "-")
        self.assertEqual((outcome.status, outcome.stdout, self.asked()), (2, b"", []))

    def test_usage_leaves_files_alone(self) -> None:
        self.place.write("r.json", "old")
        self.assertEqual(self.run_check("--report", "r.json", "--probe", "x").status, 2)
        self.assertEqual(self.run_check("--report", "r.json", DEEPGRAM_API_KEY=None).status, 3)
        self.assertEqual(self.run_check("--report", "r.json", "--dry-run").status, 0)
        self.assertEqual(self.place.path("r.json").read_text(), "old")


class DryRun(CheckTest):
    def shown(self, *args: str, **more) -> list[dict]:
        outcome = self.run_check("--dry-run", "-o", "json", *args, **more)
        self.assertEqual((outcome.status, outcome.message, self.asked()), (0, "", []))
        return [json.loads(line) for line in outcome.stdout.decode().splitlines()]

    def test_dry_run_is_what_is_sent(self) -> None:
        """the same methods, targets, bodies and headers as on the wire, but for the controls"""
        for auth in ("key", "grant"):
            shown = [(each["method"], each["url"].removeprefix(self.box.base_url),
                      each["body"] or "", sorted(name.lower() for name in each["headers"]))
                     for each in self.shown("--auth", auth)]
            self.box.requests.clear()
            self.report("--auth", auth)
            not_ours = {"host", "accept", "content-length"}
            sent = []
            for each in self.box.requests:
                row = (each.method, each.target, each.body.decode(),
                       sorted({name.lower() for name, _ in each.headers} - not_ours))
                if row not in sent:
                    sent.append(row)
            self.assertEqual(sorted(shown), sorted(sent))
            self.box.requests.clear()

    def test_nothing_is_sent_nor_run(self) -> None:
        """no key is needed, and no command that would print one is run"""
        self.assertEqual(len(self.shown("--probe", "listen", DEEPGRAM_API_KEY=None)),
                         len(self.shown("--probe", "listen")))
        config = self.place.write("c.toml", """[profiles.a]
            api_key_command = ["touch", "ran"]""")
        shown = self.shown("-c", str(config), "-p", "a", "--probe", "listen")
        self.assertEqual(shown[0]["headers"]["Authorization"], "Token <key>")
        self.assertFalse(self.place.path("ran").exists())

    def test_only_what_is_probed(self) -> None:
        targets = [each["url"].removeprefix(self.box.base_url)
                   for each in self.shown("--no-mint", "--probe", "grant,manage,speak-ws")]
        self.assertEqual([each for each in targets if each != WHO[1]],
                         ["/v1/speak?model=aura-2-thalia-en", "/v1/projects"])

    def test_schemes(self) -> None:
        for auth, scheme, word in (("key", "Token ", "token, "), ("token", "Bearer ", "bearer, ")):
            for each in self.shown("--auth", auth):
                headers = each["headers"]
                if "Upgrade" in headers:
                    self.assertNotIn("Authorization", headers)
                    self.assertTrue(headers["Sec-WebSocket-Protocol"].startswith(word + "<"))
                else:
                    self.assertTrue(headers["Authorization"].startswith(scheme + "<"), headers)

    def test_dry_run_text(self) -> None:
        """a blank line after each request's body, so that one can tell them apart"""
        text = self.run_check("--dry-run", "--probe", "listen,manage").stdout.decode()
        self.assertIn('\n\n{"url":""}\n\nGET /v1/', text)

    def test_agent_host(self) -> None:
        """the global agent has a host of its own; regions and other bases serve it themselves"""
        rows = {
            "https://api.deepgram.com": "https://agent.deepgram.com",
            "https://api.deepgram.com/": "https://agent.deepgram.com",
            "https://API.Deepgram.com": "https://agent.deepgram.com",
            "https://api.deepgram.com:443": "https://agent.deepgram.com",
            "https://api.deepgram.com/v9": "https://api.deepgram.com/v9",
            "https://api.deepgram.com:8443": "https://api.deepgram.com:8443",
            "https://api.eu.deepgram.com": "https://api.eu.deepgram.com",
            "https://proxy.example/deepgram": "https://proxy.example/deepgram",
            "http://localhost:8080": "http://localhost:8080",
        }
        seen = {}
        for base_url in rows:
            url = self.shown("--base-url", base_url, "--probe", "agent-ws")[0]["url"]
            seen[base_url] = url.removesuffix("/v1/agent/converse")
        self.assertEqual(seen, rows)
        url = self.shown("--region", "global", "--probe", "agent-ws", DEEPGRAM_BASE_URL=None)
        self.assertEqual(url[0]["url"], "https://agent.deepgram.com/v1/agent/converse")


class OnTheWire(CheckTest):
    def test_requests(self) -> None:
        """schema-valid queries, bodies of no use, and the WebSocket handshake of a browser"""
        self.report("--timeout", "10")
        key = self.box.keys["member"]
        mine = [each for each in self.box.requests
                if key in f"{header_of(each, 'authorization')}"
                          f"{header_of(each, 'sec-websocket-protocol')}"]
        self.assertEqual(len(mine), len(PROBES) + 1)
        self.assertEqual({(each.method, each.target, each.body) for each in mine}, {
            ("POST", "/v1/auth/grant", b'{"ttl_seconds":1}'),
            ("POST", "/v1/listen?model=nova-3", b'{"url":""}'),
            ("POST", "/v1/speak?model=aura-2-thalia-en", b'{"text":""}'),
            ("POST", "/v1/read?language=en&summarize=v2", b"{}"),
            ("GET", "/v1/listen?model=nova-3", b""),
            ("GET", "/v1/speak?model=aura-2-thalia-en", b""),
            ("GET", "/v1/agent/converse", b""),
            ("GET", "/v1/projects", b""),
            ("GET", "/v1/auth/token", b""),
        })
        for each in mine:
            if each.body:
                self.assertEqual(header_of(each, "content-type"), "application/json")
            if (each.method, each.path) in (PATHS["listen-ws"], PATHS["speak-ws"],
                                            PATHS["agent-ws"]):
                self.assertEqual(header_of(each, "sec-websocket-protocol"), f"token, {key}")
                self.assertEqual(header_of(each, "sec-websocket-version"), "13")
                self.assertEqual(header_of(each, "upgrade").lower(), "websocket")
                self.assertIsNone(header_of(each, "authorization"))
        self.assertEqual(len(self.box.tokens), 1)
        self.assertEqual(self.box.processed, [])

    def test_nonces_differ(self) -> None:
        self.report("--probe", "listen-ws,speak-ws,agent-ws")
        nonces = [header_of(each, "sec-websocket-key") for each in self.box.requests]
        self.assertEqual(len({each for each in nonces if each}), 3)

    def test_no_mint(self) -> None:
        self.report("--no-mint")
        self.assertEqual((self.box.tokens, PATHS["grant"] in self.asked()), ([], False))


if __name__ == "__main__":
    unittest.main()
