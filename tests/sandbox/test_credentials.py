"""Keys, tokens, and the calls about them."""

import base64
import json
import time
import unittest

from sandbox import Sandbox
from sandbox.testing import SandboxTest

UNKNOWN_KEY = "0123456789abcdef0123456789abcdef01234567"


def claims_of(token: str) -> tuple[dict, dict]:
    header, claims, _ = token.split(".")
    return tuple(json.loads(base64.urlsafe_b64decode(part + "==")) for part in (header, claims))


class Grant(SandboxTest):
    def grant(self, body=None, role="member", **headers):
        return self.ask("POST", "/v1/auth/grant", role, body, **headers)

    def test_roles(self):
        expected = {
            "owner": 200, "admin": 200, "member": 200, "default": 403, "listen-only": 403,
            "read-only": 403, "account": 200, "no-credit": 200, "expired": 401, "revoked": 401,
        }
        self.assertEqual(expected, {role: self.grant(role=role).status for role in self.box.keys})

    def test_role_too_low_has_no_request_id_in_its_body(self):
        self.assertEqual({"err_code": "FORBIDDEN", "err_msg": "Insufficient permissions."},
                         self.grant(role="default").json)

    def test_lifetimes(self):
        for body, expected in (
            (None, 30), ("", 30), ("{}", 30), ('{"ttl":300}', 30), ('{"ttl_seconds":60}', 60),
            ('{"ttl_seconds":1}', 1), ('{"ttl_seconds":3600}', 3600), ('{"ttl_seconds":1.5}', 1.5),
            ('{"ttl_seconds":6e1}', 60),
        ):
            with self.subTest(body):
                self.assertEqual(expected, self.grant(body).json["expires_in"])

    def test_lifetimes_that_are_refused(self):
        for ttl in ("0", "3601", "-1", '"60"', "true", "null", "[]", "NaN"):
            with self.subTest(ttl):
                answer = self.grant(f'{{"ttl_seconds":{ttl}}}')
                self.assertEqual((400, "BAD_REQUEST"), (answer.status, answer.json["err_code"]))
        self.assertEqual([], self.box.tokens)

    def test_bodies_that_are_no_object(self):
        for body in ("{", "60", "[]", "[" * 100_000):
            with self.subTest(body[:9]):
                answer = self.grant(body)
                self.assertEqual((400, "INVALID_JSON"), (answer.status, answer.json["category"]))

    def test_claims(self):
        before = int(time.time())
        granted = self.grant({"ttl_seconds": 60}).json
        after = int(time.time())
        header, claims = claims_of(granted["access_token"])
        self.assertEqual({"typ": "JWT", "alg": "HS256"}, header)
        self.assertEqual({"sub", "exp", "subject", "scopes", "project_claims"}, set(claims))
        self.assertEqual(claims["sub"], claims["subject"])
        self.assertEqual(["asr:write"], claims["scopes"])
        self.assertTrue(before + 60 <= claims["exp"] <= after + 60, claims)
        self.assertEqual([granted["access_token"]], self.box.tokens)

    def test_malformed_key_is_400(self):
        key = self.box.keys["member"]
        for value in (f"Token  {key}", "Token short", f"Token {key.upper()}", "Token "):
            with self.subTest(value):
                answer = self.grant(role=None, authorization=value)
                self.assertEqual(
                    (400, {"err_code": "BAD_REQUEST", "err_msg": "Invalid credentials."}),
                    (answer.status, answer.json))

    def test_token_cannot_mint(self):
        answer = self.grant(role=None, authorization=f"Bearer {self.token()}")
        self.assertEqual(401, answer.status)


class Schemes(SandboxTest):
    """What is accepted as whom, seen on a call that takes keys and tokens alike."""

    def status(self, authorization: str | None) -> int:
        headers = {} if authorization is None else {"authorization": authorization}
        return self.ask("POST", "/v1/listen", None, {"url": "https://a.example/b.mp3"},
                        **headers).status

    def test_keys_are_tokens_and_tokens_are_bearers(self):
        key, token = self.box.keys["member"], self.token()
        tampered = token[:-1] + ("A" if token[-1] != "A" else "B")
        for authorization, expected in (
            (f"Token {key}", 200), (f"token {key}", 200), (f"TOKEN {key}", 200),
            (f"Bearer {token}", 200), (f"bearer {token}", 200),
            (f"Bearer {key}", 401), (f"Token {token}", 401), (key, 401), (token, 401),
            (f"Token {UNKNOWN_KEY}", 401), (f"Basic {key}", 401), ("", 401), (None, 401),
            (f"Bearer {tampered}", 401), ("Bearer ", 401), ("Bearer a.b.c", 401),
            (f"Bearer {token.rpartition('.')[0]}.", 401),
        ):
            with self.subTest(authorization):
                self.assertEqual(expected, self.status(authorization))

    def test_other_sandboxes_tokens_are_refused(self):
        with Sandbox(tls=False) as other:
            here, self.box = self.box, other
            token = self.token()
            self.box = here
        self.assertEqual(401, self.status(f"Bearer {token}"))

    def test_tokens_expire(self):
        token = self.token(ttl=1)
        self.assertEqual(200, self.status(f"Bearer {token}"))
        expiry = claims_of(token)[1]["exp"] + 1
        time.sleep(expiry - time.time() + 0.05)
        self.assertEqual(401, self.status(f"Bearer {token}"))

    def test_refusal(self):
        answer = self.ask("GET", "/v1/projects", None, authorization=f"Token {UNKNOWN_KEY}")
        request_id = answer.headers["dg-request-id"]
        self.assertRegex(request_id, "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$")
        self.assertEqual(
            (401, "application/json", "Invalid credentials.", "accept-encoding"),
            (answer.status, answer.headers["content-type"], answer.headers["dg-error"],
             answer.headers["vary"]))
        self.assertEqual({"err_code": "INVALID_AUTH", "err_msg": "Invalid credentials.",
                          "request_id": request_id}, answer.json)


class Management(SandboxTest):
    def test_token_details(self):
        details = self.ask("GET", "/v1/auth/token", "default").json
        self.assertEqual({"api_key_id", "scopes", "created"}, set(details))
        self.assertEqual(["usage:write"], details["scopes"])
        for authorization in (f"Token {UNKNOWN_KEY}", f"Bearer {self.token()}"):
            self.assertEqual(401, self.ask("GET", "/v1/auth/token", None,
                                           authorization=authorization).status)

    def test_projects_by_role(self):
        expected = {
            "owner": 200, "admin": 200, "member": 200, "default": 403, "listen-only": 403,
            "read-only": 200, "account": 200, "no-credit": 200, "expired": 401, "revoked": 401,
        }
        self.assertEqual(expected, {
            role: self.ask("GET", "/v1/projects", role).status for role in self.box.keys})

    def test_missing_scope_is_named(self):
        refused = self.ask("GET", "/v1/projects", "default").json
        self.assertEqual("INSUFFICIENT_PERMISSIONS", refused["category"])
        self.assertIn("'project:read'", refused["details"])

    def test_tokens_do_not_manage(self):
        self.assertEqual(401, self.ask("GET", "/v1/projects", None,
                                       authorization=f"Bearer {self.token()}").status)

    def test_one_project(self):
        project = self.ask("GET", "/v1/projects", "member").json["projects"][0]
        path = f"/v1/projects/{project['project_id']}"
        self.assertEqual(project, self.ask("GET", path, "member").json)
        unknown = self.ask("GET", path.replace("fa4e", "aaaa"), "member")
        self.assertEqual((404, "PROJECT_NOT_FOUND"), (unknown.status, unknown.json["err_code"]))
        odd = self.ask("GET", "/v1/projects/mine", "member")
        self.assertEqual(404, odd.status)
        self.assertTrue(odd.body.startswith(b"UUID parsing failed"), odd.body)

    def test_models_need_no_credentials(self):
        self.assertEqual(200, self.ask("GET", "/v1/models").status)

    def test_paths_and_verbs(self):
        for method, path, expected in (
            ("GET", "/", 404), ("GET", "/v1/nothing", 404), ("POST", "/v1/auth/grant/", 404),
            ("GET", "/v1/auth/grant", 405), ("POST", "/v1/auth/token", 405),
            ("POST", "/v1/projects", 405), ("GET", "/v1/read", 405), ("PUT", "/v1/listen", 405),
            ("GET", "/v1/listen", 426), ("GET", "/v1/agent/converse", 426),
        ):
            with self.subTest(f"{method} {path}"):
                self.assertEqual(expected, self.ask(method, path, "member").status)
        self.assertEqual("POST", self.ask("GET", "/v1/read", "member").headers["allow"])


class Regional(SandboxTest):
    options = {"tls": False, "regional": True}

    def test_only_projects_are_missing(self):
        self.assertEqual(404, self.ask("GET", "/v1/projects", "member").status)
        self.assertEqual(404, self.ask("GET", "/v1/projects/x", "member").status)
        self.assertEqual(200, self.ask("POST", "/v1/auth/grant", "member").status)


if __name__ == "__main__":
    unittest.main()
