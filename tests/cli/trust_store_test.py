#!/usr/bin/env python3
"""promise 12: the same authorities are trusted, be they in a hashed folder or in a bundle."""

import shutil
import subprocess
import unittest
from pathlib import Path

from loopback import make_certificate
from place import Place, binary_from_environment
from sandbox import Sandbox

DGAUTH = binary_from_environment()
SYSTEM_FOLDER = "/etc/ssl/certs"
BUNDLE = "ca-certificates.crt"
SECOND_LOOK = "not trusted yet"

# As a user who is root in a name space of their own: what is mounted there, nobody else sees.
ALONE = ["unshare", "--user", "--map-root-user", "--mount"]
WITH_STORE = 'mount --bind "$0" ' + SYSTEM_FOLDER + ' && exec "$@"'


class StoreCase(unittest.TestCase):
    def setUp(self) -> None:
        self.place = self.enterContext(Place())
        self.box = self.enterContext(Sandbox(tls=True))
        self.ours = Path(self.box.ca_file)
        self.other, _ = make_certificate(self.place.root, "DNS:other.example")
        self.store = self.place.root / "store"
        self.bundle = self.store / BUNDLE

    def fill(self, *authorities: Path, hashed: bool = True) -> None:
        """The store as update-ca-certificates makes it: folder and bundle hold the same."""
        shutil.rmtree(self.store, ignore_errors=True)
        self.store.mkdir(mode=0o755)
        for number, authority in enumerate(authorities):
            shutil.copy(authority, self.store / f"authority_{number}.pem")
        if hashed:
            subprocess.run(["openssl", "rehash", str(self.store)], check=True, capture_output=True)
        self.bundle.write_text("".join(authority.read_text() for authority in authorities))

    def grant(self, *prefix: str, **env: str):
        return self.run_dgauth([*prefix, DGAUTH, "grant"], env)

    def run_dgauth(self, command: list[str], env: dict[str, str]):
        return self.place.run([*command, "-v", "--retries", "0"],
                              env | {"DEEPGRAM_BASE_URL": self.box.base_url,
                                     "DEEPGRAM_API_KEY": self.box.keys["member"]})

    def assert_trusted(self, outcome, looks: int = 1) -> None:
        self.assertEqual(outcome.status, 0, outcome.message)
        self.assertEqual(outcome.stdout.decode(), self.box.tokens[-1] + "\n")
        self.assertEqual(outcome.message.count(SECOND_LOOK), looks - 1, outcome.message)

    def assert_refused(self, outcome) -> None:
        requests = len(self.box.requests)
        self.assertEqual((outcome.status, outcome.stdout), (7, b""), outcome.message)
        self.assertIn("certificate", outcome.message)
        self.assertEqual(len(self.box.requests), requests)


class ChosenStoreTest(StoreCase):
    def routes(self) -> dict[str, dict[str, str]]:
        folder, bundle = {"SSL_CERT_DIR": str(self.store)}, {"SSL_CERT_FILE": str(self.bundle)}
        return {"folder": folder, "bundle": bundle, "both": folder | bundle}

    def test_added_and_removed(self) -> None:
        """promise 12: an authority added is trusted, one removed is not, on every route alike"""
        for name, env in self.routes().items():
            with self.subTest(name):
                self.fill(self.other)
                self.assert_refused(self.grant(**env))
                self.fill(self.other, self.ours)
                self.assert_trusted(self.grant(**env))
                self.fill(self.other)
                self.assert_refused(self.grant(**env))

    def test_only_in_the_bundle(self) -> None:
        """promise 12: what was only appended to the bundle is found there, without a retry"""
        self.fill(self.other)
        self.bundle.write_text(self.bundle.read_text() + self.ours.read_text())
        self.assert_trusted(self.grant(**self.routes()["both"]), looks=2)
        self.assert_refused(self.grant(**self.routes()["folder"]))
        several = [DGAUTH, "check", "--probe", "grant,listen,speak,read"]
        outcome = self.run_dgauth(several, self.routes()["both"])
        self.assertEqual(outcome.status, 0, outcome.message)
        self.assertEqual(outcome.stdout.count(b"\n  + "), 4, outcome.stdout)

    def test_only_in_the_folder(self) -> None:
        """promise 12: what was only hashed into the folder is found there"""
        self.fill(self.other, self.ours)
        self.bundle.write_text(self.other.read_text())
        self.assert_trusted(self.grant(**self.routes()["both"]))

    def test_a_folder_without_hashes(self) -> None:
        """promise 12: files that nobody hashed count for nothing, the bundle does"""
        self.fill(self.other, self.ours, hashed=False)
        self.assert_refused(self.grant(**self.routes()["folder"]))
        self.assert_trusted(self.grant(**self.routes()["both"]))


class PipedBundleTest(StoreCase):
    """A bundle that can be read once only, and not by its name."""

    def piped(self, script: str, bundle: Path, **env: str):
        """bash runs the script: "$0" is dgauth, "$1" the bundle."""
        return self.place.run(
            ["bash", "-c", script, DGAUTH, str(bundle)],
            env | {"DEEPGRAM_BASE_URL": self.box.base_url,
                   "DEEPGRAM_API_KEY": self.box.keys["member"]})

    def test_a_pipe(self) -> None:
        """promise 12: what it holds decides, as in curl"""
        self.fill(self.other)
        folder = {"SSL_CERT_DIR": str(self.store)}
        for script, env in (('exec "$0" grant --cacert <(cat "$1")', {}),
                            ('SSL_CERT_FILE=<(cat "$1") exec "$0" grant', {}),
                            ('SSL_CERT_FILE=<(cat "$1") exec "$0" grant', folder),
                            ('exec "$0" grant --cacert /dev/stdin < "$1"', {})):
            with self.subTest([script, env]):
                outcome = self.piped(script, self.ours, **env)
                self.assertEqual(outcome.status, 0, outcome.message)
                self.assertEqual(outcome.stdout.decode(), self.box.tokens[-1] + "\n")
                self.assert_refused(self.piped(script, self.other, **env))

    def test_what_cannot_be_used(self) -> None:
        """2 for the option, 3 for the variable, however late it is found"""
        broken = self.place.root / "broken.pem"
        for text in ("-----BEGIN CERTIFICATE-----\nfake\n-----END CERTIFICATE-----\n", "prose"):
            broken.write_text(text)
            for script, status in (('exec "$0" grant --cacert <(cat "$1")', 2),
                                   ('exec "$0" grant --cacert "$1"', 2),
                                   ('SSL_CERT_FILE=<(cat "$1") exec "$0" grant', 3),
                                   ('SSL_CERT_FILE="$1" exec "$0" grant', 3)):
                with self.subTest([text, script]):
                    outcome = self.piped(script, broken)
                    self.assertEqual((outcome.status, outcome.stdout), (status, b""),
                                     outcome.message)

    def test_no_key_log(self) -> None:
        """promise 23: SSLKEYLOGFILE, what opens the connections, is written by nobody"""
        log = self.place.root / "keys.log"
        outcome = self.grant(SSL_CERT_FILE=str(self.ours), SSLKEYLOGFILE=str(log))
        self.assertEqual(outcome.status, 0, outcome.message)
        self.assertFalse(log.exists())


class SystemStoreTest(StoreCase):
    """The store of the system itself, replaced for one run."""

    def setUp(self) -> None:
        if not Path(SYSTEM_FOLDER).is_dir():
            raise unittest.SkipTest(f"no {SYSTEM_FOLDER} here")
        super().setUp()
        self.fill(self.other)
        if self.place.run([*ALONE, "sh", "-c", WITH_STORE, str(self.store), "true"]).status != 0:
            raise unittest.SkipTest("no name space of one's own here")

    def grant_alone(self):
        return self.grant(*ALONE, "sh", "-c", WITH_STORE, str(self.store))

    def test_added_and_removed(self) -> None:
        """promise 12: hashed or not, the system's authorities decide, and -v says which store"""
        for hashed, store in ((True, f"{SYSTEM_FOLDER}, in reserve {SYSTEM_FOLDER}/{BUNDLE}"),
                              (False, f"{SYSTEM_FOLDER}/{BUNDLE}")):
            with self.subTest(hashed=hashed):
                self.fill(self.other, self.ours, hashed=hashed)
                outcome = self.grant_alone()
                self.assert_trusted(outcome)
                self.assertIn(f"dgauth: trace: trust store: {store}\n", outcome.message)
                self.fill(self.other, hashed=hashed)
                self.assert_refused(self.grant_alone())

    def test_only_in_the_bundle(self) -> None:
        """promise 12: as curl does it, folder and bundle count both"""
        self.bundle.write_text(self.ours.read_text())
        self.assert_trusted(self.grant_alone(), looks=2)

    def test_none(self) -> None:
        """an image without CA certificates: the error says so, and which package has them"""
        self.fill(hashed=False)
        self.bundle.unlink()
        outcome = self.grant_alone()
        self.assert_refused(outcome)
        self.assertIn("dgauth: error: no CA certificates were found on this machine\n"
                      "dgauth: hint: install the package ca-certificates, or name a CA file with --cacert\n",
                      outcome.message)


if __name__ == "__main__":
    unittest.main()
