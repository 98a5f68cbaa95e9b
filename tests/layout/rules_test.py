#!/usr/bin/env python3
"""Shows on a made-up tree that each rule of rules.py can go red, and stays green on sound code."""

import re
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import rules


class MadeUpTree(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = Path(folder.name)
        self.write("src/main.cpp", "int main() {}\n")

    def write(self, path: str, text: str):
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)

    def places(self, rule) -> list[str]:
        return [finding.place for finding in rule(self.root)]


class IncludeArrows(MadeUpTree):
    def judge(self, path: str, include: str) -> list[str]:
        self.write(f"src/{path}", f"#pragma once\n{include}\n")
        places = self.places(rules.include_arrows)
        (self.root / "src" / path).unlink()
        return places

    def test_listed_arrows_are_green(self):
        for path, include in [
            ("main.cpp", '#include "cli/run.hpp"'),
            ("cli/run.cpp", '#include "commands/grant.hpp"'),
            ("cli/run.cpp", '#include "base/error.hpp"'),
            ("json/reader.cpp", '#include "json/reader.hpp"'),
            ("http/deep/exchange.cpp", "#include <curl/curl.h>"),
            ("credentials/config_reader.cpp", "#include <toml++/toml.h>"),
            ("deepgram/ttl.cpp", "#include <fmt/format.h>"),
            ("host/files.cpp", "#include <sys/stat.h>"),
            ("host/files.cpp", "#include <unistd.h>"),
            ("host/files.cpp", "#include <vector>"),
            ("host/files.cpp", '// #include "cli/run.hpp"'),
        ]:
            with self.subTest(path=path, include=include):
                self.assertEqual(self.judge(path, include), [])

    def test_anything_else_is_red(self):
        for path, include in [
            ("main.cpp", '#include "deepgram/client.hpp"'),
            ("cli/run.cpp", '#include "deepgram/ttl.hpp"'),
            ("commands/grant.cpp", '#include "cli/run.hpp"'),
            ("http/retry.cpp", '#include "json/reader.hpp"'),
            ("base/text.cpp", '  #  include "host/files.hpp"'),
            ("base/text.cpp", "#include <host/files.hpp>"),
            ("deepgram/client.cpp", "#include <curl/curl.h>"),
            ("deepgram/client.cpp", '#include "rapidjson/document.h"'),
            ("credentials/api_key.cpp", "#include <toml++/toml.h>"),
            ("host/console.cpp", "#include <CLI/CLI.hpp>"),
            ("json/reader.cpp", "#include <tl/expected.hpp>"),
            ("json/reader.cpp", "#include <nettle/sha2.h>"),
            ("http/tls.cpp", "#include <openssl/ssl.h>"),
            ("http/retry.cpp", '#include "message.hpp"'),
            ("http/retry.cpp", '#include "../base/error.hpp"'),
            ("http/retry.cpp", "#include HEADER"),
            ("tools/thing.cpp", "#include <vector>"),
        ]:
            with self.subTest(path=path, include=include):
                self.assertEqual(self.judge(path, include), [f"src/{path}:2"])


class TestNames(MadeUpTree):
    def judge(self, *lines: str) -> list[str]:
        self.write("tests/unit/a_test.cpp", "\n".join(lines))
        return self.places(rules.test_names)

    def test_semicolon(self):
        for red in [
            'TEST_CASE("one; two") {}',
            'TEST_CASE(\n    "one"\n    "two;") {}',
            'TEST_CASE_FIXTURE(Home, "one;") {}',
            'TEST_CASE_TEMPLATE("one;", T, int) {}',
        ]:
            with self.subTest(red=red):
                places = self.judge('TEST_CASE("fine, really") { f("a;b"); }', red)
                self.assertEqual(places, ["tests/unit/a_test.cpp:2"])

    def test_same_name_twice(self):
        self.write("tests/unit/a_test.cpp", 'TEST_CASE("one") {}\n')
        self.write("tests/unit/b_test.cpp", 'TEST_CASE("one") {}\n')
        self.assertEqual(self.places(rules.test_names), ["tests/unit/b_test.cpp:1"])


class FileLengths(MadeUpTree):
    def test_long_files(self):
        for path in ["src/a/long.cpp", "tests/long.py", "scripts/long"]:
            self.write(path, "x\n" * (rules.MAX_LINES + 1))
        self.write("src/a/full.cpp", "x\n" * rules.MAX_LINES)
        self.write("tests/cases/data.json", "x\n" * 1000)
        expected = ["src/a/long.cpp:351", "tests/long.py:351", "scripts/long:351"]
        self.assertEqual(self.places(rules.file_lengths), expected)

    def test_long_main(self):
        self.write("src/main.cpp", "x\n" * (rules.MAX_MAIN_LINES + 1))
        self.assertEqual(self.places(rules.file_lengths), ["src/main.cpp:41"])


class RevealingFiles(MadeUpTree):
    def test_only_the_listed_files(self):
        code = "// reveal() shows it\nauto x = key.reveal();\n"
        self.write("src/json/reader.cpp", code)
        self.write("src/base/secret.hpp", code)
        self.assertEqual(self.places(rules.revealing_files), ["src/json/reader.cpp:2"])

    def test_by_its_address(self):
        self.write("src/json/reader.cpp", "auto f = &Secret::reveal;\n")
        self.assertEqual(self.places(rules.revealing_files), ["src/json/reader.cpp:1"])

    def test_every_listed_file_does(self):
        src = Path(__file__).parents[2] / "src"
        for path in rules.REVEALING:
            with self.subTest(path=path):
                self.assertIn("reveal()", (src / path).read_text())


class BannedCode(MadeUpTree):
    RED = [
        "set(CURLOPT_SSL_VERIFYPEER, 0L);",
        "set(CURLOPT_SSL_VERIFYPEER, verify);",
        "set(CURLOPT_SSL_VERIFYHOST, 0);",
        "set(CURLOPT_PROXY_SSL_VERIFYHOST, 1);",
        'add_flag("-k,--insecure", x);',
        'add_flag("--insecure", x);',
        "set(CURLOPT_FOLLOWLOCATION, 1L);",
        "set(CURLOPT_NETRC, CURL_NETRC_OPTIONAL);",
        "fail(error.what());",
        "fail(error.description());",
        "set(CURLOPT_VERBOSE, 1L);",
        "set(CURLOPT_DEBUGFUNCTION, f);",
        "std::system(line);",
        "::popen(line, mode);",
        'option->envname("DEEPGRAM_API_KEY");',
        'std::getenv("HOME");',
        "std::cout << token;",
        "fmt::print(text);",
        "std::fputs(text, stderr);",
    ]
    GREEN = [
        "set(CURLOPT_SSL_VERIFYPEER, 1L);",
        "set(CURLOPT_SSL_VERIFYHOST, 2L);",
        "set(CURLOPT_FOLLOWLOCATION, 0L);",
        'add_flag("-q,--quiet", x);',
        "std::snprintf(buffer, size, format);",
        "// error.what() repeats the value",
        "file_system(path);",
    ]

    def test_red(self):
        for line in self.RED:
            with self.subTest(line=line):
                self.write("src/credentials/a.cpp", f"\n{line}\n")
                self.assertEqual(self.places(rules.banned_code), ["src/credentials/a.cpp:2"])

    def test_green(self):
        self.write("src/credentials/a.cpp", "\n".join(self.GREEN))
        self.assertEqual(self.places(rules.banned_code), [])

    def test_exceptions(self):
        self.write("src/host/environment.cpp", 'std::getenv("HOME");\n')
        self.write("src/http/trust_store.cpp", "store.description();\n")
        self.assertEqual(self.places(rules.banned_code), [])

    def test_every_ban_has_gone_red(self):
        for ban in rules.BANS:
            with self.subTest(pattern=ban.pattern):
                self.assertTrue(any(re.search(ban.pattern, line) for line in self.RED))


class Program(MadeUpTree):
    def check(self) -> subprocess.CompletedProcess:
        program = Path(__file__).with_name("check_layout.py")
        return subprocess.run(
            [sys.executable, program, self.root], capture_output=True, text=True, timeout=30
        )

    def test_green(self):
        done = self.check()
        self.assertEqual((done.returncode, done.stderr), (0, ""))

    def test_red(self):
        self.write("src/json/a.cpp", '#include "cli/run.hpp"\n')
        done = self.check()
        expected = "src/json/a.cpp:1: json may not include cli (cli/run.hpp)\n"
        self.assertEqual((done.returncode, done.stderr), (1, expected))

    def test_an_empty_tree_is_red(self):
        (self.root / "src/main.cpp").unlink()
        self.assertEqual(self.check().returncode, 1)


if __name__ == "__main__":
    unittest.main()
