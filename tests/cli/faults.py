"""The faults of a server, phase by phase, as functions of a connection."""

import json
import re
import socket
import struct
import time
from collections.abc import Callable
from dataclasses import dataclass

from http2_frames import (ACK, CONTINUATION, DATA, END_HEADERS, END_STREAM, HEADERS, SETTINGS,
                          STATUS_200, frame, go_away)
from loopback import read_request
from text import TOKEN_CLAIMS, fake_jwt

TOKEN = fake_jwt(TOKEN_CLAIMS)
# One answer that every endpoint could give.
ANSWER = json.dumps({
    "access_token": TOKEN, "expires_in": 60, "projects": [{"project_id": "p", "name": "n"}],
    "metadata": {"request_id": "r-1"}, "results": {"channels": [{"alternatives": [
        {"transcript": "hello there", "confidence": 0.9, "words": []}]}]}}).encode()
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
WHOLE = HEAD + b"Content-Length: %d\r\n\r\n" % len(ANSWER) + ANSWER
HALF = WHOLE[:-len(ANSWER) // 2]
UNTIL_A_BRACE = HEAD + b"Connection: close\r\n\r\n" + ANSWER[:ANSWER.index(b"}") + 1]
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
DRIP_SECONDS = 0.05
LONGEST = 8.0  # seconds that any of these goes on, whatever the client does


@dataclass
class Served:
    """What reached one server."""
    port: int = 0
    connections: int = 0
    requests: int = 0  # read whole


Talk = Callable[[socket.socket, Served], None]


# Ends of a connection.


def reset(sock: socket.socket) -> None:
    time.sleep(DRIP_SECONDS)  # what was sent is read before
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    sock.close()


def stall(sock: socket.socket) -> None:
    while sock.recv(65536):
        pass


def cut(sock: socket.socket) -> None:
    """The caller closes it."""


def drip(text: bytes, pause: float = DRIP_SECONDS) -> Callable[[socket.socket], None]:
    def send(sock: socket.socket) -> None:
        for byte in text[:int(LONGEST / pause)]:
            sock.sendall(bytes([byte]))
            time.sleep(pause)
    return send


def flood(piece: bytes, most: float = float("inf")) -> Callable[[socket.socket], None]:
    def send(sock: socket.socket) -> None:
        end, sent = time.monotonic() + LONGEST, 0
        while time.monotonic() < end and sent < most:
            sock.sendall(piece)
            sent += len(piece)
    return send


def answer(start: bytes, then: Callable[[socket.socket], None]) -> Talk:
    """Reads a request, and sends this much of an answer before it goes wrong."""
    def talk(sock: socket.socket, served: Served) -> None:
        if read_whole_request(sock, served):
            sock.sendall(start)
            then(sock)
    return talk


def answer_all(whole: bytes) -> Talk:
    """As a server does that keeps its connections."""
    def talk(sock: socket.socket, served: Served) -> None:
        while read_whole_request(sock, served):
            sock.sendall(whole)
    return talk


def once(fault: Talk) -> Talk:
    """It strikes the first connection only."""
    def talk(sock: socket.socket, served: Served) -> None:
        served.connections += 1
        (fault if served.connections == 1 else answer_all(WHOLE))(sock, served)
    return talk


def read_whole_request(sock: socket.socket, served: Served) -> bool:
    head, _, content = read_request(sock).partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: *(\d+)", head)
    if not head or length and len(content) < int(length[1]):
        return False
    served.requests += 1
    return True


def body(content: bytes, status: bytes = b"200 OK") -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(content), content)


def beginning(start: bytes, then: Callable[[socket.socket], None]) -> Talk:
    """The same where only the first piece is read: of a TLS greeting, or of a large request."""
    def talk(sock: socket.socket, _: Served) -> None:
        sock.recv(65536)
        sock.sendall(start)
        then(sock)
    return talk


def wait_for_nothing(sock: socket.socket) -> None:
    """Reads nothing, so that the window of the client fills."""
    end = time.monotonic() + LONGEST
    while time.monotonic() < end and not is_gone(sock):
        time.sleep(DRIP_SECONDS)


def is_gone(sock: socket.socket) -> bool:
    state = sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_INFO, 1)[0]
    return state != 1  # TCP_ESTABLISHED


def linger(sock: socket.socket) -> None:
    """Reads what still comes, so that the answer is not lost with the connection."""
    sock.shutdown(socket.SHUT_WR)
    stall(sock)


def sip(sock: socket.socket) -> None:
    while sock.recv(1024):
        time.sleep(DRIP_SECONDS)


def close_together(sock: socket.socket, served: Served) -> None:
    """The end of the connection comes with the last byte of the answer."""
    if not read_whole_request(sock, served):
        return
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_CORK, 1)
    sock.sendall(WHOLE)
    sock.shutdown(socket.SHUT_WR)
    stall(sock)


def reset_the_second(sock: socket.socket, served: Served) -> None:
    answer(WHOLE, cut)(sock, served)
    if read_whole_request(sock, served):
        reset(sock)


# HTTP/2.


def read_exactly(sock: socket.socket, size: int) -> bytes:
    read = b""
    while len(read) < size:
        piece = sock.recv(size - len(read))
        if not piece:
            raise ConnectionError
        read += piece
    return read


def turned_away(sock: socket.socket, _: Served) -> None:
    """The connection ends before anything was asked."""
    read_exactly(sock, 24)
    sock.sendall(frame(SETTINGS, 0, 0) + go_away(0))


def http2(reply: Callable[[int], bytes], ends: bool = False) -> Talk:
    """Says `reply(stream)` to every request; `ends`: then the connection ends."""
    def talk(sock: socket.socket, served: Served) -> None:
        read_exactly(sock, 24)
        sock.sendall(frame(SETTINGS, 0, 0))
        while True:
            head = read_exactly(sock, 9)
            read_exactly(sock, int.from_bytes(head[:3], "big"))
            kind, flags, stream = struct.unpack(">BBI", head[3:])
            if kind == SETTINGS and not flags & ACK:
                sock.sendall(frame(SETTINGS, ACK, 0))
            if kind in (HEADERS, DATA) and flags & END_STREAM:
                served.requests += 1
                sock.sendall(reply(stream))
                if ends:
                    linger(sock)
                    return
    return talk


def whole2(stream: int) -> bytes:
    return (frame(HEADERS, END_HEADERS, stream, STATUS_200)
            + frame(DATA, END_STREAM, stream, ANSWER))


def half2(stream: int) -> bytes:
    return (frame(HEADERS, END_HEADERS, stream, STATUS_200)
            + frame(DATA, 0, stream, ANSWER[:len(ANSWER) // 2]))


def endless_headers2(stream: int) -> bytes:
    filler = b"\x00\x01x" + b"\x7f\x81\x1f" + b"y" * 4096  # a literal field
    return frame(HEADERS, 0, stream, STATUS_200) + 2000 * frame(CONTINUATION, 0, stream, filler)
