"""A small carrier of text messages that answers over HTTP as a test tells it to."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, cast

HANG_UP = 0
NEVER = -1
DRIP = -2


class Carrier(ThreadingHTTPServer):
    """`replies` are statuses, answered from the front; then 200. `taken` holds each text that arrived whole.

    A reply may also be `HANG_UP`, `NEVER` (the line stays open without a word) or `DRIP` (a byte now and then).
    `refused` holds the ids of the texts that were answered with 503.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.replies: list[int] = []
        self.taken: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.answer = b'{"id": "carrier-1"}'
        self.closing = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/send?account=7"


class Counter(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        carrier = cast("Carrier", self.server)
        text = self.rfile.read(int(self.headers["Content-Length"]))
        if len(text) < int(self.headers["Content-Length"]):
            return  # the line broke before its end
        sms = {"path": self.path, **json.loads(text)}
        carrier.taken.append(sms)
        carrier.headers.append(dict(self.headers))
        reply = carrier.replies.pop(0) if carrier.replies else 200
        if reply == 503:
            carrier.refused.append(sms["id"])
        if reply == HANG_UP:
            return
        if reply == NEVER:
            carrier.closing.wait(20)
            return
        if reply == DRIP:
            self.drip(carrier)
            return
        with suppress(OSError):  # whoever sent it may be dead by now
            self.send_response(reply)
            self.send_header("Content-Length", str(len(carrier.answer)))
            self.end_headers()
            self.wfile.write(carrier.answer)

    def drip(self, carrier: Carrier) -> None:
        began = time.monotonic()
        while time.monotonic() - began < 20 and not carrier.closing.wait(0.05):
            try:
                self.wfile.write(b"H")
                self.wfile.flush()
            except OSError:
                return

    def log_message(self, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def open_carrier() -> Iterator[Carrier]:
    """A carrier on a free port of this machine (`address`)."""
    with Carrier() as carrier:
        thread = threading.Thread(target=carrier.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield carrier
        finally:
            carrier.closing.set()
            carrier.shutdown()
            thread.join()
