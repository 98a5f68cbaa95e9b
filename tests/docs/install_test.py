"""What is installed: every page of the manual and every completion script, where man and the shells look.

Environment: DGAUTH_BINARY, the program, in the folder where it was built.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COMPLETIONS = {
    "share/bash-completion/completions/dgauth",
    "share/fish/vendor_completions.d/dgauth.fish",
    "share/zsh/site-functions/_dgauth",
}


class Install(unittest.TestCase):
    def test_what_is_there(self) -> None:
        build = Path(os.environ["DGAUTH_BINARY"]).resolve().parent
        pages = {f"share/man/man{page.suffix[1:]}/{page.name}" for page in ROOT.glob("man/*.[1-8]")}
        self.assertIn("share/man/man1/dgauth-grant.1", pages)
        with tempfile.TemporaryDirectory(prefix="dgauth-install-") as prefix:
            subprocess.run(
                ["cmake", "--install", str(build), "--prefix", prefix],
                capture_output=True,
                timeout=60,
                check=True,
            )
            files = {path.relative_to(prefix) for path in Path(prefix).rglob("*") if path.is_file()}
        self.assertEqual({str(file) for file in files}, {"bin/dgauth", *pages, *COMPLETIONS})


if __name__ == "__main__":
    unittest.main()
