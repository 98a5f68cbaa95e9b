"""Texts as the case files write them: placeholders, repetition and raw bytes.

A text is a string, a list of texts (joined), {"repeat": text, "times": n}, or {"latin1": string}
for bytes that are not UTF-8. Placeholders look like {token}; trial.py says which there are.
"""

import base64
import hashlib
import json
import re
import time
import urllib.parse
from typing import Any

TOKEN_CLAIMS = {"sub": "00000000-0000-4000-8000-000000000000", "scopes": ["asr:write"]}
FRAGMENT = 8  # so many characters of a secret in a row are a leak


def fake_jwt(claims: dict[str, Any]) -> str:
    """A token of the right shape with a signature that nobody could have made."""
    parts = [{"typ": "JWT", "alg": "HS256"}, claims, "not a real signature"]
    raw = [part if isinstance(part, str) else json.dumps(part) for part in parts]
    return ".".join(base64.urlsafe_b64encode(r.encode()).decode().rstrip("=") for r in raw)


class Names:
    """The placeholders of one case and what they stand for."""

    MOMENT = re.compile(r"\{jwt([+-]\d+)\}")

    def __init__(self, known: dict[str, str]):
        self.known = dict(known)
        self.known.setdefault("token", fake_jwt(TOKEN_CLAIMS))

    def __getitem__(self, name: str) -> str:
        return self.known[name]

    def expand(self, text: str, escape=lambda value: value) -> str:
        """Puts in the values; {jwt+60} is a token whose exp is 60 s away."""
        for moment in self.MOMENT.findall(text):
            if f"jwt{moment}" not in self.known:
                claims = TOKEN_CLAIMS | {"exp": int(time.time()) + int(moment)}
                self.known[f"jwt{moment}"] = fake_jwt(claims)
        for name, value in self.known.items():
            text = text.replace("{" + name + "}", escape(value))
        return text

    def bytes_of(self, text: Any) -> bytes:
        if isinstance(text, str | int):
            return self.expand(str(text)).encode()
        if isinstance(text, list):
            return b"".join(self.bytes_of(part) for part in text)
        if set(text) == {"repeat", "times"}:
            return self.bytes_of(text["repeat"]) * text["times"]
        if set(text) == {"latin1"}:
            return text["latin1"].encode("latin-1")
        raise ValueError(f"not a text: {text!r}")

    def string_of(self, text: Any) -> str:
        return self.bytes_of(text).decode()

    def expand_all(self, value: Any) -> Any:
        """Expands every string in a JSON value."""
        if isinstance(value, str):
            return self.expand(value)
        if isinstance(value, list):
            return [self.expand_all(item) for item in value]
        if isinstance(value, dict):
            return {key: self.expand_all(item) for key, item in value.items()}
        return value

    def tokens(self) -> list[str]:
        return [value for name, value in self.known.items() if name == "token" or name[:3] == "jwt"]


def fingerprint(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:8]


def forms_of(secret: str) -> set[str]:
    """What a secret may look like: plain, in a URL, in base64 behind any other text."""
    escaped = urllib.parse.quote(secret, safe="")
    forms = {secret, escaped, re.sub("%..", lambda found: found[0].lower(), escaped)}
    for offset in range(3):
        encoded = base64.b64encode(b"x" * offset + secret.encode()).decode()
        first = offset + 1 if offset else 0  # the digits before tell of the other text, too
        inside = encoded[first:(offset + len(secret.encode())) * 8 // 6]
        forms |= {inside, inside.translate(str.maketrans("+/", "-_"))}
    return forms


def leaks_in(text: str, secrets: list[str]) -> list[str]:
    """The fragments of the secrets, in any form, that the text holds: one of each form."""
    held = {text[start:start + FRAGMENT] for start in range(len(text) - FRAGMENT + 1)}
    found = set()
    for secret in secrets:
        for form in forms_of(secret):
            fragments = (form[start:start + FRAGMENT] for start in range(len(form) - FRAGMENT + 1))
            found |= {next((each for each in fragments if each in held), "")}
    return sorted(found - {""})
