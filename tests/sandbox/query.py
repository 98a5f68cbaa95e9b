"""The query of a voice API: each documented parameter, and what may stand in it."""

import math
import re
import urllib.parse

from . import errors
from .http11 import Request

BOOLEANS = frozenset((
    "sentiment", "topics", "intents", "detect_entities", "diarize", "dictation", "filler_words",
    "measurements", "multichannel", "numerals", "paragraphs", "profanity_filter", "punctuate",
    "smart_format", "utterances", "mip_opt_out",
))
ALTERNATIVES = {
    "callback_method": ("POST", "PUT", "post", "put"),
    "custom_topic_mode": ("extended", "strict"),
    "custom_intent_mode": ("extended", "strict"),
    "diarize_model": ("latest", "v1", "v2"),
    "summarize": ("v2", "true", "false"),
    "encoding": ("linear16", "flac", "mulaw", "amr-nb", "amr-wb", "opus", "speex", "g729"),
}
CALLBACK_PORTS = (None, 80, 443, 8080, 8443)

# choice: a model of one of these families, or the UUID of a custom one, exists in any language
# that looks like a BCP 47 tag. Which combinations really do is a long list that changes.
MODEL = re.compile(r"(nova|enhanced|base|whisper)(-[a-z0-9-]+)?|[0-9a-f]{8}(-[0-9a-f]{4,12}){4}")
LANGUAGE = re.compile(r"multi|[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


class Query:
    """Parameters that passed. Raises Refusal for those that the real service cannot read."""

    def __init__(self, request: Request, alternatives: dict = ALTERNATIVES) -> None:
        # choice: unknown parameters are ignored.
        self._pairs = request.query
        self._id = request.id
        for name, value in self._pairs:
            if name in BOOLEANS and value not in ("true", "false"):
                self._refuse(f"{name}: provided string was not `true` or `false`")
            if name in alternatives and value not in alternatives[name]:
                self._refuse(f"{name}: unknown variant `{value}`")
        if self.all("diarize") and self.all("diarize_model"):
            self._refuse("diarize and diarize_model exclude each other")
        for callback in self.all("callback"):
            if not _is_callback(callback):
                raise errors.invalid_query("Invalid callback url.", self._id)

    def all(self, name: str) -> list[str]:
        return [value for each, value in self._pairs if each == name]

    def one(self, name: str, default: str = "") -> str:
        return next(iter(self.all(name)), default)

    def yes(self, *names: str) -> bool:
        """Whether one of them is set to something but false."""
        return any(self.one(name, "false") != "false" for name in names)

    def number(self, name: str, default: float) -> float:
        try:
            number = float(self.one(name, str(default)))
        except ValueError:
            number = math.nan
        if not math.isfinite(number):
            self._refuse(f"{name}: invalid float literal")
        return number

    def model(self) -> str:
        """Of a transcription; it must exist in the language asked for."""
        model = self.one("model", "base-general")
        language = self.one("language", "en")
        if not (MODEL.fullmatch(model) and LANGUAGE.fullmatch(language)):
            raise errors.coded(
                400, "Bad Request", "No such model/language/tier combination found.", self._id)
        return model

    def _refuse(self, problem: str) -> None:
        raise errors.invalid_query(
            f"Failed to deserialize query parameters: {problem}", self._id)


def _is_callback(url: str) -> bool:
    try:
        parts = urllib.parse.urlsplit(url)
        return (parts.scheme in ("http", "https") and bool(parts.hostname)
                and parts.port in CALLBACK_PORTS)
    except ValueError:
        return False
