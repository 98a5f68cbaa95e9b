"""Runs the EXAMPLES of every `--help` against the sandbox.

Environment: DGAUTH_BINARY, the program; DGAUTH_TREE, the executable print_command_tree.
"""

from __future__ import annotations

import os
import subprocess
import sys
import unittest
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "man")]

from generate import ask_tree  # noqa: E402
from man_examples import Example, Outcome, run_example  # noqa: E402

BINARY = os.environ["DGAUTH_BINARY"]
EXAMPLES_OF_ONE = 3


def help_text(*words: str) -> str:
    environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
    return subprocess.run(
        [BINARY, *words], env=environment, capture_output=True, text=True, timeout=30, check=True
    ).stdout


def examples_of(page: str) -> list[str]:
    """The lines below each comment of the section."""
    section = page.partition("\nEXAMPLES\n")[2].partition("\n\n")[0]
    examples: list[str] = []
    for line in section.splitlines():
        if line.startswith("  # "):
            examples.append("")
        else:
            examples[-1] += line.removeprefix("  ") + "\n"
    return examples


def run(script: str) -> Outcome:
    return run_example(Example("--help", "", script.strip()), BINARY)


def complaints(script: str, outcome: Outcome) -> list[str]:
    """What is wrong with the outcome; empty if nothing is."""
    wrong = [] if outcome.status == 0 else [f"status {outcome.status}"]
    if not all(line.startswith(("dgauth: trace: ", "dgauth: note: ")) for line in outcome.stderr.splitlines()):
        wrong.append("something on standard error")
    has_result = outcome.stdout.strip() or outcome.requests or "completion" in script
    if not has_result and "cache clear" not in script:
        wrong.append("nothing happened")
    if "err_code" in outcome.stdout + outcome.files:
        wrong.append("the sandbox refused a request")
    return wrong


class HelpExamples(unittest.TestCase):
    def test_each_example_works(self) -> None:
        for name in ["", *(command["name"] for command in ask_tree(os.environ["DGAUTH_TREE"])["commands"])]:
            examples = examples_of(help_text(*name.split(), "--help"))
            self.assertEqual(len(examples), EXAMPLES_OF_ONE, name)
            for script in examples:
                with self.subTest(script):
                    self.assertIn(f"dgauth {name}".strip(), "".join(examples))
                    outcome = run(script)
                    self.assertFalse(complaints(script, outcome), f"{script}\n{outcome}")

    def test_an_example_stops_where_dgauth_fails(self) -> None:
        """With a key that is not allowed to mint, what follows on the line is not run."""
        for script in (
            'line=$(dgauth grant -o export) && eval "$line" && echo done',
            'auth=$(dgauth header -o curl) && echo "$auth" | curl -sS -K - https://api.deepgram.com/',
        ):
            with self.subTest(script):
                outcome = run("DEEPGRAM_API_KEY=fake-key-nobody-has\n" + script)
                self.assertNotEqual(outcome.status, 0)
                self.assertNotIn("done", outcome.stdout)
                self.assertLessEqual(len(outcome.requests), 1)


class Itself(unittest.TestCase):
    """An example that does not work goes red."""

    def said(self, script: str) -> list[str]:
        return complaints(script, run(script))

    def test_unknown_option(self) -> None:
        self.assertIn("status 2", self.said("dgauth grant --no-such-option"))

    def test_nothing_at_all(self) -> None:
        self.assertIn("nothing happened", self.said("true"))

    def test_warning(self) -> None:
        self.assertIn("something on standard error", self.said("dgauth header --auth key"))


if __name__ == "__main__":
    unittest.main()
