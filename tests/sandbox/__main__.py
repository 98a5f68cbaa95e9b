"""The sandbox from a command line: `python3 tests/sandbox [options] [-- COMMAND ...]`."""

import sys
from os.path import abspath, dirname

# Python put this folder first, where its modules would be found under the names of others.
sys.path[0] = dirname(dirname(abspath(__file__)))

import argparse
import json
import os
import signal
import subprocess
from pathlib import Path

from sandbox import Sandbox, keys
from sandbox.faults import Scripted

# OpenSSL's own, Node's, and those that curl and Python's requests prefer to it.
TRUST_VARIABLES = ("SSL_CERT_FILE", "NODE_EXTRA_CA_CERTS", "CURL_CA_BUNDLE", "REQUESTS_CA_BUNDLE")
# Would add to the trust in that file.
UNWANTED_VARIABLE = "SSL_CERT_DIR"


def main() -> int:
    options, command = parsed(sys.argv[1:])
    signals = {signal.SIGINT, signal.SIGTERM}
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # nohup wants it ignored
        signals.add(signal.SIGHUP)
    # Held back until somebody waits for them, lest one leave the temporary folder behind.
    signal.pthread_sigmask(signal.SIG_BLOCK, signals)
    try:
        box = Sandbox(tls=not options.http, latency=options.latency, regional=options.regional,
                      port=options.port, record=options.record, verbose=options.verbose)
        for scripted in options.script:
            box.faults.add(scripted)
        with box:
            environment = environment_for(box, options.key)
            if command:
                return run(command, environment, signals)
            announce(box, environment)
            signal.sigwait(signals)
            return 0
    except (OSError, RuntimeError) as wrong:
        print(f"sandbox: {wrong}", file=sys.stderr)
        return 1


def parsed(arguments: list[str]) -> tuple[argparse.Namespace, list[str]]:
    """The options, and the command after `--`, if any."""
    command: list[str] = []
    if "--" in arguments:
        cut = arguments.index("--")
        arguments, command = arguments[:cut], arguments[cut + 1:]
    parser = argparse.ArgumentParser(
        prog="sandbox", usage="python3 tests/sandbox [options] [-- COMMAND [ARGUMENT ...]]",
        description="A stand-in for Deepgram on loopback. With a COMMAND: runs it against the "
                    "sandbox and ends with its status. Without: prints the environment to use.")
    parser.add_argument("--http", action="store_true", help="plain HTTP, no TLS")
    parser.add_argument("--port", type=int, default=0, help="default: chosen by the system")
    parser.add_argument("--latency", type=float, default=0.0, metavar="SECONDS",
                        help="added to each request")
    parser.add_argument("--regional", action="store_true",
                        help="as a regional host: no /v1/projects")
    parser.add_argument("--key", choices=list(keys.BY_ROLE), default="member", metavar="ROLE",
                        help="the key in DEEPGRAM_API_KEY: %(choices)s (default: %(default)s)")
    parser.add_argument("--script", type=scripts, default=[], metavar="FILE",
                        help="JSON: a list of scripted replies")
    parser.add_argument("--record", type=Path, metavar="FILE",
                        help="write each request there as a line of JSON")
    parser.add_argument("--verbose", action="store_true", help="report its own defects on stderr")
    return parser.parse_args(arguments), command


def scripts(path: str) -> list[Scripted]:
    try:
        return [Scripted.from_json(each) for each in json.loads(Path(path).read_text())]
    except (OSError, TypeError, ValueError) as wrong:
        raise argparse.ArgumentTypeError(f"{path}: {wrong}") from None


def environment_for(box: Sandbox, role: str) -> dict[str, str]:
    environment = {"DEEPGRAM_BASE_URL": box.base_url}
    if box.ca_file:
        environment |= {name: box.ca_file for name in TRUST_VARIABLES}
    return environment | {"DEEPGRAM_API_KEY": box.keys[role]}


def announce(box: Sandbox, environment: dict[str, str]) -> None:
    print(f"unset {UNWANTED_VARIABLE}")
    for name, value in environment.items():
        print(f"export {name}='{value}'")
    for key in keys.KEYS:
        print(f"# {key.role:<12} {key.text}  {key.note}".rstrip())
    print("# ready", flush=True)


def run(command: list[str], environment: dict[str, str], signals: set[signal.Signals]) -> int:
    """Runs the command to its end, handing signals on. Returns its status as a shell would."""
    early: list[int] = []
    for number in signals:
        signal.signal(number, lambda number, _: early.append(number))
    signal.pthread_sigmask(signal.SIG_UNBLOCK, signals)  # before the command could inherit it
    inherited = {name: value for name, value in os.environ.items() if name != UNWANTED_VARIABLE}
    try:
        child = subprocess.Popen(command, env=inherited | environment)
    except OSError as wrong:
        print(f"sandbox: {wrong}", file=sys.stderr)
        return 127 if isinstance(wrong, FileNotFoundError) else 126
    for number in signals:
        signal.signal(number, lambda number, _: child.send_signal(number))
    for number in early:
        child.send_signal(number)
    status = child.wait()
    return status if status >= 0 else 128 - status


if __name__ == "__main__":
    sys.exit(main())
