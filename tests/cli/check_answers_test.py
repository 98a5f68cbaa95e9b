#!/usr/bin/env python3
"""What check makes of each kind of answer: a decision, or "could not tell"."""

import unittest

from check_run import NO_RETRY, PATHS, WHO, CheckTest, detail_of, header_of, summary
from sandbox import Reply, Sandbox, keys

INVALID = {"err_code": "INVALID_AUTH", "err_msg": "Invalid credentials."}
LACKS = {"err_code": "INSUFFICIENT_PERMISSIONS", "err_msg": "User may not."}
NO_CREDIT = {"err_code": "ASR_PAYMENT_REQUIRED", "err_msg": "No credits."}
BAD_CREDENTIALS = {"err_code": "BAD_REQUEST", "err_msg": "Invalid credentials."}
BAD_BODY = {"err_code": "Bad Request", "err_msg": "We could not process the JSON payload."}
HTML = "<!DOCTYPE html><html><head><title>Blocked</title></head><body>No.</body></html>"
WEB_PAGE = {"Content-Type": "text/html; charset=utf-8"}
SOCKET = {"Upgrade": "websocket", "Connection": "Upgrade"}
OVER_THE_CAP = b" " * (1024 * 1024 + 1)


class OneAnswerForAll(CheckTest):
    """A server that says the same to everything."""

    maxDiff = None

    # Answer, and the summary of a check whose expectations are the usual ones.
    ROWS = [
        ("401", Reply(401, {}, INVALID), "FFFFFFFF 4"),
        ("401, nothing in it", Reply(401), "FFFFFFFF 4"),
        ("401, lacks a right", Reply(401, {}, LACKS), "FFFFFFFF 5"),
        ("402", Reply(402, {}, NO_CREDIT), "FFFFFFFF 5"),
        ("402, nothing in it", Reply(402), "FFFFFFFF 5"),
        ("403, nothing in it", Reply(403), "FFFFFFFF 5"),
        ("403", Reply(403, {}, {"err_code": "FORBIDDEN", "err_msg": "No."}), "FFFFFFFF 5"),
        ("403, category UNAUTHORIZED",
         Reply(403, {}, {"category": "UNAUTHORIZED", "message": "No."}), "FFFFFFFF 4"),
        ("400, bad credentials", Reply(400, {}, BAD_CREDENTIALS), "FFFFFFFF 4"),
        ("400", Reply(400, {}, BAD_BODY), "UUUUUUUU 8"),
        ("400, nothing in it", Reply(400), "UUUUUUUU 8"),
        ("400, a web page", Reply(400, WEB_PAGE, HTML), "UUUUUUUU 8"),
        ("200", Reply(200), "UUUUUUUU 8"),
        ("200, {}", Reply(200, {}, {}), "UUUUUUUU 8"),
        ("200, a web page", Reply(200, WEB_PAGE, HTML), "UUUUUUUU 8"),
        ("204", Reply(204), "UUUUUUUU 8"),
        ("101 to POST too", Reply(101, SOCKET), "UUUUUUUU 8"),
        ("302", Reply(302, {"Location": "http://127.0.0.1:1/"}), "UUUUUUUU 8"),
        ("401, a web page", Reply(401, WEB_PAGE, HTML), "UUUUUUUU 8"),
        ("403, a web page", Reply(403, WEB_PAGE, HTML), "UUUUUUUU 8"),
        ("402, a web page", Reply(402, WEB_PAGE, HTML), "UUUUUUUU 8"),
        ("404", Reply(404, {}, {"err_code": "NOT_FOUND"}), "UUUUUUUU 8"),
        ("404 with the code of a refusal", Reply(404, {}, INVALID), "UUUUUUUU 8"),
        ("407", Reply(407), "UUUUUUUU 8"),
        ("408", Reply(408), "UUUUUUUU 8"),
        ("429", Reply(429, {}, {"err_code": "TOO_MANY_REQUESTS"}), "UUUUUUUU 8"),
        ("429 with the code of a refusal", Reply(429, {}, INVALID), "UUUUUUUU 8"),
        ("500", Reply(500), "UUUUUUUU 8"),
        ("500 with the code of a refusal", Reply(500, {}, INVALID), "UUUUUUUU 8"),
        ("503", Reply(503), "UUUUUUUU 8"),
        ("no HTTP", Reply(raw=b"SSH-2.0-x\r\n"), "UUUUUUUU 8"),
        ("hangs up", Reply(close_before=True), "UUUUUUUU 8"),
        ("cut in the headers", Reply(200, {}, INVALID, cut=20), "UUUUUUUU 8"),
        ("cut in the body", Reply(401, {}, INVALID, cut=120), "UUUUUUUU 8"),
    ]

    def test_rows(self) -> None:
        seen = []
        for name, reply, _ in self.ROWS:
            with Sandbox(tls=False) as self.box:
                self.box.script(reply, times=None)
                seen.append((name, self.verdicts(*NO_RETRY, "--timeout", "5")))
        self.assertEqual(seen, [(name, wanted) for name, _, wanted in self.ROWS])

    def test_the_reason_is_told(self) -> None:
        """an undecided probe says why"""
        for reply, words in ((Reply(403, WEB_PAGE, HTML), "the response is a web page: a proxy or a login page"),
                             (Reply(200), "inconclusive: unexpected response"),
                             (Reply(503, {}, {"err_msg": "Asleep"}), "Asleep")):
            with Sandbox(tls=False) as self.box:
                self.box.script(reply, times=None)
                report = self.report(*NO_RETRY)
                for probe in report["probes"]:
                    self.assertIn(words, probe["detail"], probe)


class SingleAnswers(CheckTest):
    """One probe gets something else than what the sandbox says."""

    def verdict(self, probe: str, reply: Reply) -> str:
        with Sandbox(tls=False) as self.box:
            self.script(probe, reply)
            report = self.report("--probe", probe, *NO_RETRY)
            return next(each["status"] for each in report["probes"] if each["name"] == probe)

    def test_grant(self) -> None:
        granted = b'{"access_token":"eyJhbGciOiJIUzI1NiJ9.e30.c2ln","expires_in":1}'
        rows = [
            ("a token", Reply(200, {}, granted), "pass"),
            ("none", Reply(200, {}, {"expires_in": 1}), "unknown"),
            ("an empty one", Reply(200, {}, {"access_token": "", "expires_in": 1}), "unknown"),
            ("no token's alphabet", Reply(200, {}, {"access_token": "two words"}), "unknown"),
            ("over the cap", Reply(200, {}, granted + OVER_THE_CAP), "unknown"),
            ("201", Reply(201, {}, granted), "unknown"),
        ]
        self.assertEqual([(name, self.verdict("grant", reply)) for name, reply, _ in rows],
                         [(name, wanted) for name, _, wanted in rows])

    def test_manage(self) -> None:
        rows = [
            ("no project", Reply(200, {}, {"projects": []}), "pass"),
            ("a project", Reply(200, {}, {"projects": [{"project_id": "x"}]}), "pass"),
            ("no list", Reply(200, {}, {"projects": {}}), "unknown"),
            ("another list", Reply(200, {}, []), "unknown"),
            ("over the cap", Reply(200, {}, b'{"projects":[]}' + OVER_THE_CAP), "unknown"),
            ("400", Reply(400, {}, BAD_BODY), "unknown"),
            ("404", Reply(404, {}, {"err_code": "NOT_FOUND"}), "unknown"),
        ]
        self.assertEqual([(name, self.verdict("manage", reply)) for name, reply, _ in rows],
                         [(name, wanted) for name, _, wanted in rows])

    def test_accept_of_a_websocket(self) -> None:
        """a 101 counts only with the right Sec-WebSocket-Accept"""
        for accept in (None, "", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "x"):
            headers = dict(SOCKET) if accept is None else SOCKET | {"Sec-WebSocket-Accept": accept}
            for probe in ("listen-ws", "speak-ws", "agent-ws"):
                self.assertEqual(self.verdict(probe, Reply(101, headers)), "unknown", accept)
        with Sandbox(tls=False) as self.box:
            self.script("listen-ws", Reply(101, SOCKET))
            report = self.report("--probe", "listen-ws")
        self.assertIn("Sec-WebSocket-Accept", detail_of(report, "listen-ws"))

    def test_refused_handshake(self) -> None:
        """dg-error and dg-request-id are shown where the body says nothing"""
        headers = {"dg-error": "Not for you.", "dg-request-id": "fake-request-1"}
        self.script("agent-ws", Reply(401, headers))
        report = self.report("--probe", "agent-ws")
        self.assertEqual(report["probes"][6] | {"ms": 0}, {
            "name": "agent-ws", "status": "fail", "http_status": 401, "detail": "Not for you",
            "request_id": "fake-request-1", "ms": 0})

    def test_one_of_eight_unknown(self) -> None:
        """status 8 if something was expected of it, 0 if not or with --allow-unknown"""
        for place, probe in enumerate(PATHS):
            with Sandbox(tls=False) as self.box:
                self.script(probe, Reply(500))
                letters = "P" * place + "U" + "P" * (7 - place)
                usual = 8 if probe in ("grant", "listen") else 0
                self.assertEqual(self.verdicts(*NO_RETRY), f"{letters} {usual}")
                self.assertEqual(self.verdicts(*NO_RETRY, "--expect", probe), f"{letters} 8")
                self.assertEqual(self.verdicts(*NO_RETRY, "--expect-not", probe), f"{letters} 8")
                self.assertEqual(self.verdicts(*NO_RETRY, "--expect", probe, "--allow-unknown"),
                                 f"{letters} 0")


class Controls(CheckTest):
    """A 400 is settled by the same request with a bogus key, sent only then, and once."""

    def controls(self) -> list[tuple[str, str]]:
        self.box.wait_idle(1.0)
        mine = {self.box.keys[role] for role in self.box.keys} | {*self.box.tokens}
        said = [(each, " ".join((header_of(each, "authorization") or "",
                                 header_of(each, "sec-websocket-protocol") or "")))
                for each in self.box.requests]
        return sorted((each.method, each.path) for each, text in said
                      if not any(secret in text for secret in mine))

    def test_only_for_a_400(self) -> None:
        """the sandbox answers 400 to the three bodies, and to nothing else"""
        self.assertEqual(self.verdicts(), "PPPPPPPP 0")
        posts = [PATHS[probe] for probe in ("listen", "read", "speak")]
        self.assertEqual(self.controls(), sorted(posts))
        self.assertEqual(self.asked(), sorted([*PATHS.values(), WHO, *posts]))

    def test_none_where_nothing_gets_400(self) -> None:
        for role, wanted in (("revoked", "FFFFFFFF 4"), ("read-only", "FFFFFFFP 5")):
            self.box.requests.clear()
            self.assertEqual(self.verdicts(role=role), wanted)
            self.assertEqual(self.controls(), [])
            self.assertEqual(self.asked(), sorted([*PATHS.values(), WHO]))

    def test_same_request(self) -> None:
        """the control differs in the key alone"""
        self.report("--probe", "listen")
        first, control = [each for each in self.box.requests if each.path == "/v1/listen"]
        self.assertEqual((first.target, first.body), (control.target, control.body))
        self.assertEqual(header_of(first, "authorization"), "Token " + self.box.keys["member"])
        self.assertRegex(header_of(control, "authorization"), "^Token [0-9a-f]{40}$")
        others = [[pair for pair in each.headers if pair[0].lower() != "authorization"]
                  for each in (first, control)]
        self.assertEqual(others[0], others[1])

    def test_of_a_websocket(self) -> None:
        """a handshake that gets 400, where a bogus key gets 401"""
        self.script("listen-ws", Reply(400, {}, BAD_BODY), times=1)
        self.assertEqual(self.verdicts("--probe", "listen-ws"), "SSSSPSSS 0")
        self.assertEqual(self.controls(), [PATHS["listen-ws"]])
        protocols = [header_of(each, "sec-websocket-protocol") for each in self.box.requests
                     if each.path == "/v1/listen"]
        self.assertEqual(protocols[0], "token, " + self.box.keys["member"])
        self.assertRegex(protocols[1], "^token, [0-9a-f]{40}$")

    def test_what_the_control_shows(self) -> None:
        """only a bogus key that is refused as a credential shows that the other was accepted"""
        rows = [
            ("401", Reply(401, {}, INVALID), "pass"),
            ("401, nothing in it", Reply(401), "pass"),
            ("400, bad credentials", Reply(400, {}, BAD_CREDENTIALS), "pass"),
            ("403, UNAUTHORIZED", Reply(403, {}, {"category": "UNAUTHORIZED"}), "pass"),
            ("400", Reply(400, {}, BAD_BODY), "unknown"),
            ("401, lacks a right", Reply(401, {}, LACKS), "unknown"),
            ("401, a web page", Reply(401, WEB_PAGE, HTML), "unknown"),
            ("403, a web page", Reply(403, WEB_PAGE, HTML), "unknown"),
            ("403", Reply(403), "unknown"),
            ("200", Reply(200), "unknown"),
            ("404 with the code of a refusal", Reply(404, {}, INVALID), "unknown"),
            ("429", Reply(429), "unknown"),
            ("500", Reply(500), "unknown"),
            ("hangs up", Reply(close_before=True), "unknown"),
        ]
        seen = []
        for name, control, _ in rows:
            with Sandbox(tls=False) as self.box:
                self.script("listen", Reply(400, {}, BAD_BODY), times=1)
                self.script("listen", control)
                listen = self.report("--probe", "listen", *NO_RETRY)["probes"][1]
                seen.append((name, listen["status"]))
                self.assertEqual((listen["http_status"], self.box.unused_scripts()), (400, []))
        self.assertEqual(seen, [(name, wanted) for name, _, wanted in rows])

    def test_for_tokens_too(self) -> None:
        token = self.box.deepgram.mint.mint(keys.BY_ROLE["member"], 60)
        for auth in ("grant", "token"):
            report = self.report("--auth", auth, "--probe", "speak", DEEPGRAM_ACCESS_TOKEN=token)
            self.assertEqual(summary(report), "SSPSSSSS 0")


if __name__ == "__main__":
    unittest.main()
