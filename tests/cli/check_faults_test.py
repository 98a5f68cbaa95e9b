#!/usr/bin/env python3
"""check where things go wrong: nobody answers, minting fails, the identity is odd; and its speed."""

import json
import time
import unittest

from check_run import NO_RETRY, PATHS, WHO, CheckTest, detail_of, header_of, summary
from sandbox import Reply, Sandbox, keys
from text import TOKEN_CLAIMS, fake_jwt

LATENCY = 0.1
ROUNDS = 5
START_SECONDS = 2.0  # a machine under load needs that long to start a program, at worst
TOO_MANY = {"err_code": "TOO_MANY_REQUESTS", "err_msg": "Too many requests."}


class NoAnswer(CheckTest):
    def test_every_probe_times_out(self) -> None:
        """8, not 4 and never 7; within --timeout, whatever the number of probes"""
        self.box.script(Reply(delay=30), times=None)
        started = time.monotonic()
        report = self.report("--timeout", "1")
        self.assertLess(time.monotonic() - started, 1 + START_SECONDS)
        self.assertEqual(summary(report), "UUUUUUUU 8")
        self.assertEqual({probe["http_status"] for probe in report["probes"]}, {None})
        self.assertNotIn("", [probe["detail"] for probe in report["probes"]])
        self.assertIsNone(report["identity"])

    def test_nobody_listens(self) -> None:
        self.assertEqual(self.verdicts("--base-url", "http://127.0.0.1:1", *NO_RETRY), "UUUUUUUU 8")

    def test_a_slow_identity(self) -> None:
        """the question who this is may end unanswered, and changes nothing"""
        self.box.script(Reply(delay=30), *WHO, times=None)
        started = time.monotonic()
        report = self.report("--timeout", "1")
        self.assertLess(time.monotonic() - started, 1 + START_SECONDS)
        self.assertEqual((summary(report), report["identity"]), ("PPPPPPPP 0", None))

    def test_slow_control(self) -> None:
        """--timeout counts for a probe and its control together"""
        self.script("listen", Reply(delay=2.5, passthrough=True), times=1)
        self.script("listen", Reply(delay=30), times=1)
        started = time.monotonic()
        report = self.report("--timeout", "3", *NO_RETRY)
        self.assertLess(time.monotonic() - started, 3 + START_SECONDS)
        self.assertEqual(summary(report), "PUPPPPPP 8")

    def test_a_mint_counts_too(self) -> None:
        """--timeout is for the whole operation: minting for --auth grant and the round after it"""
        self.script("grant", Reply(delay=2.5, passthrough=True), times=1)
        self.script("listen", Reply(delay=30))
        started = time.monotonic()
        self.assertEqual(self.verdicts("--auth", "grant", "--timeout", "3"), "FUPPPPPF 8")
        self.assertLess(time.monotonic() - started, 3 + START_SECONDS)

    def test_cut_connections(self) -> None:
        for cut in (0, 5, 40):
            with Sandbox(tls=False) as self.box:
                self.script("listen-ws", Reply(101, cut=cut) if cut else Reply(close_before=True))
                self.assertEqual(self.verdicts(*NO_RETRY, "--expect", "listen-ws"), "PPPPUPPP 8")

    def test_endless_bodies(self) -> None:
        """promise 14: an answer without end is cut at the cap"""
        for status, wanted in ((200, "PUPPPPPP 8"), (401, "PFPPPPPP 5")):
            with Sandbox(tls=False) as self.box:
                self.script("listen", Reply(status, endless=True))
                self.assertEqual(self.verdicts("--timeout", "5", *NO_RETRY), wanted)


class Retries(CheckTest):
    def requests_to(self, probe: str) -> int:
        return self.asked().count(PATHS[probe])

    def test_tried_again(self) -> None:
        """429 and 5xx twice, then the real answer: nothing is unknown"""
        for status in (429, 503):
            with Sandbox(tls=False) as self.box:
                for probe in ("grant", "listen", "agent-ws", "manage"):
                    self.script(probe, Reply(status, {}, TOO_MANY), times=2)
                self.assertEqual(self.verdicts(), "PPPPPPPP 0")
                self.assertEqual(self.box.unused_scripts(), [])

    def test_given_up(self) -> None:
        for args, tries in (((), 3), (NO_RETRY, 1), (("--retries", "1"), 2)):
            with Sandbox(tls=False) as self.box:
                self.script("manage", Reply(503))
                self.assertEqual(self.verdicts(*args), "PPPPPPPU 0")
                self.assertEqual(self.requests_to("manage"), tries)

    def test_refusals_are_final(self) -> None:
        self.assertEqual(self.verdicts("--no-mint", role="revoked"), "SFFFFFFF 4")
        self.assertEqual(self.requests_to("manage"), 1)


class RegionalHost(CheckTest):
    options = {"tls": False, "regional": True}

    def test_manage_is_unknown(self) -> None:
        report = self.report()
        self.assertEqual(summary(report), "PPPPPPPU 0")
        self.assertEqual(report["probes"][7]["http_status"], 404)
        self.assertIn("regional", detail_of(report, "manage"))
        self.assertEqual(self.verdicts("--expect-not", "manage"), "PPPPPPPU 8")
        self.assertEqual(self.verdicts("--expect", "manage"), "PPPPPPPU 8")
        self.assertEqual(self.verdicts("--expect-not", "manage", "--allow-unknown"), "PPPPPPPU 0")


class FailedMint(CheckTest):
    """--auth grant where there is no token: grant's own status, and nothing is probed."""

    ROWS = [
        (Reply(401), 4), (Reply(403, {}, {"err_code": "FORBIDDEN"}), 5), (Reply(402), 6),
        (Reply(429), 6), (Reply(close_before=True), 7), (Reply(500), 8), (Reply(200), 8),
        (Reply(200, {}, {"access_token": "two words"}), 8), (Reply(404), 9),
    ]

    def test_status_and_report(self) -> None:
        for reply, status in self.ROWS:
            with Sandbox(tls=False) as self.box:
                self.script("grant", reply)
                outcome = self.run_check("--auth", "grant", "-o", "json", *NO_RETRY)
                report = json.loads(outcome.stdout)
                self.assertEqual(summary(report), f"SSSSSSSS {status}")
                self.assertEqual(outcome.status, status)
                self.assertEqual(report["expectations"], {"met": False, "unmet": [
                    {"name": "listen", "expected": "pass", "got": "skipped"}]})
                error = json.loads(outcome.stderr)["error"]
                self.assertEqual(error["exit_status"], status)
                self.assertEqual(self.asked(), [PATHS["grant"]])

    def test_each_format(self) -> None:
        """each says eight times that it was skipped, and what was expected is red"""
        red = {"text": "NOT MET", "junit": "<error ", "tap": "not ok 2 - listen",
               "github": "::error title=dgauth check::listen: expected pass, got skipped"}
        for form, sign in red.items():
            outcome = self.run_check("--auth", "grant", "-o", form, role="default")
            self.assertEqual(outcome.status, 5)
            self.assertTrue(outcome.message.startswith("dgauth: error: "), outcome.message)
            text = outcome.stdout.decode()
            self.assertIn(sign, text)
            self.assertGreaterEqual(text.count("skipped"), 8, text)

    def test_allowed_to_be_unknown(self) -> None:
        """--allow-unknown does not make a failed mint a success"""
        self.assertEqual(self.verdicts("--auth", "grant", "--allow-unknown", role="default"),
                         "SSSSSSSS 5")

    def test_without_a_key(self) -> None:
        """no mint was tried: status 3 and no report"""
        outcome = self.run_check("--auth", "grant", DEEPGRAM_API_KEY=None)
        self.assertEqual((outcome.status, outcome.stdout, self.asked()), (3, b"", []))


class TokenOfTheEnvironment(CheckTest):
    def test_not_usable(self) -> None:
        expired = fake_jwt(TOKEN_CLAIMS | {"exp": int(time.time()) - 5})
        for token, status in ((expired, 5), (None, 3), ("", 3), ("two words", 3)):
            outcome = self.run_check("--auth", "token", DEEPGRAM_ACCESS_TOKEN=token)
            self.assertEqual((outcome.status, self.asked()), (status, []), outcome)

    def test_needs_no_key(self) -> None:
        token = self.box.deepgram.mint.mint(keys.BY_ROLE["member"], 60)
        report = self.report("--auth", "token", DEEPGRAM_API_KEY=None, DEEPGRAM_ACCESS_TOKEN=token)
        self.assertEqual(report["credential"]["kind"], "access_token")
        self.assertEqual(report["credential"]["source"], "env:DEEPGRAM_ACCESS_TOKEN")
        for request in self.box.requests:
            sent = header_of(request, "authorization") or header_of(request,
                                                                    "sec-websocket-protocol")
            self.assertIn(sent.split(" ")[0], ("Bearer", "bearer,", "Token"), sent)

    def test_never_taken_unasked(self) -> None:
        outcome = self.run_check(DEEPGRAM_API_KEY=None, DEEPGRAM_ACCESS_TOKEN=fake_jwt({}))
        self.assertEqual((outcome.status, self.asked()), (3, []))
        self.assertIn("--auth token", outcome.message)


class WhoAmI(CheckTest):
    def test_shown(self) -> None:
        self.assertEqual(self.report(role="default")["identity"], {
            "api_key_id": keys.BY_ROLE["default"].id, "scopes": ["usage:write"],
            "created": "2025-01-01T00:00:00.000000Z"})
        self.assertIn("usage:write", self.run_check(role="default").stdout.decode())

    def test_odd_answers(self) -> None:
        """an odd answer is "not available", and changes neither verdict nor status"""
        odd = [Reply(200), Reply(200, {}, {}), Reply(200, {}, {"scopes": "usage:write"}),
               Reply(200, {}, {"scopes": [7]}), Reply(200, {}, []), Reply(200, {}, "<html>"),
               Reply(200, {}, {"scopes": ["x"] * 100000}), Reply(401), Reply(403), Reply(404),
               Reply(500), Reply(302, {"Location": "/"}), Reply(close_before=True)]
        for number, reply in enumerate(odd):
            with Sandbox(tls=False) as self.box:
                self.box.script(reply, *WHO, times=None)
                report = self.report("--retries", "0")
                self.assertEqual((summary(report), report["identity"]), ("PPPPPPPP 0", None),
                                 number)
                self.assertIn("not available", self.run_check("--retries", "0").stdout.decode())


class Latency(CheckTest):
    def fastest(self) -> float:
        seconds = []
        for _ in range(ROUNDS):
            outcome = self.run_check()
            self.assertEqual(outcome.status, 0)
            seconds.append(outcome.seconds)
        return min(seconds)

    def test_side_by_side(self) -> None:
        """all in the time of the slowest probe and its control: 2 latencies of 12"""
        start = self.fastest()
        with Sandbox(tls=False, latency=LATENCY) as self.box:
            seconds = self.fastest()
        requests = len(self.asked()) // ROUNDS
        self.assertEqual(requests, len(PATHS) + 1 + 3)
        self.assertGreater(seconds, 2 * LATENCY, "the latency had no effect")
        self.assertLess(seconds, 3.5 * LATENCY + start)
        self.assertLess(3.5 * LATENCY + start, requests * LATENCY,
                        "one after the other would not have been noticed")


if __name__ == "__main__":
    unittest.main()
