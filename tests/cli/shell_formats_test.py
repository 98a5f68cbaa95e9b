#!/usr/bin/env python3
"""promise 21: what dgauth prints for a shell, a file or curl is read back as the same token."""

import shutil
import unittest

from place import Place, binary_from_environment
from sandbox import Reply, Sandbox
from text import TOKEN_CLAIMS, fake_jwt

DGAUTH = binary_from_environment()
TOKENS = [
    fake_jwt(TOKEN_CLAIMS),
    "ABCXYZabcxyz0189._~+/-==",
    "-begins-with-a-dash",
    "-n",
    "/begins/with/a/slash",
    "+0x10",
    "0",
    "a~b/~c",
    "a" * 8192,
]
TILDE = "~root/looks.like.a.home"
POSIX_SHELLS = ["bash", "dash", "zsh"]
NAME = "DEEPGRAM_ACCESS_TOKEN"
ODD_KEY = "fake-key\\nwith$(id)`id`;#marks}[0]%41&x:y\\"


class ShellFormatsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.box = Sandbox(tls=False)
        cls.box.start()
        cls.addClassCleanup(cls.box.stop)

    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box.requests.clear()
        self.env = {"DEEPGRAM_BASE_URL": self.box.base_url, "DGAUTH": DGAUTH,
                    "DEEPGRAM_API_KEY": self.box.keys["member"]}

    def mint(self, token: str) -> None:
        self.box.script(Reply(body={"access_token": token, "expires_in": 30}))

    def shell(self, shell: str, script: str, **env: str) -> bytes:
        if not shutil.which(shell):
            self.skipTest(f"{shell} is not here")
        quiet = {"fish": ["--no-config"], "zsh": ["-f"], "bash": ["--norc"]}.get(shell, [])
        done = self.place.run([shell, *quiet, "-c", script], self.env | env)
        self.assertEqual((done.status, done.stderr), (0, b""), done.message)
        return done.stdout

    def read_back(self, shell: str, script: str, tokens: list[str]) -> None:
        for token in tokens:
            with self.subTest(shell=shell, token=token[:40]):
                self.mint(token)
                self.assertEqual(self.shell(shell, script), token.encode())

    def test_command_substitution(self) -> None:
        """TOKEN=$(dgauth grant --ttl 60) is the token"""
        for shell in POSIX_SHELLS:
            script = 'TOKEN=$("$DGAUTH" grant -q --ttl 60) && printf "%s" "$TOKEN"'
            self.read_back(shell, script, [*TOKENS, TILDE])
        self.read_back("fish", 'set t ($DGAUTH grant -q --ttl 60); printf "%s" "$t"',
                       [*TOKENS, TILDE])

    def test_export(self) -> None:
        """promise 21: export"""
        for shell in POSIX_SHELLS:
            script = f'eval "$("$DGAUTH" grant -o export)" && printenv {NAME} | tr -d "\\n"'
            self.read_back(shell, script, [*TOKENS, TILDE])

    def test_export_from_a_file(self) -> None:
        """promise 21: export, read as a file"""
        for shell in POSIX_SHELLS:
            script = f'"$DGAUTH" grant -o export --force --out e && . ./e && printf "%s" "${NAME}"'
            self.read_back(shell, script, [*TOKENS, TILDE])

    def test_fish(self) -> None:
        """promise 21: fish"""
        script = f'$DGAUTH grant -o fish | source; printenv {NAME} | tr -d "\\n"'
        self.read_back("fish", script, [*TOKENS, TILDE])

    def test_dotenv(self) -> None:
        """promise 21: dotenv, read by shells"""
        for shell in POSIX_SHELLS:
            script = ('"$DGAUTH" grant -o dotenv --out .env && set -a && . ./.env && '
                      f'printenv {NAME} | tr -d "\\n"')
            self.read_back(shell, script, TOKENS)

    def test_dotenv_as_lines(self) -> None:
        """promise 21: dotenv, read the way env files are read: up to the first ="""
        for token in TOKENS:
            self.mint(token)
            text = self.shell("bash", '"$DGAUTH" grant -o dotenv').decode()
            self.assertEqual(text, f"{NAME}={token}\n")

    def test_variable_names(self) -> None:
        for shell in POSIX_SHELLS:
            script = 'eval "$("$DGAUTH" grant -o export --var MY_2)" && printf "%s" "$MY_2"'
            self.read_back(shell, script, TOKENS[:1])
        self.read_back("fish", '$DGAUTH grant -o fish --var MY_2 | source; printf "%s" "$MY_2"',
                       TOKENS[:1])

    def test_curl(self) -> None:
        """promise 21: curl -K reads grant's and header's line"""
        for command in ("grant", "header"):
            for token in TOKENS:
                with self.subTest(command=command, token=token[:40]):
                    self.mint(token)
                    self.shell("bash", f'"$DGAUTH" {command} -o curl | '
                                       'curl -qsS -o /dev/null -K - "$DEEPGRAM_BASE_URL/x"')
                    self.assertEqual(self.authorization(), f"Bearer {token}")

    def test_curl_with_an_odd_key(self) -> None:
        """promise 21: curl -K reads a key with backslashes and what shells obey"""
        self.shell("bash", '"$DGAUTH" header -q --auth key -o curl | '
                           'curl -qsS -o /dev/null -K - "$DEEPGRAM_BASE_URL/x"',
                   DEEPGRAM_API_KEY=ODD_KEY)
        self.assertEqual(self.authorization(), f"Token {ODD_KEY}")

    def test_header_for_curl(self) -> None:
        """-H "$(dgauth header)" is one good header"""
        self.mint(TOKENS[0])
        self.shell("dash", 'curl -qsS -o /dev/null -H "$("$DGAUTH" header)" '
                           '"$DEEPGRAM_BASE_URL/x"')
        self.assertEqual(self.authorization(), f"Bearer {TOKENS[0]}")

    def test_github_files(self) -> None:
        """promise 21: github, read the way the runner reads: NAME=value up to the line end"""
        for token in TOKENS:
            self.mint(token)
            self.place.write("env", "")
            self.place.write("output", "")
            outcome = self.place.run([DGAUTH, "grant", "-o", "github"], self.env | {
                "GITHUB_ACTIONS": "true", "GITHUB_ENV": "env", "GITHUB_OUTPUT": "output"})
            self.assertEqual((outcome.status, outcome.stdout), (0, b""), outcome.message)
            self.assertEqual(self.place.path("env").read_text(), f"{NAME}={token}\n")
            self.assertEqual(self.place.path("output").read_text(), f"token={token}\n")

    def test_dry_run_as_curl(self) -> None:
        """the curl command of --dry-run, pasted, sends what grant sends"""
        for prefix in ("", "/a%20b", "/a'b$(id);c&d*"):
            for ttl in ([], ["--ttl", "60"]):
                with self.subTest(prefix=prefix, ttl=ttl):
                    self.box.requests.clear()
                    command = [DGAUTH, "grant", *ttl, "--base-url", self.box.base_url + prefix]
                    self.mint(TOKENS[0])
                    sent = self.place.run(command, self.env)
                    self.assertEqual(sent.status, 0, sent.message)
                    shown = self.place.run([*command, "--dry-run", "-o", "curl"], self.env)
                    self.assertEqual(shown.status, 0, shown.message)
                    for shell in ("bash", "dash", "zsh"):
                        self.mint(TOKENS[0])
                        quiet = shown.stdout.decode().replace("curl ", "curl -sS ", 1)
                        self.shell(shell, quiet)
                        self.assertEqual(self.essence(-1), self.essence(0))

    def authorization(self) -> str | None:
        return dict((n.lower(), v) for n, v in self.box.requests[-1].headers).get("authorization")

    def essence(self, index: int) -> tuple:
        """What makes two requests the same for the server."""
        received = self.box.requests[index]
        headers = {name.lower(): value for name, value in received.headers}
        kept = {name: headers.get(name) for name in ("authorization", "content-type")}
        return received.method, received.target, received.body, kept


if __name__ == "__main__":
    unittest.main()
