"""Runs the CI jobs of the README against the sandbox, as the runners would run them.

Environment: DGAUTH_BINARY, the program.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import textwrap
import unittest
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from sandbox import Reply, Sandbox  # noqa: E402

README = HERE.parents[1] / "README.md"
TIME_LIMIT = 60  # seconds for one job


@dataclass
class Job:
    name: str
    script: str
    is_github: bool


@dataclass
class Outcome:
    status: int
    stdout: str
    stderr: str
    files: dict[str, str] = field(default_factory=dict)

    @property
    def suite(self) -> ElementTree.Element:
        return ElementTree.fromstring(self.files["dgauth.xml"])[0]


def jobs_of(markdown: str) -> dict[str, Job]:
    """The jobs in its blocks of YAML, which are simple: one word a name, one line a command."""
    jobs = {}
    for block in re.findall(r"^```yaml\n(.*?)^```$", markdown, re.DOTALL | re.MULTILINE):
        is_github = "\njobs:\n" in block
        text = textwrap.dedent(block.partition("\njobs:\n")[2]) if is_github else block
        for name, body in re.findall(r"^([\w-]+):\n((?:(?: .*)?\n)+)", text, re.MULTILINE):
            if is_github:
                lines = re.findall(r"^ +(?:- )?run: (?!\|)(.+)$", body, re.MULTILINE)
            else:
                script = re.search(r"^ +script:\n((?: +- .+\n)+)", body, re.MULTILINE)
                lines = re.findall(r"^ +- (.+)$", script[1] if script else "", re.MULTILINE)
            jobs[name] = Job(name, "\n".join(lines), is_github)
    return jobs


def run_job(job: Job, box: Sandbox, role: str) -> Outcome:
    """In an empty folder, with bash as the runner calls it, and dgauth on the path."""
    with tempfile.TemporaryDirectory(prefix="dgauth-job-") as name:
        folder = Path(name, "work")
        programs = Path(name, "bin")
        folder.mkdir()
        programs.mkdir()
        (programs / "dgauth").symlink_to(Path(os.environ["DGAUTH_BINARY"]).resolve())
        environment = {
            "PATH": f"{programs}:/usr/bin:/bin",
            "HOME": name,
            "CI": "true",
            "DEEPGRAM_BASE_URL": box.base_url,
            "DEEPGRAM_API_KEY": box.keys[role],
            "SSL_CERT_FILE": str(box.ca_file),
        }
        if job.is_github:
            for variable in ("GITHUB_STEP_SUMMARY", "GITHUB_ENV", "GITHUB_OUTPUT"):
                (folder / variable).touch()
                environment[variable] = str(folder / variable)
            environment["GITHUB_ACTIONS"] = "true"
        else:
            environment["GITLAB_CI"] = "true"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", job.script],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=TIME_LIMIT,
            check=False,
        )
        files = {path.name: path.read_text(encoding="utf-8") for path in folder.iterdir()}
        return Outcome(done.returncode, done.stdout, done.stderr, files)


class ReadmeJobs(unittest.TestCase):
    def setUp(self) -> None:
        self.jobs = jobs_of(README.read_text(encoding="utf-8"))
        self.box = self.enterContext(Sandbox())

    def run_it(self, name: str, role: str, status: int) -> Outcome:
        outcome = run_job(self.jobs[name], self.box, role)
        self.assertEqual(outcome.status, status, outcome)
        for line in outcome.stderr.splitlines():
            self.assertTrue(status != 0 and line.startswith("dgauth: hint: "), outcome)
        shown = outcome.stdout + "".join(outcome.files.values())
        for secret in [*self.box.keys.values(), *self.box.tokens]:
            self.assertNotIn(secret, shown)
        return outcome

    def test_all_are_known(self) -> None:
        self.assertEqual(
            {name: job.is_github for name, job in self.jobs.items()},
            {"deepgram-key": True, "deepgram-worker-key": False,
             "deepgram-token-server-key": False},
        )

    def test_github_with_the_right_key(self) -> None:
        outcome = self.run_it("deepgram-key", "default", 0)
        self.assertEqual(outcome.stdout, "dgauth check: expectations met: "
                                         "grant fail, listen pass, manage fail\n")
        summary = outcome.files["GITHUB_STEP_SUMMARY"]
        self.assertIn("| listen | pass | pass |", summary)
        self.assertIn("| manage | fail | fail |", summary)
        self.assertEqual(outcome.files["GITHUB_ENV"] + outcome.files["GITHUB_OUTPUT"], "")

    def test_github_with_too_many_rights(self) -> None:
        outcome = self.run_it("deepgram-key", "member", 5)
        self.assertEqual(
            [line.partition(" got ")[0] for line in outcome.stdout.splitlines()],
            ["dgauth check: not as expected: grant (expected fail,",
             "::error title=dgauth check::grant: expected fail,",
             "::error title=dgauth check::manage: expected fail,"],
        )
        self.assertIn("| grant | **pass** | fail |", outcome.files["GITHUB_STEP_SUMMARY"])

    def test_github_with_a_bad_key(self) -> None:
        outcome = self.run_it("deepgram-key", "revoked", 4)
        self.assertIn("::error title=dgauth check::listen: expected pass,", outcome.stdout)

    def test_worker_with_the_right_key(self) -> None:
        suite = self.run_it("deepgram-worker-key", "default", 0).suite
        self.assertEqual(self.counts(suite), ("8", "0", "0", "0"))

    def test_worker_with_too_many_rights(self) -> None:
        for role in ("member", "admin", "owner"):
            suite = self.run_it("deepgram-worker-key", role, 5).suite
            self.assertEqual(self.counts(suite), ("8", "2", "0", "0"))
            red = [case.get("name") for case in suite if case.find("failure") is not None]
            self.assertEqual(red, ["grant", "manage"])

    def test_worker_that_nobody_answers(self) -> None:
        """a server that fails is an error in the report, not a failure, and the job is red"""
        self.box.script(Reply(500), times=None)
        job = self.jobs["deepgram-worker-key"]
        job.script = job.script.replace("dgauth check", "dgauth check --retries 0")
        suite = self.run_it("deepgram-worker-key", "default", 8).suite
        self.assertEqual(self.counts(suite), ("8", "0", "3", "5"))

    def test_token_server_with_the_right_key(self) -> None:
        suite = self.run_it("deepgram-token-server-key", "member", 0).suite
        self.assertEqual(self.counts(suite), ("8", "0", "0", "1"))

    def test_token_server_with_too_few_rights(self) -> None:
        """it ends at the first line, and so without the second's report"""
        outcome = self.run_it("deepgram-token-server-key", "default", 5)
        self.assertNotIn("dgauth.xml", outcome.files)

    def test_token_server_whose_tokens_may_manage(self) -> None:
        self.box.script(Reply(200, {}, {"projects": []}), "GET", "/v1/projects", times=None)
        suite = self.run_it("deepgram-token-server-key", "member", 5).suite
        self.assertEqual(self.counts(suite), ("8", "1", "0", "1"))

    @staticmethod
    def counts(suite: ElementTree.Element) -> tuple[str | None, ...]:
        return tuple(suite.get(name) for name in ("tests", "failures", "errors", "skipped"))


if __name__ == "__main__":
    unittest.main()
