#!/usr/bin/env python3
"""promises 1, 16, 19 and 24: every command, going well and going wrong, and no secret anywhere."""

import unittest

from leak_echo import CALLBACK, KINDS, SECRETS, TURNS, URL, Echo
from leak_run import DGAUTH, PROBES, QUICK, TOKENS, TYPED, LeakHuntTest, Run, leaks_of
from place import Place
from trial import files_below

CHECK_FORMATS = {"text": "txt", "json": "json", "junit": "xml", "tap": "tap", "github": "md"}
RAW = {"nonsense", "bad token", "names", "cut"}  # an answer of the service, byte for byte


class EchoTest(LeakHuntTest):
    """promise 19: the server says the secrets back"""

    def test_while_minting(self) -> None:
        self.hunt([(Echo(kind, turn, mints=kind == "good"), run)
                   for kind in KINDS for turn in (0, 1) for run in (
            Run("grant -o json --ttl 60 --strict-ttl", stdout=TOKENS),
            Run("header --cache --ttl 60", stdout=TOKENS, files=TOKENS))])

    def test_check(self) -> None:
        forms = list(CHECK_FORMATS.items())
        self.hunt([(Echo(kind, turn, mints=auth == "grant"),
                    Run(f"check --auth {auth} {PROBES} -o {forms[number][0]} "
                        f"--report report.{forms[number - 1][1]}"))
                   for kind in KINDS for number in range(len(forms)) for turn in (0, 1)
                   for auth in (("key", "grant", "token")[(number + turn) % 3],)])

    def test_transcribe(self) -> None:
        jobs = []
        for kind in KINDS:
            raw = tuple(SECRETS) if kind in RAW else ()
            for turn in range(TURNS):
                auth = ("key", "grant", "token")[turn]
                jobs += [(Echo(kind, turn, mints=True), each) for each in (
                    Run(f"transcribe-url {URL} --auth {auth}", stdout=raw),
                    Run(f"transcribe-url -o json {URL}", stdout=raw),
                    Run(f"transcribe-url -o json {URL} {URL}2", stdout=(*raw, *TYPED)),
                    Run(f"transcribe-url -o json --output-dir out {URL} {URL}2", files=raw),
                    Run(f"transcribe-url --callback {CALLBACK} {URL}"),
                    Run(f"transcribe-url --callback {CALLBACK} {URL} -o json", stdout=raw),
                    Run(f"transcribe-file -o vtt talk.wav --auth {auth}", stdout=raw))]
        self.hunt(jobs)


class QuietTest(LeakHuntTest):
    """what goes well, and what is never sent"""

    def good(self, *runs: Run) -> None:
        self.hunt([(Echo("good", 0, mints=True), run) for run in runs])

    def test_formats(self) -> None:
        """promises 16, 19 and 24: every format, on stdout, in files and in the cache"""
        github = {"GITHUB_ACTIONS": "true", "GITHUB_ENV": "env", "GITHUB_OUTPUT": "outputs",
                  "GITHUB_STEP_SUMMARY": "summary"}
        runs = [Run(f"{words} {more}", stdout=TOKENS, files=TOKENS, statuses=(0,))
                for words in (*(f"grant -o {form}" for form in (
                    "token", "json", "header", "export", "fish", "dotenv", "curl")),
                    *(f"header --auth {auth} -o {form}" for auth in ("grant", "token") for form in (
                        "header", "value", "curl", "ws", "ws-value", "json")))
                for more in (("--out file", "") if "token" in words else ("--cache", "--no-cache"))]
        runs += [Run("header --auth key", stdout=("key",), statuses=(0,)),
                 Run("grant -o github", files=TOKENS, env=github, statuses=(0,)),
                 Run("check -o github", env=github)]
        runs += [Run(f"check -o {form} --report report.{ending} --auth {auth} {PROBES}", env=github)
                 for form, ending in CHECK_FORMATS.items() for auth in ("key", "grant", "token")]
        runs += [Run(f"{words} -o {form} --output-dir out --auth {auth}", statuses=(0,))
                 for words in (f"transcribe-url {URL} {URL}2", "transcribe-file talk.wav")
                 for form in ("text", "json", "srt", "vtt") for auth in ("key", "none")]
        self.good(*runs)

    def test_dry_runs(self) -> None:
        """promise 19: what would be sent, in each format, without the credential"""
        self.good(*(Run(f"{words} --dry-run {form}", stdout=TYPED, statuses=(0,))
                    for words in ("grant --ttl 60", "header", "header --auth key", "check",
                                  "header --auth token", f"transcribe-url {URL}",
                                  f"transcribe-url {URL} {URL}2 --auth grant",
                                  f"transcribe-url {URL} --callback {CALLBACK} --auth token",
                                  "transcribe-file talk.wav")
                    for form in ("", "-o json", "-o curl")
                    if form == "" or words != "check"))

    def test_sources_of_the_key(self) -> None:
        """promises 19 and 24: wherever the key comes from"""
        self.good(*(Run(f"{source} {words}", stdout=TOKENS, files=TOKENS, stdin=stdin,
                        env={"DEEPGRAM_API_KEY": None} | env, statuses=(0, 8))
                    for source, stdin, env in (
                        ("--api-key-file key", None, {}),
                        ("--api-key-file -", SECRETS["key"].encode() + b"\n", {}),
                        ("-c api_key_file.toml", None, {}), ("-c api_key_command.toml", None, {}),
                        ("", None, {"DEEPGRAM_API_KEY_FILE": "key"}),
                        ("", None, {"DEEPGRAM_API_KEY": SECRETS["key"]}))
                    for words in ("grant", "header", f"check {PROBES}", f"transcribe-url {URL}",
                                  "transcribe-file talk.wav", "cache clear")))

    def test_nothing_sent(self) -> None:
        self.good(*(Run(words, statuses=(0,)) for words in (
            "help grant", "--help", "--version", "cache clear", "completion bash",
            "completion zsh", "completion fish", "check --help", "grant --help")))

    def test_in_the_wrong_place(self) -> None:
        """promises 1 and 19: a key typed, pasted or configured where none belongs"""
        key = SECRETS["pasted"]
        runs = [Run(words.replace("KEY", key), statuses=(1, 2, 3)) for words in (
            "grant --api-key KEY", "grant --api-key=KEY", "--token KEY grant", "--key=KEY header",
            "grant --ttl KEY", "grant --var KEYx=", "grant -o KEY", "grant KEY", "KEY", "help KEY",
            "check --probe KEY", "check --report missing/KEY", "check --expect KEY",
            "header --auth KEY",
            "--foo=KEY grant", "-p KEY grant", "-c KEY grant", "--region KEY grant",
            "--base-url https://joe:KEY@api.deepgram.com grant",
            "--base-url https://a/?k=KEY grant",
            "--base-url KEY grant", "--api-key-file KEY grant", "transcribe-file KEY",
            "transcribe-url KEY", "transcribe-file talk.wav --from-file KEY", "--timeout KEY grant",
            "transcribe-url file:///KEY", "completion KEY", "cache KEY", "grant --min-valid KEY",
            "transcribe-file talk.wav --param KEY")]
        runs += [Run("grant", env=env, statuses=(2, 3)) for env in (
            {"DEEPGRAM_API_KEY": f"Token {key}"}, {"DEEPGRAM_API_KEY": f"{key} {key}"},
            {"DEEPGRAM_API_KEY": f"{key}\n{key}"}, {"DEEPGRAM_API_KEY": f"{key}\xe9"},
            {"DEEPGRAM_API_KEY": None, "DEEPGRAM_API_KEY_FILE": key},
            {"DEEPGRAM_BASE_URL": f"https://joe:{key}@a.example"}, {"DGAUTH_PROFILE": key},
            {"DEEPGRAM_BASE_URL": key}, {"DGAUTH_CONFIG": key})]
        self.good(*runs)

    def test_in_the_wrong_line_of_the_configuration(self) -> None:
        """promise 19: and the parser's words do not repeat it"""
        key = SECRETS["pasted"]
        for text in (f"api_key_file = '{key}'", f"api_key_file = '/run/secrets/{key}'",
                     f"api_key_command = ['{key}']", f"api_key_command = ['./{key}', 'x']",
                     f"api_key = '{key}", f"api_key = {key}", f"{key} = 1", f"ttl = '{key}'",
                     f"region = '{key}'", f"base_url = 'https://x/?{key}'", f"profile = '{key}'",
                     f"api_key = ['{key}']", f"api_key = 'Bearer {key}'",
                     f"api_key_file = 'key'\n[profiles.{key}]\nttl = 0"):
            with self.subTest(text), Place() as place:
                place.write("~/.config/dgauth/config.toml", f"[profiles.a]\n{text}\n")
                before = files_below(place)
                outcome = place.run([DGAUTH, "grant", "-v", *QUICK], {
                    "DGAUTH_PROFILE": "a", "DEEPGRAM_BASE_URL": "http://127.0.0.1:1"})
                self.assertEqual(leaks_of(Run("grant"), outcome, place, before), [])
                self.assertIn(outcome.status, (2, 3), outcome.message)


if __name__ == "__main__":
    unittest.main()
