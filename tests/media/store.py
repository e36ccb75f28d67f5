"""Stores that speak S3 over HTTP: a good one, one that refuses, one that is slow, and none at all."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import boto3
from moto.server import ThreadedMotoServer

from config.storage import bucket_options

BUCKET = "clinic-media"
KEYS = {"key": "a-key", "secret": "a-secret"}


@contextmanager
def good_store() -> Iterator[str]:
    """The address of an empty store with the bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client(address).create_bucket(Bucket=BUCKET)
    try:
        yield address
    finally:
        server.stop()


def client(address: str) -> Any:
    return boto3.client(
        "s3",
        endpoint_url=address,
        region_name="us-east-1",
        aws_access_key_id=KEYS["key"],
        aws_secret_access_key=KEYS["secret"],
    )


class Faulty(ThreadingHTTPServer):
    """Answers every request with `status`; with 0 it listens and says nothing until it is closed."""

    daemon_threads = True

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), Refusal)
        self.status = status
        self.asked = 0
        self.closing = threading.Event()


class Refusal(BaseHTTPRequestHandler):
    server: Faulty

    def answer(self) -> None:
        self.server.asked += 1
        if not self.server.status:
            self.server.closing.wait(30)
            return
        body = b"<Error><Code>AccessDenied</Code><Message>No.</Message></Error>"
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    do_GET = do_HEAD = do_PUT = do_POST = do_DELETE = answer  # noqa: N815 - names of the standard library

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def faulty_store(status: int) -> Iterator[tuple[str, Faulty]]:
    server = Faulty(status)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", server
    finally:
        server.closing.set()
        server.shutdown()
        server.server_close()


def nowhere() -> str:
    """An address that refuses connections."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}"


def storages(address: str) -> dict[str, dict[str, Any]]:
    """STORAGES as the settings make them for a bucket at `address`."""
    options = bucket_options(bucket=BUCKET, endpoint=address, region="us-east-1", **KEYS)
    return {
        "default": {"BACKEND": "config.storage.MediaBucket", "OPTIONS": options},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
