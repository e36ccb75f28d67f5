"""The least that a web process can do for a page: one GET from Valkey, and its bytes."""

import os
import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

import hiredis

KEY = "iyada:bench:bare"
HEADERS = "iyada:bench:bare:headers"
own = threading.local()


def connect() -> tuple[socket.socket, hiredis.Reader]:
    address = urlsplit(os.environ["REDIS_URL"])
    line = socket.create_connection((address.hostname or "127.0.0.1", address.port or 6379))
    line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    link = line, hiredis.Reader()
    if address.password:
        ask(link, "AUTH", *([unquote(address.username)] if address.username else []), unquote(address.password))
    ask(link, "SELECT", address.path.strip("/") or "0")
    return link


def ask(link: tuple[socket.socket, hiredis.Reader], *words: str) -> Any:
    line, reader = link
    line.sendall(hiredis.pack_command(words))
    while (answer := reader.gets()) is False:
        reader.feed(line.recv(65536))
    return answer


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Serve the bytes under `KEY`, with the headers that the page has, kept by each thread."""
    if not hasattr(own, "link"):
        own.link = connect()
        own.headers = [tuple(line.split(": ", 1)) for line in ask(own.link, "GET", HEADERS).decode().splitlines()]
    body = ask(own.link, "GET", KEY)
    start_response("200 OK", own.headers)
    return [body]
