"""The real web server, as `./run` starts it, on a database of the caller's choice."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from urllib.parse import quote

from django.conf import settings

from config.env import ROOT, env


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    """Where this process is connected: under test, the test database."""
    database = settings.DATABASES["default"]
    user, password = quote(database["USER"]), quote(database["PASSWORD"])
    return f"postgres://{user}:{password}@{database['HOST']}:{database['PORT']}/{database['NAME']}"


@contextlib.contextmanager
def serving(
    *,
    workers: int = 2,
    threads: int = 8,
    settings_module: str = "config.settings.test",
    application: str = "config.wsgi:application",
) -> Iterator[str]:
    """Serve until the block ends; gives the address. Raises `RuntimeError` if the server dies at once."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "REDIS_URL": settings.CELERY_BROKER_URL,
        "DJANGO_SETTINGS_MODULE": settings_module,
        "IYADA_PORT": str(port),
        "IYADA_DATA_DIR": str(env.data_dir),
        "IYADA_LOG_LEVEL": "ERROR",
    }
    argv = [sys.executable, "-m", "gunicorn", application, "--worker-class", "gthread"]
    argv += ["--workers", str(workers), "--threads", str(threads), "--bind", f"127.0.0.1:{port}"]
    argv += ["--preload", "--reuse-port", "--no-control-socket", "--graceful-timeout", "2", "--log-level", "warning"]
    # A file, because a pipe that nobody reads stops the server when it is full.
    with tempfile.TemporaryFile("w+") as words:
        process = subprocess.Popen(argv, cwd=ROOT, env=environment, stdout=words, stderr=words)
        try:
            wait_until_it_answers(address, process)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=30)
            words.seek(0)
            sys.stderr.write(words.read())


def wait_until_it_answers(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError("The web server ended; its words stand in the output of this test.")
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/health/live/", timeout=5):  # noqa: S310
            return
        time.sleep(0.1)
    raise RuntimeError("The web server did not answer within a minute.")
