#!/usr/bin/env python3
"""When a token from the cache is handed out, in which forms, and when a new one is minted."""

import base64
import time
import unittest
from datetime import datetime

from cache_run import CacheTest
from sandbox import Reply, Sandbox
from text import TOKEN_CLAIMS, fake_jwt

STRANGE = "granted 30 s instead of the requested 60 s"


class ReuseTest(CacheTest):
    def test_second_run_asks_nobody(self) -> None:
        first = self.token("--cache")
        self.assertEqual([self.token("--cache") for _ in range(3)], [first] * 3)
        self.assertEqual(self.grants(), 1)

    def test_json_shows_what_is_left(self) -> None:
        """a cached answer shows the remaining life; all else is as it was when it was minted"""
        new = self.report("--cache", "--ttl", "60")
        time.sleep(1.1)
        before = time.time()
        old = self.report("--cache", "--ttl", "60")
        after = time.time()
        self.assertEqual((new["cached"], new["expires_in"]), (False, 60))
        self.assertIs(old["cached"], True)
        self.assertLessEqual(old["expires_in"], int(new["expires_at_unix"] + 1 - before))
        self.assertGreaterEqual(old["expires_in"], int(new["expires_at_unix"] - 1 - after))
        self.assertLess(old["expires_in"], 60)
        changed = ("cached", "expires_in")
        self.assertEqual({name: value for name, value in old.items() if name not in changed},
                         {name: value for name, value in new.items() if name not in changed})
        moment = datetime.fromisoformat(old["expires_at"].replace("Z", "+00:00"))
        self.assertEqual(moment.timestamp(), old["expires_at_unix"])

    def test_until_a_fifth_is_left(self) -> None:
        """a token for 3 s is given out again while 0.6 s are left, and not after"""
        first = self.token("--cache", "--ttl", "3")
        self.assertTrue(self.is_cached("--cache", "--ttl", "3"))
        time.sleep(2.5)
        self.assertNotEqual(self.token("--cache", "--ttl", "3"), first)
        self.assertEqual(self.grants(), 2)

    def test_min_valid(self) -> None:
        self.token("--cache", "--ttl", "60")
        time.sleep(1.1)  # less than 59 s are left
        for text, cached in (("1", True), ("50s", True), ("59s", False)):
            with self.subTest(text):
                self.assertIs(self.is_cached("--cache", "--ttl", "60", "--min-valid", text), cached)

    def test_keyed_by_lifetime(self) -> None:
        """asked for nothing, for 30 s, which is what nothing gives, and for 60 s: three entries"""
        lifetimes = ((), ("--ttl", "30"), ("--ttl", "60"), ("--ttl", "3600"))
        tokens = [self.token("--cache", *lifetime) for lifetime in lifetimes]
        self.assertEqual(self.grants(), 4)
        self.assertEqual([self.token("--cache", *lifetime) for lifetime in lifetimes], tokens)
        self.assertEqual(self.token("--cache", "--ttl", "1m"), tokens[2])
        self.assertEqual(self.token("--cache", "--ttl", "1h"), tokens[3])
        self.assertEqual((self.grants(), len(self.entries())), (4, 4))

    def test_keyed_by_key(self) -> None:
        """the same key from another place is the same key; another key never gets its token"""
        first = self.token("--cache")
        key = self.box.keys["owner"]
        self.assertFalse(self.is_cached("--cache", DEEPGRAM_API_KEY=key))
        self.assertEqual(self.report("--cache", DEEPGRAM_API_KEY=key)["access_token"],
                         self.box.tokens[1])
        self.place.write("key", self.box.keys["member"] + "\n")
        again = self.report("--cache", "--api-key-file", "key", DEEPGRAM_API_KEY=None)
        self.assertEqual((again["access_token"], again["key_source"]), (first, "file:key"))

    def test_keyed_by_host(self) -> None:
        self.token("--cache")
        with Sandbox(tls=False) as other:
            self.assertFalse(self.is_cached("--cache", DEEPGRAM_BASE_URL=other.base_url))
            self.assertFalse(self.is_cached("--cache", "--base-url",
                                            f"http://localhost:{self.box.port}"))
            self.assertEqual(len(other.requests), 1)
        self.assertTrue(self.is_cached("--cache"))
        self.assertTrue(self.is_cached("--cache", "--base-url", self.box.base_url + "/"))

    def test_header_uses_it_too(self) -> None:
        token = self.token("--cache")
        header = self.run_it("header", "--cache", "-o", "value")
        self.assertEqual((header.status, header.stdout, header.message),
                         (0, f"Bearer {token}\n".encode(), ""))
        self.token("--cache", "--ttl", "60")
        self.assertEqual(self.run_it("header", "--cache", "--ttl", "60", "-o", "ws-value").stdout,
                         f"bearer, {self.box.tokens[1]}\n".encode())
        self.assertEqual(self.grants(), 2)
        self.assertEqual(self.run_it("header", "--cache", "--ttl", "90").status, 0)
        self.assertTrue(self.is_cached("--cache", "--ttl", "90"))

    def test_every_format(self) -> None:
        """the same bytes from the cache as from the service"""
        for output in ("token", "header", "export", "fish", "dotenv", "curl"):
            with self.subTest(output):
                seen = [self.run_it("grant", "--cache", "-o", output) for _ in range(2)]
                self.assertEqual((seen[1].status, seen[1].stdout), (0, seen[0].stdout))
                self.assertIn(self.box.tokens[0].encode(), seen[1].stdout)
        self.assertEqual(self.grants(), 1)

    def test_verbose_tells(self) -> None:
        said = [self.run_it("grant", "--cache", "-v").message for _ in range(2)]
        self.assertIn("POST ", said[0])
        self.assertIn("dgauth: trace: token from the cache\n", said[1])
        self.assertNotIn("POST ", said[1])

    def test_out_file(self) -> None:
        """--out gets the cached token as it gets a new one"""
        token = self.token("--cache")
        self.assertEqual(self.run_it("grant", "--cache", "--out", "file").stdout, b"")
        self.assertEqual(self.place.path("file").read_text(), token + "\n")
        self.assertEqual(self.grants(), 1)


class WantedTest(CacheTest):
    """Off unless asked for; the flag beats the profile."""

    def test_off_by_default(self) -> None:
        """promise 24: no file comes to be anywhere"""
        for args in (("grant",), ("grant", "--no-cache"), ("header",), ("grant", "--ttl", "60"),
                     ("grant", "--min-valid", "5"), ("check", "--probe", "grant")):
            with self.subTest(args):
                self.assertEqual(self.run_it(*args).status, 0)
                self.assertEqual(list(self.place.home.iterdir()), [])
                self.assertEqual(list(self.place.cwd.iterdir()), [])

    def test_unasked_entry_is_not_used(self) -> None:
        self.assertTrue(self.asks("--cache"))
        content = self.entry().read_bytes()
        self.assertTrue(self.asks())
        self.assertTrue(self.asks("--no-cache"))
        self.assertEqual(self.entry().read_bytes(), content)
        self.assertFalse(self.asks("--cache"))

    def test_profile(self) -> None:
        for setting, args, asks in (("true", (), True), ("true", (), False),
                                    ("true", ("--cache",), False), ("true", ("--no-cache",), True),
                                    ("true", (), False), ("false", (), True),
                                    ("false", ("--no-cache",), True),
                                    ("false", ("--cache",), False)):
            with self.subTest(cache=setting, args=args):
                self.config(f"cache = {setting}\n")
                self.assertIs(self.asks(*args), asks)

    def test_min_valid_of_profile(self) -> None:
        """the profile's min_valid holds for --cache too, and --min-valid goes before it"""
        self.config('ttl = 60\ncache = true\nmin_valid = "2m"\n')
        self.assertFalse(self.is_cached())
        self.assertFalse(self.is_cached())
        self.assertFalse(self.is_cached("--cache"))
        self.assertTrue(self.is_cached("--min-valid", "5"))
        self.config("ttl = 60\ncache = true\nmin_valid = 5\n")
        self.assertTrue(self.is_cached())
        self.assertFalse(self.is_cached("--min-valid", "1m"))

    def test_ttl_of_profile(self) -> None:
        """a lifetime is the same whoever names it"""
        token = self.token("--cache", "--ttl", "60")
        self.config("ttl = 60\n")
        self.assertEqual(self.token("--cache"), token)

    def test_dry_run_writes_nothing(self) -> None:
        for _ in range(2):
            outcome = self.run_it("grant", "--cache", "--dry-run")
            self.assertEqual(outcome.status, 0)
            self.assertIn(b"POST ", outcome.stdout)
            self.assertEqual(list(self.place.home.iterdir()), [])
        self.token("--cache")
        outcome = self.run_it("grant", "--cache", "--dry-run")
        self.assertNotIn(self.box.tokens[0].encode(), outcome.stdout)
        self.assertEqual(self.grants(), 1)


class SecretTest(CacheTest):
    def test_no_key_on_disk(self) -> None:
        """promise 24: neither names nor contents hold the key, nor its base64, nor half of it"""
        key = self.box.keys["member"]
        for args in (("grant",), ("header", "--ttl", "60"), ("grant",)):
            self.assertEqual(self.run_it(*args, "--cache").status, 0)
        forms = [key, base64.b64encode(key.encode()).decode()[:-4], key.encode().hex(),
                 base64.b64encode(f"Token {key}".encode()).decode()[8:-4]]
        files = self.files()
        self.assertGreater(len(files), 1)
        for path in files:
            seen = str(path.relative_to(self.place.root)).encode() + b"\n" + path.read_bytes()
            for form in forms:
                self.assertNotIn(form[:20].encode(), seen)
                self.assertNotIn(form[-20:].encode(), seen)

    def test_mask(self) -> None:
        """promise 20: a cached token is masked in the logs of GitHub like a new one"""
        for _ in range(2):
            outcome = self.run_it("grant", "--cache", GITHUB_ACTIONS="true")
            self.assertEqual(outcome.message, f"::add-mask::{self.box.tokens[0]}\n")
            header = self.run_it("header", "--cache", GITHUB_ACTIONS="true")
            self.assertEqual(header.message, f"::add-mask::{self.box.tokens[0]}\n")
        later = self.run_it("grant", "--cache", "-o", "github", GITHUB_ACTIONS="true",
                            GITHUB_ENV=str(self.place.path("env")))
        self.assertEqual((later.status, later.stdout), (0, b""))
        self.assertEqual(later.message, f"::add-mask::{self.box.tokens[0]}\n")
        self.assertEqual(self.place.path("env").read_text(),
                         f"DEEPGRAM_ACCESS_TOKEN={self.box.tokens[0]}\n")
        self.assertEqual(self.grants(), 1)


class OddGrantTest(CacheTest):
    def test_unknown_life(self) -> None:
        """a token of unknown life is printed, and not kept"""
        token = fake_jwt(TOKEN_CLAIMS)
        self.script(Reply(body={"access_token": token}), times=2)
        for _ in range(2):
            outcome = self.run_it("grant", "--cache")
            self.assertEqual((outcome.status, outcome.stdout), (0, f"{token}\n".encode()))
            self.assertIn("how long", outcome.message)
            self.assertEqual(self.entries(), [])
        self.assertEqual(self.grants(), 2)

    def test_life_from_the_token_itself(self) -> None:
        """without expires_in the token's own expiry counts, and goes into the cache"""
        token = fake_jwt(TOKEN_CLAIMS | {"exp": int(time.time()) + 300})
        self.script(Reply(body={"access_token": token}))
        first = self.report("--cache")
        again = self.report("--cache")
        self.assertEqual((again["access_token"], again["cached"]), (token, True))
        self.assertEqual(again["expires_at"], first["expires_at"])

    def test_failed_grant_keeps_nothing(self) -> None:
        """promise 16: and an entry that is too old stays as it was"""
        bad = (Reply(status=401, body={"err_code": "INVALID_AUTH"}), Reply(status=500),
               Reply(body="<html>"), Reply(body={"expires_in": 30}), Reply(close_before=True),
               Reply(body={"access_token": "fake'token", "expires_in": 30}))
        for reply in bad:
            with self.subTest(reply):
                self.script(reply)
                outcome = self.run_it("grant", "--cache", "--retries", "0")
                self.assertNotEqual(outcome.status, 0)
                self.assertEqual(outcome.stdout, b"")
                self.assertEqual(self.entries(), [])
        self.token("--cache")
        content = self.entry().read_bytes()
        self.script(Reply(status=500))
        outcome = self.run_it("grant", "--cache", "--min-valid", "1h", "--retries", "0")
        self.assertEqual(outcome.status, 8)
        self.assertEqual(self.entry().read_bytes(), content)
        self.assertTrue(self.is_cached("--cache"))

    def test_longest_token(self) -> None:
        """promise 17: what may be printed may be kept"""
        token = "fake." * 1638 + "xx"
        self.assertEqual(len(token), 8192)
        self.script(Reply(body={"access_token": token, "expires_in": 30}))
        self.assertEqual([self.run_it("grant", "--cache").stdout for _ in range(2)],
                         [f"{token}\n".encode()] * 2)
        self.assertEqual(self.grants(), 1)

    def test_long_request_id(self) -> None:
        """whatever else the reply holds does not keep the token from being found again"""
        self.script(Reply(passthrough=True, headers={"dg-request-id": "\u00ff\\\"<" * 2000}))
        self.assertFalse(self.is_cached("--cache"))
        self.assertTrue(self.is_cached("--cache"))

    def test_granted_another_life(self) -> None:
        """the granted life counts, and the warning comes with the cached token too"""
        token = fake_jwt(TOKEN_CLAIMS)
        self.script(Reply(body={"access_token": token, "expires_in": 30}))
        for _ in range(2):
            outcome = self.run_it("grant", "--cache", "--ttl", "60")
            self.assertEqual((outcome.status, outcome.stdout), (0, f"{token}\n".encode()))
            self.assertIn(STRANGE, outcome.message)
        self.assertLessEqual(self.report("--cache", "--ttl", "60")["expires_in"], 30)
        self.assertEqual(self.grants(), 1)


class StrictTest(CacheTest):
    def test_cached_token_of_the_right_life(self) -> None:
        """the life it was granted counts, not what is left of it"""
        token = self.token("--cache", "--ttl", "60", "--strict-ttl")
        time.sleep(1.1)
        self.assertEqual(self.token("--cache", "--ttl", "60", "--strict-ttl"), token)
        self.assertEqual(self.grants(), 1)

    def test_cached_token_of_another_life(self) -> None:
        """promise 16: a token that was granted another life is not printed from the cache either"""
        self.script(Reply(body={"access_token": fake_jwt(TOKEN_CLAIMS), "expires_in": 30}), times=2)
        self.assertEqual(self.run_it("grant", "--cache", "--ttl", "60").status, 0)
        outcome = self.run_it("grant", "--cache", "--ttl", "60", "--strict-ttl")
        self.assertEqual((outcome.status, outcome.stdout), (8, b""))

    def test_server_that_has_mended_its_ways(self) -> None:
        """a grant that failed for its lifetime is not the end: the next run asks again"""
        self.script(Reply(body={"access_token": fake_jwt(TOKEN_CLAIMS), "expires_in": 30}))
        strict = ("--cache", "--ttl", "60", "--strict-ttl")
        self.assertEqual(self.run_it("grant", *strict).status, 8)
        self.token(*strict)
        self.assertEqual(self.grants(), 2)
        self.assertFalse(self.asks(*strict))

    def test_check_is_about_a_fresh_token(self) -> None:
        """check --auth grant mints, whatever the profile says, and leaves the cache alone"""
        self.config("cache = true\nttl = 600\n")
        kept = self.token()
        for _ in range(2):
            minted = len(self.box.tokens)
            outcome = self.run_it("check", "--auth", "grant", "--probe", "listen")
            self.assertEqual(outcome.status, 0, outcome.message)
            self.assertEqual(len(self.box.tokens), minted + 1)
        self.assertEqual(self.token(), kept)


if __name__ == "__main__":
    unittest.main()
