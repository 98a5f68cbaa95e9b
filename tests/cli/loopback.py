"""Small servers on loopback for what the sandbox does not do, and certificates for them."""

import json
import select
import socket
import ssl
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

CLOSING_SECONDS = 5.0


def grant_reply(token: str, expires_in: int = 60) -> bytes:
    body = json.dumps({"access_token": token, "expires_in": expires_in}).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)


def make_certificate(folder: Path, *names: str) -> tuple[Path, Path]:
    """A certificate for these names (`DNS:…`, `IP:…`) that vouches for itself, and its key."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-days", "1", "-subj", "/CN=dgauth test", "-keyout", str(key), "-out",
         str(certificate), "-addext", "subjectAltName=" + ",".join(names)],
        check=True, capture_output=True)
    return certificate, key


def server_context(certificate: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context


def read_request(sock: socket.socket) -> bytes:
    """Reads one request with its body, or what comes before the client goes."""
    received = b""
    while b"\r\n\r\n" not in received:
        piece = sock.recv(65536)
        if not piece:
            return received
        received += piece
    head, _, body = received.partition(b"\r\n\r\n")
    length = 0
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            length = int(line.partition(b":")[2])
    while len(body) < length:
        piece = sock.recv(65536)
        if not piece:
            break
        received += piece
        body += piece
    return received


class RawServer:
    """Gives each connection to `talk(socket)` in a thread, and keeps all bytes that came after."""

    def __init__(self, talk: Callable[[socket.socket], None], host: str = "127.0.0.1",
                 context: ssl.SSLContext | None = None):
        self.talk = talk
        self.context = context
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self.listener = socket.create_server((host, 0), family=family)
        self.port = self.listener.getsockname()[1]
        self.connections = 0
        self.open: list[socket.socket] = []
        self.threads: list[threading.Thread] = []
        self.closing = threading.Event()

    def __enter__(self) -> "RawServer":
        self.threads.append(threading.Thread(target=self.accept, daemon=True))
        self.threads[0].start()
        return self

    def __exit__(self, *_) -> None:
        self.closing.set()
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        for sock in list(self.open):
            try:
                sock.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # that one has gone already
        for thread in self.threads:
            thread.join(CLOSING_SECONDS)

    def settle(self) -> None:
        """Waits until every client has been met and has gone."""
        while select.select([self.listener], [], [], 0)[0]:
            time.sleep(0.001)
        for thread in self.threads[1:]:
            thread.join(CLOSING_SECONDS)

    def accept(self) -> None:
        while True:
            try:
                sock, _ = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            self.open.append(sock)
            thread = threading.Thread(target=self.serve, args=(sock,), daemon=True)
            thread.start()
            self.threads.append(thread)

    def serve(self, plain: socket.socket) -> None:
        plain.settimeout(30)
        try:
            if self.context:
                sock = self.context.wrap_socket(plain, server_side=True)
                self.open.append(sock)
            else:
                sock = plain
            with sock:
                self.talk(sock)
        except OSError:
            pass  # the client went away, as clients may
        finally:
            plain.close()


class ConnectProxy(RawServer):
    """An HTTP proxy that leads every CONNECT to one port on loopback and notes what it saw."""

    def __init__(self, port: int, answer: bytes = b"HTTP/1.1 200 Connection established\r\n\r\n"):
        super().__init__(self.tunnel)
        self.target = port
        self.answer = answer
        self.requests: list[bytes] = []
        self.seen = bytearray()  # all that went through from the client

    def tunnel(self, sock: socket.socket) -> None:
        self.requests.append(read_request(sock))
        sock.sendall(self.answer)
        if b" 200 " not in self.answer:
            return
        with socket.create_connection(("127.0.0.1", self.target)) as onward:
            self.open.append(onward)
            back = threading.Thread(target=self.pump, args=(onward, sock, None), daemon=True)
            back.start()
            self.pump(sock, onward, self.seen)
            back.join(CLOSING_SECONDS)

    @staticmethod
    def pump(source: socket.socket, sink: socket.socket, copy: bytearray | None) -> None:
        try:
            while piece := source.recv(65536):
                if copy is not None:
                    copy += piece
                sink.sendall(piece)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass  # one side has gone; the other will notice
