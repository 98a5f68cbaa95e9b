"""Replies that a test has scripted in place of the real behaviour."""

import threading
from dataclasses import dataclass

from .reply import Reply


@dataclass
class Scripted:
    """A reply for the next requests with this method and path; None matches any."""

    reply: Reply
    method: str | None = None
    path: str | None = None
    times: int | None = 1            # how often still; None: as long as the sandbox runs
    used: int = 0

    @classmethod
    def from_json(cls, description: dict) -> "Scripted":
        if not isinstance(description, dict) or not isinstance(description.get("reply"), dict):
            raise ValueError('a script is an object with at least a member "reply"')
        description = dict(description)
        return cls(Reply.from_json(description.pop("reply")), **description)

    def matches(self, method: str, path: str) -> bool:
        return self.method in (None, method) and self.path in (None, path) and self.times != 0


class Faults:
    """Scripted replies, consumed in the order they were given."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._scripted: list[Scripted] = []

    def add(self, scripted: Scripted) -> None:
        with self._lock:
            self._scripted.append(scripted)

    def take(self, method: str, path: str) -> Reply | None:
        with self._lock:
            for scripted in self._scripted:
                if scripted.matches(method, path):
                    scripted.used += 1
                    if scripted.times is not None:
                        scripted.times -= 1
                    return scripted.reply
        return None

    def unused(self) -> list[Scripted]:
        """Those that were not used up; of those without a limit, the ones never used."""
        with self._lock:
            return [each for each in self._scripted if each.times or (
                each.times is None and not each.used)]
