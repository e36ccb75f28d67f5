"""A connection to Valkey that does one thing: one command, one answer, within a time.

redis-py spends a fifth to a quarter of a hit on itself (docs/decisions/0024). Each thread has a link of its own,
made when it is first needed and again after a fault or a fork.
"""

import math
import os
import socket
import ssl
import struct
import threading
import time
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import hiredis
from django.conf import settings

CONNECT = 0.1  # seconds
Part = bytes | str | int


class LinkFault(Exception):
    """The cache did not answer, not in time, or with an error. The text says which."""


class Link:
    def __init__(self, url: str) -> None:
        self.url = url
        self.pid = os.getpid()
        self.socket: socket.socket | None = None
        self.bound = 0.0  # seconds, after which the kernel ends a call of the socket
        self.reader = hiredis.Reader()

    def call(self, *parts: Part, seconds: float) -> Any:
        """The answer to one command. Raises `LinkFault`, at the latest after `seconds`.

        A connection that the server has closed while nobody used it is made anew, once; so commands must be such
        that doing them twice is the same.
        """
        deadline = time.monotonic() + seconds
        fresh = self.socket is None
        try:
            try:
                return self.ask(parts, deadline)
            except (ConnectionError, ssl.SSLEOFError):
                self.close()
                if fresh:
                    raise
                return self.ask(parts, deadline)
        except (TimeoutError, BlockingIOError):
            self.close()
            raise LinkFault("no answer in time") from None
        except (OSError, hiredis.ProtocolError) as fault:
            self.close()
            raise LinkFault(str(fault)) from fault

    def ask(self, parts: tuple[Part, ...], deadline: float) -> Any:
        there = self.socket or self.connect(deadline)
        self.send(there, parts, deadline)
        answer = self.receive(there, deadline)
        if isinstance(answer, hiredis.ReplyError):
            raise LinkFault(str(answer))
        return answer

    def connect(self, deadline: float) -> socket.socket:
        place = urlsplit(self.url)
        seconds = min(CONNECT, max(deadline - time.monotonic(), 0.001))
        plain = socket.create_connection((place.hostname or "localhost", place.port or 6379), timeout=seconds)
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket = there = encrypted(plain, place) if place.scheme == "rediss" else plain
        self.bound = 0
        self.reader = hiredis.Reader()
        greeting: list[tuple[Part, ...]] = []
        if place.password:
            greeting.append(("AUTH", *filter(None, (unquote(place.username or ""), unquote(place.password)))))
        if number := place.path.strip("/"):
            greeting.append(("SELECT", number))
        for words in greeting:
            self.send(there, words, deadline)
        for _words in greeting:
            answer = self.receive(there, deadline)
            if isinstance(answer, hiredis.ReplyError):
                self.close()
                raise LinkFault(str(answer))
        return there

    def receive(self, there: socket.socket, deadline: float) -> Any:
        while (answer := self.reader.gets()) is False:
            self.bind(there, deadline)
            received = there.recv(65536)
            if not received:
                raise ConnectionResetError("The cache has closed the connection.")
            self.reader.feed(received)
        return answer

    def send(self, there: socket.socket, parts: tuple[Part, ...], deadline: float) -> None:
        self.bind(there, deadline)
        there.sendall(hiredis.pack_command(parts))  # type: ignore[arg-type] # its types know one part

    def bind(self, there: socket.socket, deadline: float) -> None:
        """Let the next call of the socket end at the deadline. Raises `TimeoutError` for one that is over.

        The kernel's own bound costs nothing while it stays the same, in hundredths of a second; Python's would
        ask "are you ready?" before each call. Encryption needs Python's, being more than one call.
        """
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        if isinstance(there, ssl.SSLSocket):
            there.settimeout(left)
            return
        bound = max(math.floor(left * 100), 1) / 100
        if bound != self.bound:
            there.settimeout(None)
            seconds, part = divmod(bound, 1)
            value = struct.pack("@ll", int(seconds), int(part * 1_000_000))
            there.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, value)
            there.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, value)
            self.bound = bound

    def close(self) -> None:
        """Whatever stood half-way goes with the connection: an answer never reaches the next question."""
        if self.socket is not None:
            self.socket.close()
        self.socket = None


def encrypted(plain: socket.socket, place: SplitResult) -> ssl.SSLSocket:
    """As redis-py and Celery read the address: `?ssl_cert_reqs=none` trusts any certificate."""
    context = ssl.create_default_context(cafile=parse_qs(place.query).get("ssl_ca_certs", [None])[0])
    if parse_qs(place.query).get("ssl_cert_reqs", [""])[0].lower() in ("none", "cert_none"):
        context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    return context.wrap_socket(plain, server_hostname=place.hostname)


_links = threading.local()


def link() -> Link:
    """This thread's link to the server of the default cache."""
    url = str(settings.CACHES["default"]["LOCATION"])
    found: Link | None = getattr(_links, "link", None)
    if found is None or found.url != url or found.pid != os.getpid():
        # After a fork the old socket belongs to the parent: letting it go closes only our copy.
        found = _links.link = Link(url)
    return found
