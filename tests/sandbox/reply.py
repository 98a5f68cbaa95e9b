"""A reply: what it says, and by what accidents it reaches the client."""

import base64
import itertools
import json
from dataclasses import dataclass, field, fields
from http import HTTPStatus
from typing import BinaryIO, Callable, Iterator, Protocol

Headers = dict[str, str] | list[tuple[str, str]]

ENDLESS_PIECE = 16 * 1024


class Socket(Protocol):
    def sendall(self, data: bytes | memoryview) -> None: ...


@dataclass
class Reply:
    """A reply of the sandbox, or one a test wants to be given instead.

    `body` may be bytes, text, or anything that can be written as JSON.
    """

    status: int = 200
    headers: Headers = field(default_factory=dict)
    body: bytes | str | dict | list = b""
    delay: float = 0.0                       # seconds before the answer begins
    cut: int | None = None                   # only so many bytes of the whole reply, then hang up
    raw: bytes | None = None                 # these bytes and no other, then close
    drip: tuple[int, float] | None = None    # so many bytes at a time, so many seconds apart
    endless: bool = False                    # a chunked body that ends only with the connection
    close_before: bool = False               # hang up without an answer
    passthrough: bool = False                # the real answer, but with the accidents named here

    @classmethod
    def from_json(cls, description: dict) -> "Reply":
        """The same as JSON: `raw` in base64, header pairs and `drip` as arrays."""
        unknown = set(description) - {each.name for each in fields(cls)}
        if unknown:
            raise ValueError(f"a reply has no {', '.join(sorted(unknown))}")
        reply = cls(**description)
        if reply.raw is not None:
            reply.raw = base64.b64decode(reply.raw, validate=True)
        if reply.drip is not None:
            size, seconds = reply.drip
            reply.drip = (int(size), float(seconds))
        return reply

    def header_pairs(self) -> list[tuple[str, str]]:
        return list(self.headers.items() if isinstance(self.headers, dict) else self.headers)

    def ends_connection(self) -> bool:
        closing = ("connection", "close") in [
            (name.lower(), value.strip().lower()) for name, value in self.header_pairs()
        ]
        return closing or self.hangs_up() or self.endless or self.raw is not None

    def hangs_up(self) -> bool:
        """Whether the connection ends without TLS saying goodbye."""
        return self.close_before or self.cut is not None

    def send(self, socket: Socket, pause: Callable[[float], None]) -> None:
        """Puts the reply on the wire; `pause` waits, and raises when the sandbox stops."""
        if self.close_before:
            return
        left = self.cut
        for piece in self._pieces():
            if left is not None:
                piece = piece[:left]
                left -= len(piece)
            self._send_piece(socket, memoryview(piece), pause)
            if left == 0:
                return

    def _send_piece(self, socket: Socket, piece: memoryview, pause: Callable) -> None:
        size, seconds = self.drip or (max(1, len(piece)), 0.0)
        for start in range(0, len(piece), size):
            socket.sendall(piece[start:start + size])
            if seconds:
                pause(seconds)

    def _pieces(self) -> Iterator[bytes]:
        if self.raw is not None:
            yield self.raw
        elif self.endless:
            yield self._head(("transfer-encoding", "chunked"))
            filling = self._content() or b" " * ENDLESS_PIECE
            yield from itertools.repeat(b"%x\r\n%b\r\n" % (len(filling), filling))
        elif self.status < 200 or self.status in (204, 304):
            yield self._head()
        else:
            content = self._content()
            yield self._head(("content-length", str(len(content)))) + content

    def _head(self, framing: tuple[str, str] | None = None) -> bytes:
        pairs = self.header_pairs()
        given = {name.lower() for name, _ in pairs}
        if framing and not given & {"content-length", "transfer-encoding"}:
            pairs.append(framing)
        if isinstance(self.body, (dict, list)) and "content-type" not in given:
            pairs.append(("content-type", "application/json"))
        lines = [f"HTTP/1.1 {self.status} {_reason(self.status)}"]
        lines += [f"{name}: {value}" for name, value in pairs]
        return "\r\n".join([*lines, "", ""]).encode("latin-1")

    def _content(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        if isinstance(self.body, str):
            return self.body.encode()
        return json.dumps(self.body, separators=(",", ":"), ensure_ascii=False).encode()


@dataclass
class Upgrade(Reply):
    """A 101, and what goes on after it, given both ends of the connection."""

    session: Callable[[BinaryIO, Socket], None] = field(kw_only=True)


def _reason(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
