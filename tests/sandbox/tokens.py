"""Temporary tokens: JSON Web Tokens signed with HS256, as POST /v1/auth/grant returns them."""

import base64
import hashlib
import hmac
import json
import secrets
import threading
import time

from .keys import Key


class Refused(Exception):
    """The token is malformed, signed by somebody else, or has expired."""


class Mint:
    """Makes and checks tokens. Its secret lasts as long as the sandbox does."""

    def __init__(self) -> None:
        self._secret = secrets.token_bytes(32)
        self._lock = threading.Lock()
        self.minted: list[str] = []

    def mint(self, key: Key, ttl: float) -> str:
        claims = {
            "sub": key.id,
            "exp": int(time.time() + ttl),
            "subject": key.id,
            "scopes": ["asr:write"],
            # choice: the documentation's sample breaks off after `["usage`.
            "project_claims": ["usage:write"],
        }
        signed = f"{_encoded({'typ': 'JWT', 'alg': 'HS256'})}.{_encoded(claims)}"
        token = f"{signed}.{self._signature(signed)}"
        with self._lock:
            self.minted.append(token)
        return token

    def claims(self, token: str) -> dict:
        """What a valid token says. Raises Refused for any other."""
        signed, _, signature = token.rpartition(".")
        if not hmac.compare_digest(self._signature(signed).encode(), signature.encode()):
            raise Refused("wrong signature")
        claims = json.loads(_decoded(signed.partition(".")[2]))
        # choice: the second that `exp` names still counts, so that a token for one second lives
        # for one second at least. How the service rounds is not documented.
        if time.time() >= claims["exp"] + 1:
            raise Refused("expired")
        return claims

    def _signature(self, signed: str) -> str:
        return _base64url(hmac.digest(self._secret, signed.encode(), hashlib.sha256))


def _encoded(part: dict) -> str:
    return _base64url(json.dumps(part, separators=(",", ":")).encode())


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decoded(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
