"""Just enough of audio formats: is this audio at all, and how long is a WAV file."""

import struct
from dataclasses import dataclass

from .http11 import Body

MAGIC = (b"RIFF", b"OggS", b"fLaC", b"ID3", b"\x1aE\xdf\xa3", b"FORM", b".snd", b"#!AMR")


@dataclass(frozen=True)
class Wave:
    channels: int
    seconds: float


def is_known(body: Body) -> bool:
    start = body.kept[:12]
    is_mpeg_frame = len(start) > 1 and start[0] == 0xFF and start[1] & 0xE0 == 0xE0
    return start.startswith(MAGIC) or start[4:8] == b"ftyp" or is_mpeg_frame


def wave(body: Body) -> Wave | None:
    """What the header of a WAV file says; None for anything else."""
    if body.kept[:4] != b"RIFF" or body.kept[8:12] != b"WAVE":
        return None
    channels, bytes_per_second = 0, 0
    place = 12
    while place + 8 <= len(body.kept):
        name, size = struct.unpack_from("<4sI", body.kept, place)
        place += 8
        if name == b"fmt " and place + 12 <= len(body.kept):
            _, channels, _, bytes_per_second = struct.unpack_from("<HHII", body.kept, place)
        if name == b"data":
            if not (channels and bytes_per_second):
                return None
            # A stream writes its length before it knows it: believe what has come.
            return Wave(channels, min(size, body.length - place) / bytes_per_second)
        place += size + size % 2
    return None


def silence(seconds: float, rate: int = 24000) -> bytes:
    """A WAV file of 16-bit silence."""
    data = bytes(2 * int(seconds * rate))
    return struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + len(data), b"WAVE", b"fmt ", 16,
                       1, 1, rate, 2 * rate, 2, 16, b"data", len(data)) + data
