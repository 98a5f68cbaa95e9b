#!/usr/bin/env python3
"""Help: the same however it is asked for, and readable."""

import unittest

from place import Place, binary_from_environment

DGAUTH = binary_from_environment()
COMMANDS = ["grant", "header", "check", "cache", "transcribe-url", "transcribe-file", "completion"]
WIDEST = 80


class HelpTest(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())

    def help(self, *args: str) -> str:
        outcome = self.place.run([DGAUTH, *args])
        self.assertEqual((outcome.status, outcome.stderr), (0, b""), outcome.message)
        return outcome.stdout.decode()

    def test_help_of_a_command(self) -> None:
        """dgauth help COMMAND is dgauth COMMAND --help"""
        for command in COMMANDS:
            with self.subTest(command):
                text = self.help(command, "--help")
                self.assertEqual(self.help("help", command), text)
                self.assertEqual(self.help(command, "-h"), text)
                self.assertEqual(self.help(command, "--ttl", "0", "--help", "--nonsense"), text)
        self.assertNotEqual(self.help("help", "grant"), self.help("help", "header"))

    def test_help_of_all(self) -> None:
        self.assertEqual(self.help("help"), self.help("--help"))
        self.assertEqual(self.help("-h"), self.help("--help"))

    def test_short_help(self) -> None:
        """dgauth alone: short help on stderr, status 2"""
        outcome = self.place.run([DGAUTH])
        self.assertEqual((outcome.status, outcome.stdout), (2, b""))
        self.assertLessEqual(len(outcome.message), len(self.help("--help")))
        for command in COMMANDS:
            self.assertIn(command, outcome.message)

    def test_lines(self) -> None:
        """no line is too wide for a terminal, none ends in a blank"""
        for args in (["--help"], *([command, "--help"] for command in COMMANDS)):
            for line in self.help(*args).splitlines():
                self.assertLessEqual(len(line), WIDEST, line)
                self.assertEqual(line, line.rstrip())
                self.assertNotIn("Excludes:", line)


if __name__ == "__main__":
    unittest.main()
