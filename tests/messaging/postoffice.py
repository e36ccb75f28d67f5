"""A small SMTP server (RFC 5321) that answers as a test tells it to."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import cast

HANG_UP = "hang up"
NEVER = "never"


class PostOffice(socketserver.ThreadingTCPServer):
    """`replies` maps MAIL, RCPT, DATA and "." (the end of the text) to what is answered instead of consent.

    A reply may be `HANG_UP`, `NEVER` (the line stays open without a word), or a list that is answered from the front,
    one each time. `letters` holds each text that arrived whole, whether or not it was then accepted.
    """

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, replies: dict[str, str | list[str]] | None = None) -> None:
        super().__init__(("127.0.0.1", 0), Counter)
        self.replies = replies or {}
        self.letters: list[bytes] = []
        self.closing = threading.Event()

    def reply_to(self, verb: str, consent: str) -> str:
        reply = self.replies.get(verb, consent)
        if isinstance(reply, list):
            reply = reply.pop(0) if reply else consent
        return reply


class Counter(socketserver.StreamRequestHandler):
    """One visit of a mail program."""

    def handle(self) -> None:
        office = cast("PostOffice", self.server)
        self.say("220 post office")
        for line in self.rfile:
            verb = line[:4].decode("ascii", "replace").strip().upper()
            consent = {"EHLO": "250 post office", "DATA": "354 go on", "QUIT": "221 good-bye"}.get(verb, "250 fine")
            reply = office.reply_to(verb, consent)
            if self.ends_the_line(reply):
                return
            self.say(reply)
            if verb == "QUIT":
                return
            if reply.startswith("354"):
                text = self.read_text()
                if text is None:
                    return
                office.letters.append(text)
                reply = office.reply_to(".", "250 taken")
                if self.ends_the_line(reply):
                    return
                self.say(reply)

    def read_text(self) -> bytes | None:
        """The text up to its full stop; None when the line breaks before."""
        lines: list[bytes] = []
        for line in self.rfile:
            if line == b".\r\n":
                return b"".join(lines)
            lines.append(line)
        return None

    def ends_the_line(self, reply: str) -> bool:
        if reply == NEVER:
            cast("PostOffice", self.server).closing.wait(20)
        return reply in (HANG_UP, NEVER)

    def say(self, reply: str) -> None:
        with suppress(OSError):  # whoever called may be dead by now
            self.wfile.write(reply.encode() + b"\r\n")


@contextmanager
def open_post_office(replies: dict[str, str | list[str]] | None = None) -> Iterator[PostOffice]:
    """A post office on a free port of this machine (`server_address`)."""
    with PostOffice(replies) as office:
        thread = threading.Thread(target=office.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield office
        finally:
            office.closing.set()
            office.shutdown()
            thread.join()
