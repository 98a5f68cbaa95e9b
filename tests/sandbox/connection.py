"""One client's connection: request after request until one side closes."""

import dataclasses
import socket
import ssl
import traceback
from typing import TYPE_CHECKING

from . import control, http11
from .http11 import Request
from .reply import Reply, Upgrade

if TYPE_CHECKING:
    from .server import Sandbox


class Stopped(Exception):
    """The sandbox is being stopped."""


class Connection:
    def __init__(self, box: "Sandbox", sock: socket.socket, number: int) -> None:
        self.box = box
        self.number = number
        self.sock = sock
        self.stream = None

    def serve(self) -> None:
        try:
            self._open()
            while self._serve_one():
                pass
        except (OSError, http11.Hangup, Stopped):
            pass  # the client went away, or the sandbox did
        except Exception:
            self.box.log(traceback.format_exc())
        finally:
            if self.stream:
                self.stream.close()
            self.sock.close()

    def shut(self) -> None:
        """From another thread: ends whatever this one is waiting for."""
        try:
            # Not SSLSocket.shutdown, which takes the TLS state from under the serving thread.
            socket.socket.shutdown(self.sock, socket.SHUT_RDWR)
        except OSError:
            pass

    def _open(self) -> None:
        self.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self.box.tls:
            self.sock = self.box.tls.wrap_socket(
                self.sock, server_side=True, do_handshake_on_connect=False)
            self.sock.do_handshake()
        self.stream = self.sock.makefile("rb", http11.PIECE)

    def _serve_one(self) -> bool:
        """Reads one request and answers it. Returns whether another may follow."""
        try:
            request = http11.read_request(self.stream)
            if request is None:
                return False
            with self.box.busy():
                reply = self._reply_to(request)
                reply.send(self.sock, self.box.pause)
        except http11.Malformed as wrong:
            request = None
            reply = Reply(400, {"connection": "close"}, f"not HTTP/1.1: {wrong}\n")
            reply.send(self.sock, self.box.pause)
        if reply.status == 101 and not reply.hangs_up():
            self._converse(reply)
            return False
        if request and request.keeps_alive() and not reply.ends_connection():
            return True
        if not reply.hangs_up():
            self._say_goodbye()
        return False

    def _reply_to(self, request: Request) -> Reply:
        of_sandbox = control.owns(request.path)
        try:
            http11.read_body(self.stream, request, self._send_continue)
        finally:
            if not of_sandbox:
                self.box.records.add(request, self.number)
        if of_sandbox:
            return control.answer(self.box, request)

        fault = self.box.faults.take(request.method, request.path)
        self.box.pause(self.box.latency + (fault.delay if fault else 0.0))
        if fault is None:
            return self._real_reply(request)
        if fault.passthrough:
            return dataclasses.replace(
                self._real_reply(request), cut=fault.cut, drip=fault.drip,
                close_before=fault.close_before)
        return fault

    def _real_reply(self, request: Request) -> Reply:
        try:
            return self.box.deepgram.answer(request)
        except Exception:
            complaint = traceback.format_exc()
            self.box.log(complaint)
            return Reply(500, {"connection": "close"}, f"a defect of the sandbox\n{complaint}")

    def _converse(self, reply: Reply) -> None:
        """Goes on after an upgrade; a scripted one is followed by silence."""
        if isinstance(reply, Upgrade):
            reply.session(self.stream, self.sock)
        else:
            while self.stream.read1():
                pass

    def _send_continue(self) -> None:
        self.sock.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")

    def _say_goodbye(self) -> None:
        """Tells TLS that what was sent is whole; does not wait for the client's goodbye."""
        if isinstance(self.sock, ssl.SSLSocket):
            self.sock.setblocking(False)
            try:
                self.sock.unwrap()
            except OSError:
                pass
