"""An open page, as far as its socket goes: a small client of RFC 6455 that a test can read line by line."""

import base64
import json
import os
import socket
import struct
import time
from typing import Any, Self

EVERYTHING = {"what": "everything", "location": None, "day": None}


class Refused(Exception):
    """The handshake was answered with `status`."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class Closed(Exception):
    """The other side has closed the socket with `code`."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


class LivePage:
    """Opens a socket at `port`. Raises `Refused`."""

    def __init__(
        self, port: int, *, cookie: str, origin: str = "http://localhost:9999", path: str = "/ws/live/", host: str = ""
    ) -> None:
        self.link = socket.create_connection(("127.0.0.1", port), timeout=20)
        lines = [
            f"GET {path} HTTP/1.1",
            f"Host: {host or f'localhost:{port}'}",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Version: 13",
            f"Sec-WebSocket-Key: {base64.b64encode(os.urandom(16)).decode()}",
            *([f"Origin: {origin}"] if origin else []),
            *([f"Cookie: {cookie}"] if cookie else []),
        ]
        self.link.sendall("".join(f"{line}\r\n" for line in (*lines, "")).encode())
        self.words = self.link.makefile("rb")
        status = int(self.words.readline().split()[1])
        while self.words.readline().strip():
            pass
        if status != 101:
            self.close()
            raise Refused(status)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *fault: object) -> None:
        self.close()

    def close(self) -> None:
        self.link.close()

    def hear(self, *, within: float = 20) -> dict[str, Any]:
        """The next message. Raises `Closed`, and `TimeoutError` after so many seconds."""
        self.link.settimeout(max(within, 0.001))
        kind, length = self.exactly(2)
        if length == 126:
            (length,) = struct.unpack("!H", self.exactly(2))
        body = self.exactly(length)
        if kind & 0x0F == 8:
            raise Closed(struct.unpack("!H", body[:2])[0])
        message: dict[str, Any] = json.loads(body)
        return message

    def code_of_end(self, *, within: float = 5) -> int:
        """The code with which the other side closes. Raises `TimeoutError`."""
        try:
            self.hear_until(lambda _message: False, within=within)
        except Closed as closed:
            return closed.code
        raise AssertionError

    def exactly(self, length: int) -> bytes:
        found = self.words.read(length)
        if len(found) < length:
            raise Closed(1006)
        return found

    def hear_until(self, wanted: Any, *, within: float = 20) -> dict[str, Any]:
        """The first message for which `wanted(message)` is true. Raises `TimeoutError`."""
        until = time.monotonic() + within
        while not wanted(message := self.hear(within=until - time.monotonic())):
            pass
        return message

    def settle(self) -> Self:
        """Wait until it hears changes and has been told all that there is to tell at first."""
        self.hear_until(lambda message: message["hears"])
        return self

    def change(self, *, within: float = 1) -> dict[str, Any]:
        """The next change but "everything". Raises `TimeoutError`, by default after a second."""
        news = self.hear_until(lambda message: message["changes"] not in ([], [EVERYTHING]), within=within)
        (change,) = news["changes"]
        return dict(change)

    def say(self, text: str) -> None:
        mask = os.urandom(4)
        body = bytes(letter ^ mask[place % 4] for place, letter in enumerate(text.encode()))
        self.link.sendall(bytes([0x81, 0x80 | len(body)]) + mask + body)
