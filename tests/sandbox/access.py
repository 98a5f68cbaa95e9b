"""Who is calling: an API key sent as `Token`, or a temporary token sent as `Bearer`."""

import itertools
import re
from dataclasses import dataclass

from . import errors, keys
from .http11 import Request
from .tokens import Mint, Refused

KEY_SHAPE = re.compile("[0-9a-f]{40}")


@dataclass(frozen=True)
class Credential:
    scheme: str  # in lower case
    value: str

    def is_malformed_key(self) -> bool:
        return self.scheme == "token" and not KEY_SHAPE.fullmatch(self.value)


@dataclass(frozen=True)
class Caller:
    key: keys.Key       # of a token: the key it was minted with
    by_token: bool


def credential(request: Request) -> Credential | None:
    """From `Authorization`, or from the subprotocols of a WebSocket handshake."""
    header = request.header("authorization")
    if header is not None:
        scheme, _, value = header.partition(" ")
        return Credential(scheme.lower(), value)
    return _in_subprotocols(request)[1]


def subprotocol(request: Request) -> str | None:
    """The one to choose: browsers insist on one they offered, and the secret is not repeated."""
    return _in_subprotocols(request)[0]


def _in_subprotocols(request: Request) -> tuple[str | None, Credential | None]:
    """The word `token` or `bearer` as it was offered, and the value after it.

    Others may stand before and behind: the official SDK adds its session.
    """
    offered = request.listed("sec-websocket-protocol") if request.wants_upgrade() else []
    for word, value in itertools.pairwise(offered):
        if word.lower() in ("token", "bearer"):
            return word, Credential(word.lower(), value)
    return None, None


def caller(request: Request, mint: Mint) -> Caller:
    """Raises 401 where there is none: a key sent as Bearer and a token sent as Token included."""
    # choice: no Authorization at all and an expired token get the same 401 as a bad key.
    match credential(request):
        case Credential("token", value):
            key = keys.BY_TEXT.get(value)
            if key is not None and key.accepted:
                return Caller(key, by_token=False)
        case Credential("bearer", value):
            try:
                return Caller(keys.BY_ID[mint.claims(value)["sub"]], by_token=True)
            except Refused:
                pass
    raise errors.invalid_credentials(request.id)


def voice_caller(request: Request, mint: Mint) -> Caller:
    """The caller of a voice API: any accepted token, or a key that may use them."""
    who = caller(request, mint)
    if not (who.by_token or who.key.may("usage:write")):
        raise errors.may_not_use(request.id)
    return who


def check_credit(who: Caller, request: Request) -> None:
    if not who.key.in_credit:
        raise errors.no_credit(request.id)


def manager(request: Request, mint: Mint, scope: str | None = None) -> Caller:
    """The caller of the management API, which takes no tokens."""
    who = caller(request, mint)
    if who.by_token:
        # choice: the status and body for a token here are not documented.
        raise errors.invalid_credentials(request.id)
    if scope is not None and not who.key.may(scope):
        raise errors.lacks_scope(scope, request.id)
    return who
