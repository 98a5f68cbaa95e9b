#!/usr/bin/env python3
"""Every role of the sandbox, each kind of credential, every probe: one table, compared whole.

The rows are what the documentation says of roles and temporary tokens, not what dgauth printed.
"""

import unittest

from check_run import BOGUS, CheckTest
from sandbox import keys

# The letters are those of grant, listen, speak, read, listen-ws, speak-ws, agent-ws, manage:
# pass, fail, unknown, skipped. The number is the exit status without expectations of one's own.
TABLE = """
role         auth key      auth grant    auth token
owner        PPPPPPPP 0    FPPPPPPF 0    FPPPPPPF 0
admin        PPPPPPPP 0    FPPPPPPF 0    FPPPPPPF 0
member       PPPPPPPP 0    FPPPPPPF 0    FPPPPPPF 0
default      FPPPPPPF 5    SSSSSSSS 5    -
listen-only  FPPPPPPF 5    SSSSSSSS 5    -
read-only    FFFFFFFP 5    SSSSSSSS 5    -
account      PPPPPPPP 0    FPPPPPPF 0    FPPPPPPF 0
no-credit    PPPPPPPP 0    FPPPPPPF 0    FPPPPPPF 0
expired      FFFFFFFF 4    SSSSSSSS 4    FFFFFFFF 4
revoked      FFFFFFFF 4    SSSSSSSS 4    FFFFFFFF 4
unknown      FFFFFFFF 4    SSSSSSSS 4    FFFFFFFF 4
malformed    FFFFFFFF 4    SSSSSSSS 4    FFFFFFFF 4
"""
OTHER_KEYS = {"unknown": BOGUS.replace("0bad", "1bad"), "malformed": "not-40-hexadecimal-digits"}
STRANGE_TOKEN = "eyJhbGciOiJIUzI1NiJ9.e30.of-no-account"


class MatrixTest(CheckTest):
    def verdicts_of(self, role: str, auth: str) -> str:
        """A role that cannot mint has no token to look at; a bad key's is no token at all."""
        environment = {}
        if role in OTHER_KEYS:
            environment["DEEPGRAM_API_KEY"] = OTHER_KEYS[role]
            role = "revoked"
        if auth == "token":
            if role in ("default", "listen-only", "read-only"):
                return "-"
            is_good = role not in ("expired", "revoked")
            environment["DEEPGRAM_ACCESS_TOKEN"] = self.token_of(role) if is_good else STRANGE_TOKEN
            environment["DEEPGRAM_API_KEY"] = None
        return self.verdicts("--auth", auth, role=role, **environment)

    def token_of(self, role: str) -> str:
        return self.box.deepgram.mint.mint(keys.BY_ROLE[role], 60)

    def test_matrix(self) -> None:
        lines = TABLE.strip().splitlines()
        self.assertEqual({line.split()[0] for line in lines[1:]}, {*self.box.keys, *OTHER_KEYS})
        seen = [lines[0]]
        for line in lines[1:]:
            role = line.split()[0]
            cells = [self.verdicts_of(role, auth) for auth in ("key", "grant", "token")]
            seen.append(f"{role:<13}{cells[0]:<14}{cells[1]:<14}{cells[2]}")
        self.assertEqual("\n".join(seen), "\n".join(lines))
        self.assertEqual(self.box.processed, [], "a probe had something processed")


if __name__ == "__main__":
    unittest.main()
