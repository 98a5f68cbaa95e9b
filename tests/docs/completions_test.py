"""What the completions offer, each asked in its real shell."""

from __future__ import annotations

import re
import shlex
import tempfile
import unittest
from pathlib import Path

import shells

SCRIPTS = Path(__file__).resolve().parents[2] / "completions"
BASH_COMPLETION_PACKAGE = Path("/usr/share/bash-completion/bash_completion")
PARAMETER_LIST = SCRIPTS.parent / "src/deepgram/listen_parameters.cpp"
PARAMETERS = set(re.findall(r'{"(\w+)",', PARAMETER_LIST.read_text(encoding="utf-8")))
CONFIGURATION = """\
profile = "dev"
[profiles.dev]
api_key_file = "key"
 [ profiles.with-spaces ]
[profiles.prod]  # api_key = "secret"
[profiles."my laptop"]
[ profiles . 'my (old) phone' ]
[profiles.dev.more]
[profiles."$(touch evaluated)"]
[profiles.'`touch${IFS}evaluated`']
[profiles."escaped\\u0022"]
[profiles.$(touch${IFS}evaluated)]
[other.thing]
"""
PROFILES = {"dev", "with-spaces", "prod", "my laptop", "my (old) phone"}
TOPICS = {"options", "exit-status", "environment", "configuration", "formats"}
COMMANDS = {
    "grant", "header", "check", "config", "cache", "transcribe-url", "transcribe-file", "completion"
}  # fmt: skip
TRANSCRIPT_FORMATS = {"text", "json", "srt", "vtt"}
HEADER_FORMATS = {"header", "value", "curl", "ws", "ws-value", "json"}
CHECK_FORMATS = {"text", "json", "junit", "tap", "github"}
PROBES = {"grant", "listen", "speak", "read", "listen-ws", "speak-ws", "agent-ws", "manage"}
GRANT_FORMATS = {"token", "json", "header", "export", "fish", "dotenv", "curl", "github"}


def unquoted(offer: str) -> str:
    """bash and zsh offer a profile in the form that the line needs."""
    return shlex.split(offer)[0] if "\\" in offer else offer


class Cases:
    """The same for the three shells: words typed, the last one being completed, and the offer."""

    shell: str
    script: str

    def setUp(self) -> None:
        if not shells.is_installed(self.shell):
            self.skipTest(f"{self.shell} is not installed")
        folder = tempfile.TemporaryDirectory(prefix="dgauth-completion-")
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        (self.folder / "own.toml").write_text(CONFIGURATION, encoding="utf-8")
        (self.folder / "other.toml").write_text("[profiles.bee]\n", encoding="utf-8")

    def ask(self, *words: str, **environment: str) -> set[str]:
        """environment: besides what a shell needs; the configuration is own.toml."""
        raise NotImplementedError

    def offers(self, *words: str, **environment: str) -> set[str]:
        environment = {"DGAUTH_CONFIG": str(self.folder / "own.toml")} | environment
        return self.ask("dgauth", *words, **environment)

    def test_commands(self) -> None:
        self.assertEqual(self.offers(""), COMMANDS | {"help"})
        self.assertEqual(self.offers("gr"), {"grant"})
        self.assertEqual(self.offers("-q", "--profile", "header", "gr"), {"grant"})

    def test_commands_to_help_with(self) -> None:
        self.assertEqual(self.offers("help", ""), COMMANDS | TOPICS)
        self.assertEqual(self.offers("help", "grant", ""), set())

    def test_options_belong_to_their_command(self) -> None:
        self.assertEqual(self.offers("--st"), set())
        self.assertEqual(self.offers("grant", "--st"), {"--strict-ttl"})
        self.assertEqual(self.offers("grant", "--au"), set())
        self.assertEqual(self.offers("header", "--au"), {"--auth"})
        self.assertEqual(self.offers("--profile", "grant", "header", "--va"), set())

    def test_no_option_that_would_take_a_secret(self) -> None:
        for command in ("grant", "header", "check"):
            self.assertEqual(self.offers(command, "--api"), {"--api-key-file"})
            self.assertEqual(self.offers(command, "--to"), set())
            self.assertEqual(self.offers(command, "--k"), set())

    def test_formats(self) -> None:
        self.assertEqual(self.offers("grant", "-o", ""), GRANT_FORMATS)
        self.assertEqual(self.offers("header", "--output", ""), HEADER_FORMATS)
        self.assertEqual(self.offers("header", "-o", "w"), {"ws", "ws-value"})
        self.assertEqual(self.offers("check", "-o", ""), CHECK_FORMATS)
        self.assertEqual(self.offers("transcribe-file", "-o", ""), TRANSCRIPT_FORMATS)
        every = GRANT_FORMATS | HEADER_FORMATS | CHECK_FORMATS | TRANSCRIPT_FORMATS
        self.assertEqual(self.offers("-o", ""), every)

    def test_what_transcriptions_take(self) -> None:
        self.assertEqual(self.offers("transcribe-url", "--key"), {"--keyterm"})
        self.assertEqual(self.offers("transcribe-file", "--auth", ""),
                         {"key", "grant", "token", "none"})
        offered = self.offers("transcribe-url", "--param", "")
        self.assertEqual({name.removesuffix("=") for name in offered}, PARAMETERS)

    def test_format_joined_with_its_option(self) -> None:
        self.assertEqual(self.joined("grant", "-oj"), {"json"})
        self.assertEqual(self.joined("check", "-oj"), {"json", "junit"})
        self.assertEqual(self.joined("grant", "-qoj"), {"json"})
        self.assertEqual(self.joined("-pd"), {"dev"})

    def joined(self, *words: str) -> set[str]:
        """Without the option, which zsh does not repeat."""
        before = words[-1].rstrip("dj")
        return {offer.removeprefix(before) for offer in self.offers(*words)}

    def test_shells(self) -> None:
        self.assertEqual(self.offers("completion", ""), {"bash", "zsh", "fish"})
        self.assertFalse(self.offers("completion", "zsh", "") & {"bash", "zsh", "fish"})
        self.assertEqual(self.offers("cache", ""), {"clear"})

    def test_directories(self) -> None:
        (self.folder / "results").mkdir()
        offered = self.offers("transcribe-url", "--output-dir", "")
        self.assertEqual({name.removesuffix("/") for name in offered}, {"results"})

    def test_files_to_transcribe(self) -> None:
        files = {"own.toml", "other.toml"}
        self.assertEqual(self.offers("transcribe-file", ""), files)
        self.assertEqual(self.offers("transcribe-file", "own.toml", ""), files)

    def test_regions_and_kinds(self) -> None:
        self.assertEqual(self.offers("--region", ""), {"global", "eu", "au", "in"})
        self.assertEqual(self.offers("grant", "--region", "e"), {"eu"})
        self.assertEqual(self.offers("header", "--auth", ""), {"grant", "key", "token"})

    def test_probes(self) -> None:
        """a list with commas; what is in it already is not offered again"""
        for option in ("--probe", "--expect", "--expect-not"):
            self.assertEqual(self.offers("check", option, ""), PROBES)
            self.assertEqual(self.last_of("check", option, "listen,ma"), {"manage"})
            self.assertEqual(self.last_of("check", option, "grant,listen,"),
                             PROBES - {"grant", "listen"})
            self.assertEqual(self.last_of("check", option, "grant", option, ""), PROBES)
        self.assertEqual(self.offers("check", "--probe=sp"), {"speak", "speak-ws"})

    def last_of(self, *words: str) -> set[str]:
        """Without the part of the list that is there already, which zsh does not repeat."""
        return {offer.rpartition(",")[2] for offer in self.offers(*words)}

    def test_value_joined_with_its_option(self) -> None:
        self.assertEqual(self.offers("header", "--auth=t"), {"token"})

    def test_files(self) -> None:
        files = {"own.toml", "other.toml"}
        for option in ("-c", "--config", "--api-key-file", "--cacert"):
            self.assertEqual(self.offers(option, ""), files)
        self.assertEqual(self.offers("grant", "--out", "ot"), {"other.toml"})
        self.assertEqual(self.offers("check", "--report", "ot"), {"other.toml"})
        self.assertEqual(self.offers("transcribe-url", "--from-file", "ot"), {"other.toml"})

    def test_nothing_for_what_only_the_user_knows(self) -> None:
        self.assertEqual(self.offers("grant", "--timeout", ""), set())
        self.assertEqual(self.offers("grant", "--var", ""), set())
        self.assertEqual(self.offers("--base-url", ""), set())

    def test_well_known_values(self) -> None:
        """of options that take others, too"""
        for command in ("grant", "header", "transcribe-url"):
            self.assertEqual(self.offers(command, "--ttl", ""), {"30s", "60s", "5m", "1h"})
        self.assertEqual(self.offers("transcribe-file", "-m", ""), {"nova-3", "nova-2"})
        self.assertEqual(self.offers("transcribe-url", "--model=n"), {"nova-3", "nova-2"})
        self.assertEqual(self.offers("transcribe-url", "-l", "d"), {"de-CH"})

    def test_profiles(self) -> None:
        self.assertEqual(self.offers("-p", ""), PROFILES)
        self.assertEqual(self.offers("grant", "--profile", "p"), {"prod"})
        for typed in ("my\\ l", "'my l", '"my l'):
            self.assertEqual(self.offers("-p", typed), {"my laptop"})
        for before in (("--config", "other.toml"), ("--config=other.toml",), ("-c", "other.toml"), ("-cother.toml",)):
            self.assertEqual(self.offers(*before, "grant", "-p", ""), {"bee"})
            self.assertEqual(self.offers("grant", *before, "-p", ""), {"bee"})
        self.assertFalse((self.folder / "evaluated").exists())

    def test_profiles_of_the_usual_places(self) -> None:
        for variable, folder in (("XDG_CONFIG_HOME", "dgauth"), ("HOME", ".config/dgauth")):
            home = self.folder / variable
            (home / folder).mkdir(parents=True)
            (home / folder / "config.toml").write_text(f"[profiles.{variable}]\n", "utf-8")
            environment = {"DGAUTH_CONFIG": "", variable: str(home)}
            self.assertEqual(self.offers("-p", "", **environment), {variable})

    def test_no_configuration(self) -> None:
        self.assertEqual(self.offers("-p", "", DGAUTH_CONFIG="/nonexistent"), set())
        self.assertEqual(self.offers("-p", "", DGAUTH_CONFIG=str(self.folder)), set())

    def test_a_relative_xdg_config_home_does_not_count(self) -> None:
        (self.folder / "dgauth").mkdir()
        (self.folder / "dgauth/config.toml").write_text("[profiles.here]\n", encoding="utf-8")
        self.assertEqual(self.offers("-p", "", DGAUTH_CONFIG="", XDG_CONFIG_HOME="."), set())

    def test_nothing_after_two_dashes(self) -> None:
        self.assertEqual(self.offers("--", ""), set())
        self.assertEqual(self.offers("grant", "--", ""), set())
        self.assertEqual(self.offers("grant", "--", "--"), set())


class Bash(Cases, unittest.TestCase):
    shell = "bash"
    package = ""

    def ask(self, *words: str, **environment: str) -> set[str]:
        split = []  # as bash does, which breaks words at "=" too
        for word in words:
            name, equals, value = word.partition("=")
            split += [name, equals, value] if equals else [word]
        script = SCRIPTS / "dgauth.bash"
        offered = shells.bash_offers(script, split, environment, self.folder, self.package)
        return {unquoted(offer) for offer in offered}


class BashWithItsPackage(Bash):
    package = str(BASH_COMPLETION_PACKAGE)

    def setUp(self) -> None:
        if not BASH_COMPLETION_PACKAGE.exists():
            self.skipTest("bash-completion is not installed")
        super().setUp()


class Described(Cases):
    """For the shells that show a description beside what they offer."""

    def described(self, *words: str) -> dict[str, str]:
        raise NotImplementedError

    def test_every_value_has_a_description(self) -> None:
        for words, offered in (
            (("grant", "-o"), GRANT_FORMATS),
            (("header", "-o"), HEADER_FORMATS),
            (("check", "-o"), CHECK_FORMATS),
            (("transcribe-url", "-o"), TRANSCRIPT_FORMATS),
            (("check", "--probe"), PROBES),
            (("header", "--auth"), {"grant", "key", "token"}),
            (("transcribe-url", "--redact"), {"pci", "pii", "numbers"}),
            (("transcribe-url", "--param"), PARAMETERS),
            (("--region",), {"global", "eu", "au", "in"}),
            (("grant", "--ttl"), {"30s", "60s", "5m", "1h"}),
            (("transcribe-file", "--model"), {"nova-3", "nova-2"}),
            (("transcribe-file", "-l"), {"en", "de-CH"}),
            (("completion",), {"bash", "zsh", "fish"}),
            (("help",), COMMANDS | TOPICS),
            ((), COMMANDS | {"help"}),
        ):
            with self.subTest(words):
                described = self.described(*words, "")
                self.assertEqual({name.removesuffix("=") for name in described}, offered)
                self.assertNotIn("", described.values())
        self.assertEqual(self.described("header", "--auth", "k")["key"], "the API key itself")

    def test_every_option_has_a_description(self) -> None:
        for command in COMMANDS:
            described = self.described(command, "--")
            self.assertIn("--base-url", described)
            self.assertNotIn("", described.values())
        self.assertEqual(self.described("grant", "--ca")["--cacert"],
                         "Trust the CAs in FILE instead of the system's")


class Zsh(Described, unittest.TestCase):
    shell = "zsh"

    def described(self, *words: str) -> dict[str, str]:
        script = SCRIPTS / "_dgauth"
        lines = shells.zsh_lines(script, ["dgauth", *words], {}, self.folder)
        pairs = (line.partition("-- ") for line in lines)
        return {name.strip(): description.strip() for name, _, description in pairs}

    def ask(self, *words: str, **environment: str) -> set[str]:
        script = SCRIPTS / "_dgauth"
        offered = shells.zsh_offers(script, list(words), environment, self.folder)
        return {unquoted(offer) for offer in offered}


class Fish(Described, unittest.TestCase):
    shell = "fish"

    def test_short_options_have_a_description(self) -> None:
        described = self.described("grant", "-")
        self.assertIn("-o", described)
        self.assertNotIn("", described.values())

    def described(self, *words: str) -> dict[str, str]:
        script = SCRIPTS / "dgauth.fish"
        lines = shells.fish_lines(script, ["dgauth", *words], {}, self.folder)
        return dict(line.partition("\t")[::2] for line in lines)

    def ask(self, *words: str, **environment: str) -> set[str]:
        offered = shells.fish_offers(SCRIPTS / "dgauth.fish", list(words), environment, self.folder)
        # fish offers a joined value together with its option.
        return {re.sub("^--[a-z-]+=", "", offer) for offer in offered}


if __name__ == "__main__":
    unittest.main()
