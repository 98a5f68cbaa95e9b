"""Compares what a case did with what it says, and with what holds for every case."""

import difflib
import json
import re
from collections.abc import Iterator
from datetime import datetime, timezone
from typing import Any

from text import leaks_in
from trial import Trial

LINE = re.compile(r"dgauth: (error|hint|warning|note|trace): \S.*|::add-mask::\S+")
HELP_STATUS = 2
START_SECONDS = 2.0  # from the start of the program to the request, at most
VERBOSE = {"-v", "--verbose"}
JSON_ERROR_MEMBERS = ["kind", "exit_status", "message", "hint", "http_status", "request_id"]
STATUS_OF_KIND = {
    "usage": 2, "config": 3, "no_credential": 3, "refused": 4, "forbidden": 5, "payment": 6,
    "rate_limit": 6, "network": 7, "service": 8, "rejected": 9, "output": 1, "internal": 1,
}


def complaints(case: dict[str, Any], trial: Trial) -> Iterator[str]:
    """Everything that is wrong; nothing, if the case passed."""
    yield from status_complaints(case, trial)
    yield from stdout_complaints(case, trial)
    yield from stderr_complaints(case, trial)
    yield from leak_complaints(case, trial)
    yield from request_complaints(case, trial)
    yield from file_complaints(case, trial)


def status_complaints(case: dict[str, Any], trial: Trial) -> Iterator[str]:
    outcome = trial.outcome
    wanted = case.get("status", 0)
    if outcome.timed_out:
        yield f"did not end within {outcome.seconds:.0f} s"
    elif outcome.status not in (wanted if isinstance(wanted, list) else [wanted]):
        yield f"status {outcome.status}, wanted {wanted}\n{indent(outcome.message)}"
    if outcome.left_behind:
        yield "left a process behind"
    shortest, longest = case.get("takes", [0, 10])
    if not shortest <= outcome.seconds <= longest:
        yield f"took {outcome.seconds:.2f} s, wanted {shortest} to {longest}"


def stdout_complaints(case: dict[str, Any], trial: Trial) -> Iterator[str]:
    seen, names = trial.outcome.stdout, trial.names
    text = seen.decode(errors="replace")
    commands = ("grant", "header", "check", "cache", "transcribe-url", "transcribe-file",
                "completion")
    command = next((word for word in map(str, case["args"]) if word in commands), "")
    failed = trial.outcome.status != 0 and command in ("grant", "header")
    if failed or not any(field.startswith("stdout") for field in case):
        if seen:
            yield "stdout wanted: nothing"  # promise 16
        yield from difference("stdout", b"", seen)
        return
    if "stdout" in case:
        yield from difference("stdout", names.bytes_of(case["stdout"]), seen)
    if "stdout_json" in case:
        yield from json_difference(case["stdout_json"], text, trial)
    yield from pieces("stdout", case, text, trial)


def stderr_complaints(case: dict[str, Any], trial: Trial) -> Iterator[str]:
    text, names = trial.outcome.message, trial.names
    if "stderr" in case:
        yield from difference("stderr", names.bytes_of(case["stderr"]), trial.outcome.stderr)
    elif trial.outcome.status == 0 and not any(field.startswith("stderr") for field in case):
        yield from difference("stderr", b"", trial.outcome.stderr)
    yield from pieces("stderr", case, text, trial)
    if "stderr_json" in case:
        yield from json_error_complaints(case["stderr_json"], text, trial)
    elif not case.get("stderr_free"):
        yield from line_complaints(case, text, trial.outcome.status)


def pieces(stream: str, case: dict[str, Any], text: str, trial: Trial) -> Iterator[str]:
    names = trial.names
    for piece in case.get(f"{stream}_has", []):
        if names.string_of(piece) not in text:
            yield f"{stream} lacks {names.string_of(piece)!r}\n{indent(text)}"
    for piece in case.get(f"{stream}_lacks", []):
        if names.string_of(piece) in text:
            yield f"{stream} holds {names.string_of(piece)!r}\n{indent(text)}"
    pattern = case.get(f"{stream}_match")
    if pattern and not re.fullmatch(names.expand(pattern, re.escape), text, re.DOTALL):
        yield f"{stream} does not match {pattern!r}\n{indent(text)}"


def line_complaints(case: dict[str, Any], text: str, status: int) -> Iterator[str]:
    """Each line says what it is; no full stop; one error for a failure and none otherwise."""
    lines = text.split("\n")
    if lines.pop() != "":
        yield f"stderr does not end its last line\n{indent(text)}"
    if case["args"] == [] and status == HELP_STATUS:  # `dgauth` alone: short help
        return
    for line in lines:
        if not LINE.fullmatch(line):
            yield f"stderr line without a known beginning: {line!r}"
        if line.endswith("."):
            yield f"stderr line ends in a full stop: {line!r}"
        if re.match(r"dgauth: (error|hint|warning): [A-Z][a-z]+ [a-z]", line):
            yield f"stderr line begins with a capital: {line!r}"
        if line.startswith("dgauth: trace: ") and not VERBOSE & set(map(str, case["args"])):
            yield f"trace without -v: {line!r}"
    errors = sum(line.startswith("dgauth: error: ") for line in lines)
    if errors != (status != 0):
        yield f"{errors} error lines for status {status}\n{indent(text)}"


def json_error_complaints(wanted: dict[str, Any], text: str, trial: Trial) -> Iterator[str]:
    """With -o json a failure is one JSON line on stderr."""
    if text.count("\n") != 1 or not text.endswith("\n"):
        yield f"stderr is not one line\n{indent(text)}"
        return
    try:
        error = json.loads(text)["error"]
    except (ValueError, KeyError, TypeError):
        yield f"stderr is no JSON error\n{indent(text)}"
        return
    if list(error) != JSON_ERROR_MEMBERS:
        yield f"members of the error: {list(error)}, wanted {JSON_ERROR_MEMBERS}"
    for name, value in trial.names.expand_all(wanted).items():
        if error.get(name, "absent") != value:
            yield f"error.{name} is {error.get(name, 'absent')!r}, wanted {value!r}"
    if error.get("exit_status") != trial.outcome.status:
        yield f"error.exit_status {error.get('exit_status')}, ended with {trial.outcome.status}"
    if STATUS_OF_KIND.get(error.get("kind")) != trial.outcome.status:
        yield f"error.kind {error.get('kind')!r} for status {trial.outcome.status}"


def json_difference(wanted: dict[str, Any], text: str, trial: Trial) -> Iterator[str]:
    """One compact line with these members in this order; "@unix+N" and "@utc+N" are times."""
    try:
        seen = json.loads(text)
    except ValueError:
        yield f"stdout is not JSON\n{indent(text)}"
        return
    known = trial.names.expand_all(wanted)
    for name, value in known.items():
        if isinstance(value, str) and value.startswith("@"):
            yield from moment_complaints(name, value, seen.get(name), trial)
            known[name] = seen.get(name)
    line = json.dumps(known, separators=(",", ":"), ensure_ascii=False) + "\n"
    yield from difference("stdout", line.encode(), text.encode())


def moment_complaints(name: str, wanted: str, seen: Any, trial: Trial) -> Iterator[str]:
    kind, _, offset = wanted.partition("+")
    outcome = trial.outcome
    earliest = int(outcome.started) + int(offset)
    latest = int(outcome.started + START_SECONDS) + int(offset)
    if kind == "@utc":
        try:
            moment = datetime.strptime(str(seen), "%Y-%m-%dT%H:%M:%SZ")
        except ValueError:
            yield f"{name} is not a UTC time: {seen!r}"
            return
        seen = int(moment.replace(tzinfo=timezone.utc).timestamp())
    elif kind == "@seconds":
        earliest, latest = int(offset) - 3, int(offset)
    if not isinstance(seen, int) or not earliest <= seen <= latest:
        yield f"{name} is {seen}, wanted {earliest} to {latest}"


def leak_complaints(case: dict[str, Any], trial: Trial) -> Iterator[str]:
    """promises 16 and 19: no secret where none was asked for."""
    lines = trial.outcome.message.splitlines()
    shown = "\n".join(line for line in lines if not line.startswith("::add-mask::"))
    for leak in leaks_in(shown, trial.secrets):
        yield f"stderr holds {leak!r} of a secret"
    if "--dry-run" in case["args"] or not {"grant", "header"} & set(map(str, case["args"])):
        for leak in leaks_in(trial.outcome.stdout.decode(errors="replace"), trial.secrets):
            yield f"stdout holds {leak!r} of a secret"


def request_complaints(case: dict[str, Any], trial: Trial) -> Iterator[str]:
    if trial.unused_replies:
        yield f"{trial.unused_replies} of {len(case['replies'])} replies not used"
    wanted = case.get("requests")
    if wanted is None and "sandbox" not in case:
        wanted = [{}] * len(case.get("replies", []))
    if wanted is None:
        return
    if len(wanted) != len(trial.requests):
        said = "\n".join(f"{each.method} {each.target}" for each in trial.requests)
        yield f"{len(trial.requests)} requests, wanted {len(wanted)}\n{indent(said)}"
        return
    for expected, received in zip(wanted, trial.requests):
        yield from one_request_complaints(trial.names.expand_all(expected), received)


def one_request_complaints(wanted: dict[str, Any], received: Any) -> Iterator[str]:
    headers = {name.lower(): value for name, value in received.headers}
    if "accept-encoding" in headers:
        yield "the request has an Accept-Encoding"
    seen = {"method": received.method, "path": received.target,
            "authorization": headers.get("authorization"), "body": received.body.decode()}
    for name, value in wanted.items():
        if name == "headers":
            for header, content in value.items():
                if headers.get(header.lower()) != content:
                    yield f"header {header} is {headers.get(header.lower())!r}, wanted {content!r}"
        elif name == "json":
            if json.loads(seen["body"] or "{}") != value:
                yield f"body is {seen['body']!r}, wanted {value!r}"
        elif seen[name] != value:
            yield f"{name} of the request is {seen[name]!r}, wanted {value!r}"


def file_complaints(case: dict[str, Any], trial: Trial) -> Iterator[str]:
    """The files named are as they should be, and no other came or went (promise 24)."""
    wanted = case.get("files_after", {})
    for name, content in wanted.items():
        if content.get("absent"):
            if name in trial.files:
                yield f"{name} is there"
            continue
        if name not in trial.files:
            yield f"{name} is not there"
            continue
        if "text" in content:
            yield from difference(name, trial.names.bytes_of(content["text"]),
                                  trial.files[name].content)
        mode = f"{trial.files[name].mode:03o}"
        if content.get("mode", mode) != mode:
            yield f"{name} has mode {mode}, wanted {content['mode']}"
    for name in set(trial.files) ^ trial.files_before:
        if name not in wanted:
            yield f"{name} {'appeared' if name in trial.files else 'went away'}"


def difference(what: str, wanted: bytes, seen: bytes) -> Iterator[str]:
    if wanted != seen:
        lines = difflib.unified_diff(shown_lines(wanted), shown_lines(seen), f"{what} wanted",
                                     f"{what} seen", lineterm="")
        yield "\n".join(lines)


def shown_lines(content: bytes) -> list[str]:
    return [ascii(line)[2:-1] for line in content[:20000].splitlines(keepends=True)]


def indent(text: str) -> str:
    return "\n".join("    " + line[:300] for line in text.splitlines()[:20])
