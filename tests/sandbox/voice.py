"""POST /v1/speak and POST /v1/read: text in, sound or findings out."""

from . import audio, errors, keys, listen
from .http11 import Request
from .query import ALTERNATIVES, Query
from .reply import Reply

TEXT_LIMIT = 2_000_000
SECONDS_A_CHARACTER = 0.06
# One frame of MPEG-1 layer III, 128 kbit/s at 44.1 kHz, that decodes to silence.
SILENT_FRAME = b"\xff\xfb\x90\x64" + bytes(413)
FRAME_SECONDS = 1152 / 44100
CONTENT_TYPES = {"linear16": "audio/wav", "mp3": "audio/mpeg"}


def spoken(request: Request) -> Reply:
    # choice: of the encodings only those two are made; the others are refused.
    query = Query(request, {**ALTERNATIVES, "encoding": tuple(CONTENT_TYPES)})
    text = _text(request)
    if not text.strip():
        raise _payload_error(request, "Input text contains no characters.")
    if query.all("callback"):
        return Reply(body={"request_id": request.id})
    encoding = query.one("encoding", "mp3")
    length = len(text) * SECONDS_A_CHARACTER
    sound = (audio.silence(length) if encoding == "linear16"
             else SILENT_FRAME * (1 + int(length / FRAME_SECONDS)))
    return Reply(body=sound, headers=[
        ("content-type", CONTENT_TYPES[encoding]), ("dg-project-id", keys.PROJECT_ID),
        ("dg-model-name", query.one("model", "aura-asteria-en")),
        ("dg-model-uuid", listen.MODEL_ID), ("dg-char-count", str(len(text)))])


def check_language(request: Request) -> None:
    """A missing language is refused ahead of everything else."""
    if "language" not in dict(request.query):
        raise errors.invalid_query(
            "Failed to deserialize query parameters: missing field `language`", request.id)


def findings(request: Request) -> Reply:
    """What was found in a text; nothing ever is, but for a summary."""
    query = Query(request)
    text = _text(request, or_url=True)
    if not text.strip():
        raise _payload_error(request, "Input text contains no characters.")
    if query.all("callback"):
        return Reply(body={"request_id": request.id})
    results: dict = {}
    if query.yes("summarize"):
        results["summary"] = {"text": f"A text of {len(text)} characters."}
    for name, member in (("topics", "topics"), ("intents", "intents"),
                         ("sentiment", "sentiments")):
        if query.yes(name):
            results[member] = {"segments": []}
    return Reply(body={
        "metadata": {"request_id": request.id, "created": listen.now(),
                     "language": query.one("language")},
        "results": results,
    })


def _text(request: Request, or_url: bool = False) -> str:
    """What the body says, as plain text or in JSON."""
    if request.body.length > TEXT_LIMIT:
        raise errors.coded(
            413, "PAYLOAD_TOO_LARGE", "Payload size exceeds limit of 2 MB.", request.id)
    match request.content_type():
        case "text/plain":
            return request.body.kept.decode(errors="replace")
        case "application/json":
            pass
        case _:
            raise errors.coded(
                415, "UNSUPPORTED_MEDIA_TYPE",
                "Content-Type header is not supported. Content-Type must be either text/plain or "
                "application/json.", request.id)
    try:
        asked = request.body.json()
    except ValueError:
        asked = None
    # choice: the words of this refusal; only its code is documented.
    if not isinstance(asked, dict):
        raise _payload_error(request, "Failed to deserialize JSON payload.")
    text = asked.get("text", asked.get("url") if or_url else None)
    if not isinstance(text, str):
        raise _payload_error(request, "Failed to deserialize JSON payload: missing field `text`.")
    return text


def _payload_error(request: Request, message: str) -> errors.Refusal:
    return errors.coded(400, "PAYLOAD_ERROR", message, request.id)
