"""POST /v1/listen: a transcription of a file, or of what a URL names."""

import datetime
import hashlib
import ipaddress
import urllib.parse
from dataclasses import dataclass

from . import audio, errors, keys, transcript
from .http11 import Request
from .query import Query
from .reply import Reply

MODEL_ID = "fa4e0000-0000-4000-8000-00000000a5a5"
MODEL_VERSION = "2025-01-01.0"
MOST_CHANNELS = 20


@dataclass(frozen=True)
class Input:
    label: str                   # how the sandbox counts it: the URL, or the SHA-256 of the audio
    name: str                    # how its transcript calls it
    sha256: str
    channels: int = 2            # choice: what cannot be looked into is stereo
    seconds: float | None = None


def transcription(request: Request) -> tuple[Input, Reply]:
    """What was sent and the answer to it. Raises Refusal where either makes no sense."""
    query = Query(request)
    model = query.model()
    wanted_gap = query.number("utt_split", 0.8)
    given = _remote(request) if request.content_type() == "application/json" else (
        _uploaded(request, query))
    if query.all("callback"):
        # choice: the callback itself is never made; the sandbox talks to nobody.
        return given, Reply(headers=_headers(model), body={"request_id": request.id})

    channels = 1
    if query.yes("multichannel"):
        channels = min(int(query.number("channels", given.channels)), MOST_CHANNELS)
    results = transcript.results(given.name, given.seconds, transcript.Wanted(
        channels=max(1, channels),
        punctuated=query.yes("punctuate", "smart_format", "paragraphs"),
        diarized=query.yes("diarize", "diarize_model"),
        paragraphs=query.yes("paragraphs"),
        utterances=query.yes("utterances"),
        utterance_gap=wanted_gap,
        summary=query.yes("summarize"),
        language_detected=query.yes("detect_language"),
    ))
    metadata = {
        "transaction_key": "deprecated", "request_id": request.id, "sha256": given.sha256,
        "created": now(),
        "duration": transcript.seconds(results) if given.seconds is None else given.seconds,
        "channels": len(results["channels"]), "models": [MODEL_ID],
        "model_info": {MODEL_ID: {
            "name": model, "version": MODEL_VERSION, "arch": model.partition("-")[0]}},
    }
    if query.all("tag"):
        metadata["tags"] = query.all("tag")
    return given, Reply(headers=_headers(model), body={"metadata": metadata, "results": results})


def now() -> str:
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def _headers(model: str) -> list[tuple[str, str]]:
    return [("content-type", "application/json"), ("dg-project-id", keys.PROJECT_ID),
            ("dg-model-name", model), ("dg-model-uuid", MODEL_ID)]


def _remote(request: Request) -> Input:
    """The input that a JSON body names."""
    try:
        asked = request.body.json()
    except ValueError:
        asked = None
    if not isinstance(asked, dict):
        raise _bad_request(request, "Content-type was application/json, but we could not process "
                                    "the JSON payload.")
    if not isinstance(asked.get("url"), str):
        # choice: of the documented bodies, the one that names a missing member.
        raise errors.invalid_json(
            f"missing field `url` at line 1 column {request.body.length}", request.id)
    url = asked["url"]
    _check_routable(url, request)
    return Input(
        url, transcript.readable(urllib.parse.urlsplit(url).path.rpartition("/")[2]),
        # choice: nothing is downloaded, so this is the digest of the URL.
        hashlib.sha256(url.encode()).hexdigest())


def _check_routable(url: str, request: Request) -> None:
    try:
        parts = urllib.parse.urlsplit(url)
        host = parts.hostname
    except ValueError:
        host = None
    if not host or not url.isascii() or " " in url:
        raise errors.coded(400, "REMOTE_CONTENT_ERROR", "Could not parse URL as a URI", request.id)
    if parts.scheme not in ("http", "https") or not _is_public(host):
        raise errors.coded(
            400, "REMOTE_CONTENT_ERROR",
            "Could not determine if URL for media download is publicly routable.", request.id)


def _is_public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".localhost", ".local", ".internal"))


def _uploaded(request: Request, query: Query) -> Input:
    """The input that is the body itself."""
    body = request.body
    declared = request.content_type().startswith(("audio/", "video/")) or query.all("encoding")
    if not body.length or not (declared or audio.is_known(body)):
        raise _bad_request(
            request, "Bad Request: failed to process audio: corrupt or unsupported data")
    name = f"recording {body.sha256[:8]}"
    wave = audio.wave(body)
    if wave is None:
        return Input(body.sha256, name, body.sha256)
    return Input(body.sha256, name, body.sha256, wave.channels, wave.seconds)


def _bad_request(request: Request, message: str) -> errors.Refusal:
    return errors.coded(400, "Bad Request", message, request.id)
