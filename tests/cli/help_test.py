#!/usr/bin/env python3
"""Help: the same however it is asked for."""

import unittest

from place import Place, binary_from_environment

DGAUTH = binary_from_environment()
COMMANDS = ["grant", "header", "check", "cache", "transcribe-url", "transcribe-file", "completion"]


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
                self.assertEqual(self.help(command, "--ttl", "0", "--help", "--nonsense"), text)
                self.assertLess(len(self.help(command, "-h")), len(text))
        self.assertNotEqual(self.help("help", "grant"), self.help("help", "header"))

    def test_help_of_all(self) -> None:
        self.assertEqual(self.help("help"), self.help("--help"))
        self.assertLess(len(self.help("-h")), len(self.help("--help")))

    def test_short_help(self) -> None:
        """dgauth alone: short help on stderr, status 2"""
        outcome = self.place.run([DGAUTH])
        self.assertEqual((outcome.status, outcome.stdout), (2, b""))
        self.assertEqual(outcome.stderr.decode(), self.help("-h"))


if __name__ == "__main__":
    unittest.main()
