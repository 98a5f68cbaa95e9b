"""Which faults there are, in the order of the phases of a request, and a server for each."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from faults import (ANSWER, CHUNKED, HALF, HEAD, UNTIL_A_BRACE, WHOLE, Served, Talk, answer,
                    answer_all, beginning, body, close_together, cut, drip, endless_headers2, flood,
                    half2, http2, linger, once, reset, reset_the_second, sip, stall, turned_away,
                    wait_for_nothing, whole2)
from http2_frames import INTERNAL_ERROR, NO_ERROR, REFUSED_STREAM, go_away, reset_stream
from loopback import RawServer, server_context

OVER_THE_CAP = 2 * 1024 * 1024  # bytes
UPLOAD = 16 * 1024 * 1024  # bytes: more than the buffers of both ends of a connection hold
MINTING = ("grant", "header", "check")
OVER_HTTP2 = ("grant", "header", "probe")
SINGLE = ("grant", "header", "url", "json", "file")  # one request each


@dataclass(frozen=True)
class Fault:
    phase: str
    name: str
    talk: Talk
    scheme: str = "http"
    commands: tuple[str, ...] = ()  # empty: all
    host: str = "127.0.0.1"


@contextmanager
def serving(fault: Fault, certificates: dict[str, tuple]) -> Iterator[Served]:
    """The server of that fault, on a port of its own."""
    served = Served()
    if fault.phase == "connect" and fault.name in ("refuse", "stall"):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            served.port = listener.getsockname()[1]
            if fault.name == "refuse":
                yield served
                return
            listener.listen(0)
            waiting = [socket.socket() for _ in range(4)]  # fill the queue; nobody accepts
            for each in waiting:
                each.setblocking(False)
                each.connect_ex(listener.getsockname())
            yield served
            for each in waiting:
                each.close()
        return
    context = None
    if fault.scheme != "http" and fault.phase != "TLS" or fault.name == "wrong certificate":
        kind = "other" if fault.name == "wrong certificate" else "right"
        context = server_context(*certificates[kind])
        context.set_alpn_protocols(["h2", "http/1.1"] if fault.scheme == "h2" else ["http/1.1"])
    with RawServer(lambda sock: fault.talk(sock, served), context=context) as server:
        served.port = server.port
        yield served
        server.settle()
    served.connections = server.connections


def rows(phase: str, talks: dict[str, Talk], **more) -> list[Fault]:
    return [Fault(phase, name, talk, **more) for name, talk in talks.items()]


def http2_rows(phase: str, talks: dict[str, Talk]) -> list[Fault]:
    return rows(phase, talks, scheme="h2", commands=OVER_HTTP2)


def amid(phase: str, start: bytes) -> list[Fault]:
    """What can happen in each part of an answer: it breaks off after `start`."""
    talks = {"reset": answer(start, reset), "stall": answer(start, stall),
             "cut": answer(start, cut), "drip": answer(start, drip(WHOLE[len(start):]))}
    return [*rows(phase, talks), *rows(phase, {"cut once": once(talks["cut"])}, commands=SINGLE)]


ENDLESS_BODY = HEAD + b"Content-Length: 2000000\r\n\r\n" + ANSWER[:-1] + b', "x": "' + b"x" * 2000000
SILENT = answer(b"", stall)
FAULTS = [
    *rows("resolve", {"no such name": SILENT}, scheme="https", host="a" * 64 + ".invalid"),
    *rows("connect", {"refuse": SILENT, "stall": SILENT, "reset": lambda sock, _: reset(sock)}),
    *rows("TLS", {
        "refuse": beginning(b"\x15\x03\x03\x00\x02\x02\x28", cut),  # handshake_failure
        "reset": beginning(b"", reset),
        "stall": beginning(b"", stall),
        "cut": beginning(b"", cut),
        "drip": beginning(b"", drip(b"\x16\x03\x03\x40\x00\x02\x00\x3f\xfc\x03\x03" + b"x" * 200)),
        "garbage": beginning(b"HTTP/1.1 400 Bad Request\r\n\r\n", cut),
        "wrong certificate": SILENT,
    }, scheme="https"),
    *rows("send", {
        "reset": beginning(b"", reset),
        "stall": beginning(b"", wait_for_nothing),
        "cut": beginning(b"", cut),
        "drip": beginning(b"", sip),
        "answered 413": beginning(body(b"{}", b"413 Too Large"), linger),
    }, commands=("upload",)),
    *http2_rows("send", {"GOAWAY": turned_away}),
    *amid("status line", b"HTTP/1."),
    *rows("status line", {
        "no byte": answer(b"", cut),
        "garbage": answer(b"\x00\x01nonsense\r\n\r\n", cut),
        "oversize": answer(b"HTTP/1.1 200 ", flood(b"x" * 65536)),
        "1xx flood": answer(b"", flood(b"HTTP/1.1 100 Continue\r\n\r\n" * 200)),
        "redirect": answer_all(body(b"", b"302 Found\r\nLocation: /v1/elsewhere")),
        "408": answer_all(body(b"", b"408 Request Timeout")),
        "429": answer_all(body(b"", b"429 Too Many Requests")),
        "503": answer_all(body(b"", b"503 Service Unavailable")),
    }),
    *http2_rows("status line", {
        "GOAWAY": http2(lambda _: go_away(0), ends=True),
        "GOAWAY, taken": http2(go_away, ends=True),
        "RST": http2(lambda stream: reset_stream(stream, INTERNAL_ERROR)),
        "RST, refused": http2(lambda stream: reset_stream(stream, REFUSED_STREAM)),
    }),
    *amid("headers", HEAD[:-8]),
    *rows("headers", {
        "garbage": answer_all(HEAD + b"no field\r\n" + WHOLE[len(HEAD):]),
        "NUL": answer_all(HEAD + b"X-Nothing: a\x00b\r\n" + WHOLE[len(HEAD):]),
        "oversize": answer(HEAD, flood(b"X-Filler: " + b"y" * 8000 + b"\r\n")),
    }),
    *http2_rows("headers", {"oversize, h2": http2(endless_headers2)}),
    *amid("body", HALF),
    *rows("body", {
        "cut a chunk": answer(CHUNKED + b"%x\r\n" % len(ANSWER) + ANSWER[:-9], cut),
        "cut behind a }": answer(UNTIL_A_BRACE, cut),
        "garbage": answer_all(body(b"<html>login</html>")),
        "garbage in {}": answer_all(body(b"{nonsense}")),
        "empty object": answer_all(body(b"{}")),
        "garbage chunk": answer(CHUNKED + b"zz\r\n", stall),
        "oversize 401": answer(b"HTTP/1.1 401 No\r\n\r\n", flood(b" " * 65536, OVER_THE_CAP)),
    }),
    *rows("body", {"oversize": answer(HEAD + b"\r\n", flood(b" " * 65536, OVER_THE_CAP))},
          commands=MINTING),
    *rows("body", {"cut after 1 MiB": answer(ENDLESS_BODY[:1024 * 1024], cut)}, commands=("json",)),
    *rows("body", {"cut in TLS": answer(UNTIL_A_BRACE, cut)}, scheme="https"),
    *http2_rows("body", {
        "GOAWAY": http2(lambda stream: half2(stream) + go_away(stream), ends=True),
        "RST": http2(lambda stream: half2(stream) + reset_stream(stream, INTERNAL_ERROR)),
    }),
    *rows("after", {
        "stall": answer_all(WHOLE),
        "cut": close_together,
        "garbage": answer(WHOLE + b"\x00garbage\r\n\r\n", cut),
    }),
    *rows("after", {"reset": answer(WHOLE, reset)}, commands=SINGLE),
    *rows("after", {"reset the 2nd": reset_the_second}, commands=("kept",)),
    *rows("after", {"cut in TLS": answer(WHOLE, cut)}, scheme="https", commands=SINGLE),
    *http2_rows("after", {
        "GOAWAY": http2(lambda stream: whole2(stream) + go_away(stream), ends=True),
        "RST": http2(lambda stream: whole2(stream) + reset_stream(stream, NO_ERROR)),
    }),
]
