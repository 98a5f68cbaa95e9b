"""Runs the examples of the manual: as they are, and with a key that Deepgram refuses.

Environment: DGAUTH_BINARY, the program.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import unittest
from pathlib import Path

from man_examples import BAD_KEY, Example, Outcome, all_examples, run_example

HARMLESS = ("dgauth: note: ", "dgauth: trace: ")
BINARY = os.environ.get("DGAUTH_BINARY", "")


def complaints(example: Example, outcome: Outcome) -> list[str]:
    """What is wrong with the outcome; empty if nothing is."""
    output = outcome.stdout + outcome.files
    wrong = []
    if outcome.status != 0:
        wrong.append(f"status {outcome.status}")
    if not all(line.startswith(HARMLESS) for line in outcome.stderr.splitlines()):
        wrong.append("something on standard error")
    if "err_code" in output:
        wrong.append("the sandbox refused a request")
    if not example.sends:
        wrong += ["a request was sent"] if outcome.requests else []
        return wrong
    if not output.strip():
        wrong.append("no output")
    if not example.mints:
        wrong += [] if outcome.requests else ["nothing was sent"]
        return wrong
    sent = "\n".join(value for request in outcome.requests for _, value in request.headers)
    wrong += [] if outcome.tokens else ["no token was minted"]
    wrong += ["a token went nowhere" for t in outcome.tokens if t not in output + sent]
    shown = any(token in outcome.arguments for token in outcome.tokens)
    if shown and "visible" not in example.title:
        wrong.append("a token was on a command line, and the text does not say so")
    if "visible" in example.title and not shown:
        wrong.append("the text warns of a command line, and no token was on one")
    return wrong


def complaints_of_failure(outcome: Outcome) -> list[str]:
    """The same for a run whose key was refused: nothing must go on."""
    wrong = []
    if outcome.status == 0:
        wrong.append("status 0")
    if outcome.arguments:
        wrong.append("another program was started")
    agents = [dict(request.headers).get("User-Agent", "") for request in outcome.requests]
    if not all(agent.startswith("dgauth/") for agent in agents):
        wrong.append("another program sent something")
    if not outcome.requests:
        wrong.append("nothing was sent")
    return wrong


def can_run(example: Example) -> bool:
    return not example.is_fish or shutil.which("fish") is not None


class ManExamples(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.examples = [each for each in all_examples() if can_run(each)]
        cls.scripts = [each for each in cls.examples if not each.is_configuration]

    def test_there_are_some_on_each_page(self) -> None:
        pages = {example.page for example in all_examples()}
        folder = Path(__file__).resolve().parents[2] / "man"
        self.assertEqual(pages, {page.name for page in folder.glob("dgauth*.[1-8]")})

    def test_each_example_works(self) -> None:
        for example in self.scripts:
            with self.subTest(page=example.page, title=example.title):
                self.assertIn("dgauth", example.script)
                outcome = run_example(example, BINARY)
                wrong = complaints(example, outcome)
                self.assertFalse(wrong, f"\n{example.script}\n{wrong}\n{outcome}")

    def test_none_goes_on_after_a_failure(self) -> None:
        for example in self.scripts:
            if example.sends:
                with self.subTest(page=example.page, title=example.title):
                    outcome = run_example(example, BINARY, BAD_KEY)
                    wrong = complaints_of_failure(outcome)
                    self.assertFalse(wrong, f"\n{example.script}\n{wrong}\n{outcome}")

    def test_each_configuration_is_accepted(self) -> None:
        for example in self.examples:
            if example.is_configuration:
                with self.subTest(title=example.title):
                    self.assertEqual(accept(example.script), (0, ""))


def accept(configuration: str) -> tuple[int, str]:
    """Status and standard error of a run that reads this configuration and sends nothing."""
    with tempfile.TemporaryDirectory(prefix="dgauth-example-") as folder:
        file = Path(folder, "config.toml")
        file.write_text(configuration, encoding="utf-8")
        done = subprocess.run(
            [BINARY, "grant", "--dry-run", "--config", str(file)],
            env={"HOME": folder},
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
        return done.returncode, done.stderr


class Itself(unittest.TestCase):
    """An example that does not work goes red."""

    def said(self, script: str, title: str = "") -> list[str]:
        example = Example("dgauth.1", title, script)
        return complaints(example, run_example(example, BINARY))

    def said_of_failure(self, script: str, title: str = "") -> list[str]:
        example = Example("dgauth.1", title, script)
        return complaints_of_failure(run_example(example, BINARY, BAD_KEY))

    def test_unknown_option(self) -> None:
        self.assertIn("status 2", self.said("dgauth grant --no-such-option"))

    def test_token_that_is_not_used(self) -> None:
        self.assertIn("a token went nowhere", self.said("x=$(dgauth grant); echo done"))

    def test_refused_request(self) -> None:
        refused = "curl -sS -H 'Authorization: Bearer x' -d {} https://api.deepgram.com/v1/listen"
        said = self.said(f"dgauth grant; {refused}")
        self.assertIn("the sandbox refused a request", said)

    def test_request_of_a_dry_run(self) -> None:
        self.assertIn("a request was sent", self.said("dgauth grant --dry-run; dgauth grant"))

    def test_token_on_a_command_line(self) -> None:
        script = 'curl -sS -H "$(dgauth header)" https://api.deepgram.com/v1/listen?model=nova-3'
        said = "a token was on a command line, and the text does not say so"
        self.assertIn(said, self.said(script))
        self.assertNotIn(said, self.said(script, "It is visible"))
        self.assertIn(
            "the text warns of a command line, and no token was on one",
            self.said("dgauth grant", "It is visible"),
        )

    def test_scripts_that_go_on(self) -> None:
        for script in (
            'eval "$(dgauth grant -o export)"',
            'curl -H "$(dgauth header)" https://api.deepgram.com/v1/listen',
            "dgauth grant -o curl | curl -K - https://api.deepgram.com/v1/listen",
            'line=$(dgauth grant -o export) && eval "$line"\n./transcribe talk.wav; true',
        ):
            with self.subTest(script):
                self.assertTrue(self.said_of_failure(script))

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish_that_goes_on(self) -> None:
        self.assertTrue(self.said_of_failure("dgauth grant -o fish | source"))


if __name__ == "__main__":
    unittest.main()
