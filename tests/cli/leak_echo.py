"""A server that says back the secrets that it was sent, in every form, wherever there is room."""

import base64
import json
import re
import socket
import urllib.parse
from collections.abc import Callable

from loopback import read_request

# None looks like another, nor repeats itself: eight characters in a row tell which one it is. They
# have what is escaped in URLs; the many tildes are what the two alphabets of base64 differ in.
SECRETS = {
    "key": "Fake+Key/q~wE~rt~zu~io~pA~s%asdfghjkl~yxcvbnm:1357",
    "token": "fake-Token/ty~ug~hj~vb~nm.98765~43210-zxcvb",
    "given token": "other-Token/plokij+uhygt.1029384756~qaz",
    "query": "5ig/fake+REWQ/fdsa+VCXZ=trew/qgfd+sabv",
    "callback": "cb-fake/MNBV+lkjhPOIU~0918273645",
    "proxy": "proxy-Pass+fakeqayXSWedcVFRtgb",
    "pasted": "fa4e0123456789abcdef9876543210aabbccddee",
}
URL = "https://media.example/talk.wav?X-Signature=" + urllib.parse.quote(SECRETS["query"], safe="")
CALLBACK = "https://cb.example/done?k=" + urllib.parse.quote(SECRETS["callback"], safe="")
RESULT = {"metadata": {"request_id": "r-1"}, "results": {"channels": [{"alternatives": [
    {"transcript": "hello there", "confidence": 0.9, "words": [
        {"word": "hello", "start": 0.0, "end": 0.5, "confidence": 0.9}]}]}]}}
TURNS = 3  # that many secrets are sent by one run, at most


def spellings(secret: str) -> list[str]:
    escaped = urllib.parse.quote(secret, safe="")
    among = [base64.b64encode(f"{'xyz'[:n]}{secret}&".encode()).decode() for n in range(3)]
    return [secret, escaped, re.sub("%..", lambda found: found[0].lower(), escaped), *among,
            base64.urlsafe_b64encode(f"Bearer {secret}".encode()).decode()]


class Echo:
    """Answers one run as `kind` says. The secrets go round: `turn` says which of them is where."""

    def __init__(self, kind: str, turn: int, mints: bool = False):
        self.kind = kind
        self.turn = turn
        self.mints = mints  # /v1/auth/grant is answered as it should be
        self.secrets: list[str] = []  # that came, or were minted

    def talk(self, sock: socket.socket) -> None:
        while request := read_request(sock):
            plain = urllib.parse.unquote(urllib.parse.unquote(request.decode()))
            for secret in SECRETS.values():
                if secret in plain or secret in request.decode():
                    self.learn(secret)
            if self.mints and b"/auth/grant" in request.partition(b"\n")[0]:
                self.learn(SECRETS["token"])
                granted = {"access_token": SECRETS["token"], "expires_in": 60}
                sock.sendall(answer("200 OK", json.dumps(granted), ""))
                continue
            sock.sendall(KINDS[self.kind](self))
            if self.kind == "cut":
                return

    def learn(self, secret: str) -> None:
        if secret not in self.secrets:
            self.secrets.append(secret)

    def secret(self, place: int) -> str:
        return self.secrets[(place + self.turn) % len(self.secrets)] if self.secrets else "nothing"

    def said(self, place: int) -> str:
        return " ".join(spellings(self.secret(place)))

    def headers(self) -> str:
        return "".join(f"{name}: {self.said(place)}\r\n" for place, name in enumerate((
            "dg-request-id", "dg-error", "Retry-After", "WWW-Authenticate", "x-request-id")))

    def refusal(self, status: str, code: str = "") -> bytes:
        text = {"err_code": code or self.said(2), "err_msg": "Invalid. " + self.said(0),
                "request_id": self.said(1), "category": self.said(3), "message": self.said(4),
                "details": self.said(2), "reason": self.said(3)}
        return answer(f"{status} {self.said(4)}", json.dumps(text), self.headers())

    def other_refusal(self, status: str) -> bytes:
        """The other shape that errors of the service have."""
        text = {"category": "INVALID_JSON", "message": self.said(0), "details": self.said(1),
                "request_id": self.said(2), "error": self.said(3)}
        return answer(f"{status} {self.said(4)}", json.dumps(text), "")

    def split(self) -> bytes:
        """Half of the secret in one field, half in the next."""
        whole = self.secret(0)
        half = len(whole) // 2
        text = {"err_code": "FORBIDDEN", "err_msg": whole[:half], "request_id": whole[half:]}
        return answer("403 No", json.dumps(text), "")

    def redirect(self) -> bytes:
        place = f"Location: https://away.example/{self.said(0)}?{self.said(1)}\r\n"
        return answer(f"302 {self.said(4)}", self.said(2), place + self.headers())

    def token_as_it_should_not_be(self) -> bytes:
        text = {"access_token": "two words " + self.said(0), "expires_in": self.said(1),
                "request_id": self.said(2), "metadata": {"request_id": self.said(3)}}
        return answer(f"200 {self.said(4)}", json.dumps(text), self.headers())

    def names(self) -> bytes:
        """A good answer whose request id is a secret."""
        self.learn(SECRETS["token"])
        text = {**RESULT, "request_id": self.secret(0), "access_token": SECRETS["token"],
                "expires_in": 59, "projects": [], "metadata": {"request_id": self.secret(0)}}
        return answer("200 OK", json.dumps(text), f"dg-request-id: {self.secret(1)}\r\n")

    def good(self) -> bytes:
        text = {**RESULT, "request_id": "fake-request", "projects": []}
        return answer("200 OK", json.dumps(text), "dg-request-id: fake-request\r\n")


def answer(status: str, body: str, headers: str) -> bytes:
    content = body.encode()
    head = f"HTTP/1.1 {status}\r\n{headers}Content-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


KINDS: dict[str, Callable[[Echo], bytes]] = {
    "400": lambda echo: echo.refusal("400", "INVALID_QUERY_PARAMETER"),
    "401": lambda echo: echo.refusal("401", "INVALID_AUTH"),
    "403": lambda echo: echo.refusal("403"),
    "404, other shape": lambda echo: echo.other_refusal("404"),
    "500": lambda echo: echo.refusal("500"),
    "302": Echo.redirect,
    "HTML": lambda echo: answer("403 No", f"<html>{echo.said(0)} {echo.said(1)}", echo.headers()),
    "nonsense": lambda echo: answer("200 OK", echo.said(0), echo.headers()),
    "bad token": Echo.token_as_it_should_not_be,
    "split": Echo.split,
    "cut": lambda echo: echo.refusal("401")[:-20],
    "names": Echo.names,
    "good": Echo.good,
}
