"""The WebSocket side: handshakes, and as much conversation as shows that they succeeded."""

import base64
import binascii
import functools
import hashlib
import json
import struct
from typing import BinaryIO, Callable, Iterator

from . import access, errors
from .http11 import Hangup, Request
from .listen import now
from .reply import Socket, Upgrade

GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
MESSAGE_LIMIT = 16 * 1024 * 1024
CONTROL_LIMIT = 125

TEXT, CLOSE, PING, PONG = 0x1, 0x8, 0x9, 0xA
NORMAL = struct.pack("!H", 1000)


def handshake(request: Request, conversation: Callable) -> Upgrade:
    """101 for a well-formed upgrade by a caller who may; access was checked before."""
    key = request.header("sec-websocket-key") or ""
    if request.header("sec-websocket-version") != "13" or not _is_nonce(key):
        # choice: the words; the status is the one of the protocol's standard.
        raise errors.coded(400, "Bad Request", "Malformed WebSocket handshake.", request.id)
    accept = base64.b64encode(hashlib.sha1((key + GUID).encode()).digest()).decode()
    headers = [("upgrade", "websocket"), ("connection", "Upgrade"),
               ("sec-websocket-accept", accept)]
    chosen = access.subprotocol(request)
    if chosen:
        headers.append(("sec-websocket-protocol", chosen))
    return Upgrade(101, headers, session=functools.partial(conversation, request))


def listening(request: Request, stream: BinaryIO, socket: Socket) -> None:
    # choice: audio is thrown away, so there are no results and the duration is nought.
    for kind, message in _messages(stream, socket):
        if kind == TEXT and _type_of(message) == "CloseStream":
            _send_json(socket, {
                "type": "Metadata", "transaction_key": "deprecated", "request_id": request.id,
                "sha256": hashlib.sha256().hexdigest(), "created": now(), "duration": 0.0,
                "channels": 0,
            })
            return _close(stream, socket)


def speaking(_request: Request, stream: BinaryIO, socket: Socket) -> None:
    # choice: it says nothing; only the end of a conversation is understood.
    for kind, message in _messages(stream, socket):
        if kind == TEXT and _type_of(message) == "Close":
            return _close(stream, socket)


def conversing(request: Request, stream: BinaryIO, socket: Socket) -> None:
    _send_json(socket, {"type": "Welcome", "request_id": request.id})
    for kind, message in _messages(stream, socket):
        if kind == TEXT and _type_of(message) == "Settings":
            _send_json(socket, {"type": "SettingsApplied"})


def _is_nonce(key: str) -> bool:
    try:
        return len(base64.b64decode(key, validate=True)) == 16
    except binascii.Error:
        return False


def _messages(stream: BinaryIO, socket: Socket) -> Iterator[tuple[int, bytes]]:
    """Whole text and binary messages, until the client closes; answers pings on the way."""
    kind, message = 0, b""
    while True:
        final, opcode, payload = _frame(stream)
        if opcode == CLOSE:
            _send(socket, CLOSE, payload)
            return
        if opcode == PING:
            _send(socket, PONG, payload)
        elif opcode != PONG:
            kind = opcode or kind  # 0 continues the message begun before
            message += payload
            if len(message) > MESSAGE_LIMIT:
                raise Hangup("message too large")
            if final:
                yield kind, message
                message = b""


def _frame(stream: BinaryIO) -> tuple[bool, int, bytes]:
    first, second = _exactly(stream, 2)
    length = second & 0x7F
    if length == 126:
        length, = struct.unpack("!H", _exactly(stream, 2))
    elif length == 127:
        length, = struct.unpack("!Q", _exactly(stream, 8))
    too_long = length > (CONTROL_LIMIT if first & 0x08 else MESSAGE_LIMIT)
    if too_long or not second & 0x80:  # a client must mask what it sends
        raise Hangup("frame")
    mask = _exactly(stream, 4)
    masked = _exactly(stream, length)
    key = (mask * (length // 4 + 1))[:length]
    payload = (int.from_bytes(masked) ^ int.from_bytes(key)).to_bytes(length)
    return bool(first & 0x80), first & 0x0F, payload


def _exactly(stream: BinaryIO, size: int) -> bytes:
    data = stream.read(size)
    if len(data) < size:
        raise Hangup("in a frame")
    return data


def _send(socket: Socket, opcode: int, payload: bytes) -> None:
    length = (struct.pack("!B", len(payload)) if len(payload) < 126
              else struct.pack("!BH", 126, len(payload)))
    socket.sendall(bytes([0x80 | opcode]) + length + payload)


def _send_json(socket: Socket, message: dict) -> None:
    _send(socket, TEXT, json.dumps(message).encode())


def _close(stream: BinaryIO, socket: Socket) -> None:
    """Says that this is the end, and waits until the client has said so too."""
    _send(socket, CLOSE, NORMAL)
    while _frame(stream)[1] != CLOSE:
        pass


def _type_of(message: bytes) -> str | None:
    try:
        parsed = json.loads(message)
    except ValueError:
        return None
    return parsed.get("type") if isinstance(parsed, dict) else None
