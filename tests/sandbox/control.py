"""The sandbox's own paths: scripting and records over HTTP, for tests in any language."""

from typing import TYPE_CHECKING

from .faults import Scripted
from .http11 import Request
from .reply import Reply

if TYPE_CHECKING:
    from .server import Sandbox

PREFIX = "/_sandbox/"


def owns(path: str) -> bool:
    return path.startswith(PREFIX)


def answer(box: "Sandbox", request: Request) -> Reply:
    match request.method, request.path.removeprefix(PREFIX):
        case "POST", "script":
            try:
                scripted = Scripted.from_json(request.body.json())
            except (TypeError, ValueError) as wrong:
                return Reply(400, body={"error": str(wrong)})
            box.faults.add(scripted)
            return Reply(201, body={})
        case "GET", "requests":
            return Reply(body=[each.as_json() for each in box.requests])
        case "DELETE", "requests":
            box.records.clear()
            return Reply(204)
        case "GET", "tokens":
            return Reply(body=box.tokens)
    return Reply(404, body={"error": "the sandbox has no such call"})
