"""What Deepgram is: which path leads to which behaviour, and the calls about credentials."""

import uuid

from . import access, errors, keys, listen, voice, websocket
from .http11 import Request
from .reply import Reply
from .tokens import Mint

DEFAULT_TTL = 30
LONGEST_TTL = 3600
CREATED = "2025-01-01T00:00:00.000000Z"


class Deepgram:
    """The service and its state. A regional one serves no project management."""

    def __init__(self, regional: bool = False) -> None:
        self.regional = regional
        self.mint = Mint()
        # Everything transcribed: the URL, or the SHA-256 of the audio. Of a text that was spoken or
        # analysed, the SHA-256 of the whole body.
        self.processed: list[str] = []

    def answer(self, request: Request) -> Reply:
        try:
            reply = self._route(request)
        except errors.Refusal as refusal:
            reply = refusal.reply
        reply.headers = [*reply.header_pairs(), ("dg-request-id", request.id)]
        return reply

    def _route(self, request: Request) -> Reply:
        served = self._calls(request.path)
        if not served:
            raise errors.not_found(request.id)
        call = served.get(request.method)
        if call is None:
            raise errors.wrong_verb(sorted(served), request.id)
        return call(request)

    def _calls(self, path: str) -> dict:
        """What each method does at that path; nothing where there is no such path."""
        if path == "/v1/projects" or path.startswith("/v1/projects/"):
            if self.regional:
                return {}
            return {"GET": self._projects if path == "/v1/projects" else self._project}
        return {
            "/v1/auth/grant": {"POST": self._grant},
            # choice: whether regional hosts serve this one is not documented.
            "/v1/auth/token": {"GET": self._token_details},
            "/v1/models": {"GET": self._models},
            "/v1/listen": {"POST": self._listen, "GET": self._upgrade},
            "/v1/speak": {"POST": self._speak, "GET": self._upgrade},
            "/v1/read": {"POST": self._read},
            "/v1/agent/converse": {"GET": self._upgrade},
        }.get(path, {})

    def _grant(self, request: Request) -> Reply:
        sent = access.credential(request)
        if sent and sent.is_malformed_key():
            # choice: both 400 and 401 were seen for a bad key. Here 400 means that it is not even
            # 40 lowercase hexadecimal digits, 401 that there is no such key.
            raise errors.malformed_key()
        who = access.caller(request, self.mint)
        if who.by_token:
            # choice: whether a token can mint another is not documented; here it cannot.
            raise errors.invalid_credentials(request.id)
        if not who.key.may_grant():
            raise errors.role_too_low()
        ttl = _ttl(request)
        return Reply(body={"access_token": self.mint.mint(who.key, ttl), "expires_in": ttl})

    def _token_details(self, request: Request) -> Reply:
        # choice: whether a temporary token may ask is not documented; here it may not.
        who = access.manager(request, self.mint)
        return Reply(body={
            "api_key_id": who.key.id, "scopes": sorted(who.key.scopes), "created": CREATED,
        })

    def _projects(self, request: Request) -> Reply:
        access.manager(request, self.mint, "project:read")
        return Reply(body={"projects": [_project()]})

    def _project(self, request: Request) -> Reply:
        access.manager(request, self.mint, "project:read")
        wanted = request.path.removeprefix("/v1/projects/")
        try:
            known = uuid.UUID(wanted) == uuid.UUID(keys.PROJECT_ID)
        except ValueError:
            raise errors.plain(404, "UUID parsing failed: invalid character: "
                                    "expected an optional prefix of `urn:uuid:`") from None
        if not known:
            raise errors.project_not_found(request.id)
        return Reply(body=_project())

    def _models(self, _request: Request) -> Reply:
        """The one call that asks for no credentials: it says nothing about a key."""
        return Reply(body={"stt": [{"name": "nova-3", "uuid": listen.MODEL_ID}], "tts": []})

    def _listen(self, request: Request) -> Reply:
        # choice, here and below: access is checked before the body, credit after it.
        who = access.voice_caller(request, self.mint)
        given, reply = listen.transcription(request)
        access.check_credit(who, request)
        self.processed.append(given.label)
        return reply

    def _speak(self, request: Request) -> Reply:
        who = access.voice_caller(request, self.mint)
        reply = voice.spoken(request)
        access.check_credit(who, request)
        self.processed.append(request.body.sha256)
        return reply

    def _read(self, request: Request) -> Reply:
        voice.check_language(request)
        who = access.voice_caller(request, self.mint)
        reply = voice.findings(request)
        access.check_credit(who, request)
        self.processed.append(request.body.sha256)
        return reply

    def _upgrade(self, request: Request) -> Reply:
        if not request.wants_upgrade():
            raise errors.upgrade_required(request.id)
        access.voice_caller(request, self.mint)
        # choice: a project without credit may open a socket; only work is refused.
        return websocket.handshake(request, CONVERSATIONS[request.path])


CONVERSATIONS = {
    "/v1/listen": websocket.listening,
    "/v1/speak": websocket.speaking,
    "/v1/agent/converse": websocket.conversing,
}


def _project() -> dict:
    return {"project_id": keys.PROJECT_ID, "name": keys.PROJECT_NAME}


def _ttl(request: Request) -> float:
    """The lifetime asked for. The body is optional, and other members of it are ignored."""
    # choice: the body is read as JSON whatever its content type.
    if not request.body.kept.strip():
        return DEFAULT_TTL
    try:
        asked = request.body.json()
    except ValueError as wrong:
        raise errors.invalid_json(str(wrong), request.id) from None
    if not isinstance(asked, dict):
        raise errors.invalid_json("invalid type: expected struct", request.id)
    ttl = asked.get("ttl_seconds", DEFAULT_TTL)
    # choice: what becomes of a lifetime that is out of range or no number is not documented.
    if isinstance(ttl, bool) or not isinstance(ttl, (int, float)):
        raise errors.coded(400, "BAD_REQUEST", "ttl_seconds must be a number.")
    if not 1 <= ttl <= LONGEST_TTL:
        raise errors.coded(400, "BAD_REQUEST", f"ttl_seconds must be 1 to {LONGEST_TTL}.")
    return ttl
