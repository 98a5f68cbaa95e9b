"""The sandbox itself: a listening socket, a thread for each connection, and what they share."""

import contextlib
import shutil
import socket
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Iterator

from . import certificates, keys
from .api import Deepgram
from .connection import Connection, Stopped
from .faults import Faults, Scripted
from .records import Received, Records
from .reply import Reply

HOST = "127.0.0.1"
BACKLOG = 256
STOP_SECONDS = 2.0


class Sandbox:
    """A small Deepgram on loopback.

        with Sandbox() as box:
            box.script(Reply(503), path="/v1/auth/grant")
            ...  # a client talks to box.base_url and trusts box.ca_file
            assert len(box.requests) == 2
    """

    def __init__(self, tls: bool = True, latency: float = 0.0, regional: bool = False,
                 port: int = 0, record: Path | None = None, verbose: bool = False) -> None:
        self.latency = latency
        self.verbose = verbose
        self.keys = {key.role: key.text for key in keys.KEYS}
        self.deepgram = Deepgram(regional)
        self.faults = Faults()
        self.records = Records(record)
        self.tls = None
        self.ca_file: str | None = None
        self._wants_tls = tls
        self._wanted_port = port
        self._folder: Path | None = None
        self._stopping = threading.Event()
        self._idle = threading.Condition()
        self._busy = 0
        self._connections: dict[Connection, threading.Thread] = {}
        self._lock = threading.Lock()

    def __enter__(self) -> "Sandbox":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def base_url(self) -> str:
        return f"{'https' if self._wants_tls else 'http'}://{HOST}:{self.port}"

    @property
    def requests(self) -> list[Received]:
        return self.records.received

    @property
    def tokens(self) -> list[str]:
        return self.deepgram.mint.minted

    @property
    def processed(self) -> list[str]:
        return self.deepgram.processed

    def script(self, reply: Reply, method: str | None = None, path: str | None = None,
               times: int | None = 1) -> None:
        """The next `times` matching requests (None: all) get `reply`, in the order scripted."""
        self.faults.add(Scripted(reply, method, path, times))

    def unused_scripts(self) -> list[Scripted]:
        return self.faults.unused()

    def wait_idle(self, timeout: float) -> bool:
        """Waits until no request is being read or answered. Returns whether that came about."""
        with self._idle:
            return self._idle.wait_for(lambda: self._busy == 0, timeout)

    def start(self) -> None:
        try:
            if self._wants_tls:
                self._folder = Path(tempfile.mkdtemp(prefix="deepgram-sandbox-"))
                self.tls, ca_file = certificates.server_context(self._folder)
                self.ca_file = str(ca_file)
            self._listener = socket.create_server((HOST, self._wanted_port), backlog=BACKLOG)
        except BaseException:
            self._clean()
            raise
        self.port = self._listener.getsockname()[1]
        self._acceptor = threading.Thread(target=self._accept, daemon=True)
        self._acceptor.start()

    def stop(self) -> None:
        self._stopping.set()
        with contextlib.suppress(OSError):  # a connection of our own wakes the acceptor
            socket.create_connection((HOST, self.port), timeout=STOP_SECONDS).close()
        self._acceptor.join(STOP_SECONDS)
        self._listener.close()
        with self._lock:
            connections = dict(self._connections)
        for connection in connections:
            connection.shut()
        deadline = time.monotonic() + STOP_SECONDS
        for thread in connections.values():
            thread.join(max(0.0, deadline - time.monotonic()))
        self._clean()

    def _clean(self) -> None:
        self.records.close()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _accept(self) -> None:
        number = 0
        while not self._stopping.is_set():
            try:
                sock, _ = self._listener.accept()
            except OSError:
                continue  # that client gave up before we came to it
            if self._stopping.is_set():
                sock.close()
                return
            number += 1
            connection = Connection(self, sock, number)
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            with self._lock:
                self._connections[connection] = thread
            thread.start()

    def _serve(self, connection: Connection) -> None:
        try:
            connection.serve()
        finally:
            with self._lock:
                del self._connections[connection]

    # What follows is for the threads of the connections.

    @contextlib.contextmanager
    def busy(self) -> Iterator[None]:
        with self._idle:
            self._busy += 1
        try:
            yield
        finally:
            with self._idle:
                self._busy -= 1
                self._idle.notify_all()

    def pause(self, seconds: float) -> None:
        if self._stopping.wait(seconds) if seconds > 0 else self._stopping.is_set():
            raise Stopped

    def log(self, line: str) -> None:
        if self.verbose:
            print(line, file=sys.stderr, flush=True)
