#!/usr/bin/env python3
"""SECURITY.md and the tests name the same promises: each has a test, and each that a test names is on the page."""

import re
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TESTS = ROOT / "tests"
KINDS = {".cpp", ".hpp", ".py", ".json"}
ROW = re.compile(r"^\| (\d+) \| [A-Z`.]", re.MULTILINE)
# "promise 17", "promises 9 and 13", "promises 2, 26 and 29", "promise": 17
NAMED = re.compile(r'\bpromises?"?:? ((?:\d+(?:, | and )?)+)')
BUILD = 28  # the compiler's flags hold it


def numbers_on(page: str) -> list[int]:
    return [int(number) for number in ROW.findall(page)]


def numbers_in(text: str) -> set[int]:
    return {int(number) for group in NAMED.findall(text) for number in re.findall(r"\d+", group)}


def numbers_in_tests() -> set[int]:
    files = (path for path in TESTS.rglob("*")
             if path.suffix in KINDS and path.resolve() != Path(__file__).resolve())
    return set().union(*(numbers_in(path.read_text(encoding="utf-8", errors="replace")) for path in files))


class SecurityPage(unittest.TestCase):
    def setUp(self) -> None:
        self.promised = numbers_on((ROOT / "SECURITY.md").read_text(encoding="utf-8"))

    def test_each_number_once_and_in_order(self) -> None:
        self.assertGreater(len(self.promised), 20)
        self.assertEqual(self.promised, sorted(set(self.promised)))

    def test_each_has_a_test(self) -> None:
        self.assertEqual(set(self.promised) - numbers_in_tests(), set())

    def test_each_that_a_test_names_is_promised(self) -> None:
        self.assertEqual(numbers_in_tests() - set(self.promised) - {BUILD}, set())

    def test_how_tests_name_them(self) -> None:
        self.assertEqual(numbers_in('promise 17; promises 2, 26 and 29; {"promise": 4}'), {17, 2, 26, 29, 4})
        self.assertEqual(numbers_on("| 17 | A token\n| a | 18 |\n"), [17])


if __name__ == "__main__":
    unittest.main()
