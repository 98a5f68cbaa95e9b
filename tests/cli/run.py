#!/usr/bin/env python3
"""Runs the black-box cases of tests/cli/cases against a dgauth binary.

README.md says how a case is written.

usage: run.py [--binary PATH] [-k SUBSTRING] [FILE.json ...]
"""

import argparse
import json
import os
import queue
import sys
import threading
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent)]

from trial import Boxes, run_case
from verdict import complaints

CASES = Path(__file__).resolve().parent / "cases"
WORKERS = os.cpu_count() or 2
FIELDS = {
    "name", "promise", "args", "env", "stdin", "files", "replies", "sandbox", "tls", "secrets",
    "status", "takes", "stdout", "stdout_has", "stdout_lacks", "stdout_match", "stdout_json",
    "stderr", "stderr_has", "stderr_lacks", "stderr_match", "stderr_json", "stderr_free",
    "requests", "files_after", "each",
}


def cases_in(path: Path) -> list[dict[str, Any]]:
    """The cases of a file; one with `each` stands for as many as that has values."""
    cases = []
    for case in json.loads(path.read_text(encoding="utf-8"), object_pairs_hook=once):
        unknown = set(case) - FIELDS
        if unknown or not {"name", "args"} <= set(case):
            raise SystemExit(f"{path.name}: {case.get('name')}: {unknown or 'no name or args'}")
        values = case.pop("each", None)
        for value in values if values is not None else [None]:
            one = case if value is None else put_in(case, value)
            cases.append(one | {"file": path.stem})
    names = [case["name"] for case in cases]
    for name in set(names):
        if names.count(name) > 1:
            raise SystemExit(f"{path.name}: two cases are named {name!r}")
    return cases


def once(members: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object, but not one that says something twice."""
    if len(dict(members)) < len(members):
        raise SystemExit(f"a member stands twice: {[name for name, _ in members]}")
    return dict(members)


def put_in(template: Any, value: Any) -> Any:
    """Puts in the value for {each}, and the members of an object for {each.member}.

    A string that is only the placeholder becomes the value itself, a number or an object perhaps.
    """
    if isinstance(template, list):
        return [put_in(item, value) for item in template]
    if isinstance(template, dict):
        return {put_in(key, value): put_in(item, value) for key, item in template.items()}
    if not isinstance(template, str):
        return template
    members = {"each": value}
    if isinstance(value, dict):
        members |= {f"each.{name}": member for name, member in value.items()}
    for name, member in members.items():
        if template == "{" + name + "}":
            return member
        shown = member if isinstance(member, str) else json.dumps(member)
        template = template.replace("{" + name + "}", shown)
    return template


def work(binary: str, todo: "queue.SimpleQueue", failures: list[str]) -> None:
    boxes = Boxes()
    try:
        while True:
            case = todo.get_nowait()
            try:
                said = list(complaints(case, run_case(binary, case, boxes)))
            except Exception as error:  # a broken case must not hide the others
                said = [f"the case itself broke: {type(error).__name__}: {error}"]
            if said:
                promise = f" (promise {case['promise']})" if "promise" in case else ""
                failures.append(f"FAIL {case['file']}: {case['name']}{promise}\n" + "\n".join(said))
    except queue.Empty:
        pass
    finally:
        boxes.close()


def main() -> int:
    parser = argparse.ArgumentParser(description="Runs the black-box cases of dgauth.")
    parser.add_argument("--binary", default=os.environ.get("DGAUTH_BINARY", "build/dev/dgauth"))
    parser.add_argument("-k", dest="part", default="", help="only cases whose name holds this")
    parser.add_argument("files", nargs="*", type=Path, default=sorted(CASES.glob("*.json")))
    options = parser.parse_args()
    binary = os.path.abspath(options.binary)
    if not os.access(binary, os.X_OK):
        parser.error(f"{options.binary} cannot be run")

    cases = [case for path in options.files for case in cases_in(path)
             if options.part in case["name"]]
    todo: queue.SimpleQueue = queue.SimpleQueue()
    for case in cases:
        todo.put(case)
    failures: list[str] = []
    workers = [threading.Thread(target=work, args=(binary, todo, failures)) for _ in range(WORKERS)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    for failure in sorted(failures):
        print(failure, end="\n\n")
    print(f"{len(cases) - len(failures)} passed, {len(failures)} failed")
    return 1 if failures or not cases else 0


if __name__ == "__main__":
    sys.exit(main())
