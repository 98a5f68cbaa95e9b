"""Runs one case against a scripted or a real sandbox and collects what happened."""

import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from place import Outcome, Place
from text import Names, fingerprint
from sandbox import Reply, Sandbox

KEY_ROLE = "member"


@dataclass
class FileSeen:
    content: bytes
    mode: int


@dataclass
class Trial:
    """All that a verdict needs."""
    outcome: Outcome
    names: Names
    secrets: list[str]
    box_is_idle: bool
    requests: list = field(default_factory=list)
    unused_replies: int = 0
    files: dict[str, FileSeen] = field(default_factory=dict)
    files_before: set[str] = field(default_factory=set)


class Boxes:
    """Sandboxes of one worker thread, kept between cases as long as they are clean."""

    def __init__(self):
        self.by_tls: dict[bool, Sandbox] = {}

    def take(self, tls: bool) -> Sandbox:
        if tls not in self.by_tls:
            self.by_tls[tls] = Sandbox(tls=tls)
            self.by_tls[tls].__enter__()
        return self.by_tls[tls]

    def give_back(self, tls: bool, clean: bool) -> None:
        if clean:
            self.by_tls[tls].requests.clear()
            self.by_tls[tls].tokens.clear()
        else:
            self.by_tls.pop(tls).__exit__(None, None, None)

    def close(self) -> None:
        for tls in list(self.by_tls):
            self.give_back(tls, clean=False)


def run_case(binary: str, case: dict[str, Any], boxes: Boxes) -> Trial:
    tls = case.get("tls", False)
    box = boxes.take(tls)
    clean = False
    try:
        with Place() as place:
            trial = run_in(place, binary, case, box)
        clean = trial.box_is_idle and not trial.unused_replies
        return trial
    finally:
        boxes.give_back(tls, clean)


def run_in(place: Place, binary: str, case: dict[str, Any], box: Sandbox) -> Trial:
    role = case.get("sandbox", KEY_ROLE)
    names = Names({
        "base": box.base_url, "host": "127.0.0.1", "port": str(box.port), "ca": str(box.ca_file),
        "home": str(place.home), "cwd": str(place.cwd), "key": box.keys[role],
        "fingerprint": fingerprint(box.keys[role]),
    } | {f"key.{other}": key for other, key in box.keys.items()})

    for name, content in case.get("files", {}).items():
        if content.get("folder"):
            place.path(name).mkdir(mode=0o700, parents=True)
        else:
            place.write(name, names.bytes_of(content["text"]), int(content.get("mode", "600"), 8))
    before = set(files_below(place))

    online = "replies" in case or "sandbox" in case
    env: dict[str, str | None] = {}
    if online:
        env = {"DEEPGRAM_BASE_URL": box.base_url, "DEEPGRAM_API_KEY": names["key"]}
        if box.ca_file:
            env["SSL_CERT_FILE"] = str(box.ca_file)
    for name, value in case.get("env", {}).items():
        env[name] = None if value is None else names.string_of(value)

    for reply in case.get("replies", []):
        box.script(reply_of(reply, names))
    command = [binary, *(names.string_of(arg) for arg in case["args"])]
    stdin = names.bytes_of(case["stdin"]) if "stdin" in case else None
    outcome = place.run(command, env, stdin)
    idle = box.wait_idle(1.0)

    if "sandbox" in case and box.tokens:
        names.known["token"] = box.tokens[-1]
    secrets = [*box.keys.values(), *box.tokens, *names.tokens()]
    secrets += [names.string_of(text) for text in case.get("secrets", [])]
    return Trial(outcome, names, secrets, idle, list(box.requests), len(box.unused_scripts()),
                 files_below(place), before)


def reply_of(fields: dict[str, Any], names: Names) -> Reply:
    known = dict(fields)
    if "json" in known:
        known["body"] = names.expand_all(known.pop("json"))
    elif "body" in known:
        known["body"] = names.bytes_of(known["body"])
    if "raw" in known:
        known["raw"] = names.bytes_of(known["raw"])
    if "drip" in known:
        known["drip"] = tuple(known["drip"])
    known["headers"] = names.expand_all(known.get("headers", {}))
    return Reply(**known)


def files_below(place: Place) -> dict[str, FileSeen]:
    seen = {}
    for top, prefix in ((place.home, "~/"), (place.cwd, "")):
        for path in sorted(Path(top).rglob("*")):
            info = path.lstat()
            content = path.read_bytes() if stat.S_ISREG(info.st_mode) else b""
            if not stat.S_ISDIR(info.st_mode):
                seen[prefix + str(path.relative_to(top))] = FileSeen(content, info.st_mode & 0o7777)
    return seen
