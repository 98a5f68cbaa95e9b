"""HTTP/1.1 as a server reads it: the head of a request, then its body piece by piece."""

import hashlib
import json
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field
from typing import BinaryIO, Callable, Iterator

LINE_LIMIT = 256 * 1024
HEADER_LIMIT = 1000
PIECE = 256 * 1024
# Of a body, this much is kept to be looked at; the rest is only counted and hashed.
KEPT = 2 * 1024 * 1024


class Malformed(Exception):
    """What came is not an HTTP/1.1 request."""


class Hangup(Exception):
    """The client went away in the middle of a request."""


@dataclass
class Body:
    kept: bytes = b""
    length: int = 0
    sha256: str = hashlib.sha256().hexdigest()
    complete: bool = True

    def json(self) -> object:
        """Raises ValueError where it is none."""
        try:
            return json.loads(self.kept)
        except RecursionError:
            raise ValueError("nested too deeply") from None


@dataclass
class Request:
    method: str
    target: str
    version: str
    headers: list[tuple[str, str]]
    body: Body = field(default_factory=Body)
    time: float = field(default_factory=time.time)
    id: str = field(default_factory=lambda: str(uuid.uuid4()))

    def __post_init__(self) -> None:
        parts = urllib.parse.urlsplit(self.target)
        self.path = parts.path
        self.query = urllib.parse.parse_qsl(parts.query, keep_blank_values=True)

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((value for each, value in self.headers if each.lower() == name), None)

    def listed(self, name: str) -> list[str]:
        """The comma-separated elements of every header of that name."""
        values = [value for each, value in self.headers if each.lower() == name]
        return [element.strip() for element in ",".join(values).split(",") if element.strip()]

    def content_type(self) -> str:
        """Without its parameters, in lower case."""
        return (self.header("content-type") or "").partition(";")[0].strip().lower()

    def wants_upgrade(self) -> bool:
        return "websocket" in [word.lower() for word in self.listed("upgrade")]

    def keeps_alive(self) -> bool:
        words = [word.lower() for word in self.listed("connection")]
        return "close" not in words and (self.version == "HTTP/1.1" or "keep-alive" in words)


def read_request(stream: BinaryIO) -> Request | None:
    """The next request without its body, or None when the client has closed."""
    line = stream.readline(LINE_LIMIT)
    if line in (b"\r\n", b"\n"):  # a blank line before a request is allowed
        line = stream.readline(LINE_LIMIT)
    if not line:
        return None
    words = _text(line).split(" ")
    if len(words) != 3 or words[2] not in ("HTTP/1.1", "HTTP/1.0"):
        raise Malformed("request line")
    try:
        return Request(*words, _headers(stream))
    except ValueError as wrong:  # urlsplit dislikes the target
        raise Malformed(str(wrong)) from None


def read_body(stream: BinaryIO, request: Request, go_on: Callable[[], None]) -> None:
    """Reads the body to its end into `request.body`, after `go_on()` if the client waits for it."""
    if (request.header("expect") or "").lower() == "100-continue":
        go_on()
    digest = hashlib.sha256()
    kept = bytearray()
    length = 0
    complete = False
    try:
        for piece in _pieces(stream, request):
            digest.update(piece)
            length += len(piece)
            kept += piece[:max(0, KEPT - len(kept))]
        complete = True
    finally:
        request.body = Body(bytes(kept), length, digest.hexdigest(), complete)


def _headers(stream: BinaryIO) -> list[tuple[str, str]]:
    headers = []
    while len(headers) < HEADER_LIMIT:
        line = stream.readline(LINE_LIMIT)
        if not line.endswith(b"\n"):
            raise Hangup("in the headers")
        if line in (b"\r\n", b"\n"):
            return headers
        name, colon, value = _text(line).partition(":")
        if not colon or not name or name != name.strip():
            raise Malformed("header line")
        headers.append((name, value.strip(" \t")))
    raise Malformed("too many headers")


def _pieces(stream: BinaryIO, request: Request) -> Iterator[bytes]:
    codings = [coding.lower() for coding in request.listed("transfer-encoding")]
    lengths = request.listed("content-length")
    if codings:
        if codings != ["chunked"] or lengths:
            raise Malformed("transfer-encoding")
        yield from _chunks(stream)
    elif lengths:
        if len(set(lengths)) > 1 or not (lengths[0].isascii() and lengths[0].isdigit()):
            raise Malformed("content-length")
        yield from _exactly(stream, int(lengths[0]))


def _chunks(stream: BinaryIO) -> Iterator[bytes]:
    while True:
        size = _hexadecimal(stream.readline(LINE_LIMIT))
        if size == 0:
            break
        yield from _exactly(stream, size)
        if stream.readline(LINE_LIMIT).strip():
            raise Malformed("chunk end")
    _headers(stream)  # the trailer


def _hexadecimal(line: bytes) -> int:
    if not line:
        raise Hangup("between chunks")
    digits = line.partition(b";")[0].strip()
    if not digits or digits.strip(b"0123456789abcdefABCDEF"):
        raise Malformed("chunk size")
    return int(digits, 16)


def _exactly(stream: BinaryIO, left: int) -> Iterator[bytes]:
    while left:
        piece = stream.read(min(left, PIECE))
        if not piece:
            raise Hangup("in the body")
        left -= len(piece)
        yield piece


def _text(line: bytes) -> str:
    return line.decode("latin-1").rstrip("\r\n")
