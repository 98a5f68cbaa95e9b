"""A stand-in for Deepgram on loopback: see README.md."""

from .records import Received
from .reply import Reply
from .server import Sandbox

__all__ = ["Received", "Reply", "Sandbox"]
