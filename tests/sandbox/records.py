"""What the sandbox received."""

import json
import threading
from dataclasses import dataclass
from pathlib import Path

from .http11 import Request


@dataclass(frozen=True)
class Received:
    """One request. Of a very large body only the first 2 MiB are in `body`."""

    method: str
    target: str                      # as received, undecoded
    path: str
    query: list[tuple[str, str]]
    headers: list[tuple[str, str]]
    body: bytes
    connection: int                  # the same number: the same connection
    time: float                      # when its head had come, as time.time() counts
    body_length: int
    body_sha256: str
    complete: bool                   # False: the client went away in the middle of the body

    def as_json(self) -> dict:
        return {**vars(self), "body": self.body.decode(errors="replace")}


class Records:
    """All requests in the order they came, and their copy as JSON lines in a file if wanted."""

    def __init__(self, copy: Path | None = None) -> None:
        self._lock = threading.Lock()
        self._copy = copy.open("w", encoding="utf-8") if copy else None
        self.received: list[Received] = []

    def add(self, request: Request, connection: int) -> None:
        body = request.body
        received = Received(
            request.method, request.target, request.path, request.query, request.headers,
            body.kept, connection, request.time, body.length, body.sha256, body.complete)
        with self._lock:
            self.received.append(received)
            if self._copy:
                self._copy.write(json.dumps(received.as_json()) + "\n")
                self._copy.flush()

    def clear(self) -> None:
        with self._lock:
            self.received.clear()

    def close(self) -> None:
        with self._lock:
            if self._copy:
                self._copy.close()
                self._copy = None
