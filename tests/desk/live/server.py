"""The process of live updates, as `./run` starts it, on the database and the Valkey of the tests."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from config.env import ROOT, env
from config.supervisor import processes
from tests.concurrency.server import database_url, free_port, wait_until_it_answers


@contextmanager
def listening(
    *,
    cache: str = "",
    application: str = "config.asgi:application",
    site: str = "http://localhost:9999",
    port: int = 0,
) -> Iterator[int]:
    """Run it until the block ends; gives its port. `site` is where pages come from."""
    port = port or free_port()
    environment = os.environ | {
        "DATABASE_URL": database_url(),
        "REDIS_URL": cache or settings.CELERY_BROKER_URL,
        "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "IYADA_DATA_DIR": str(env.data_dir),
        "IYADA_SITE_URL": site,
        "IYADA_SOCKET_PORT": str(port),
        "IYADA_LOG_LEVEL": "ERROR",
    }
    argv = [application if word == "config.asgi:application" else word for word in processes.ws(environment).argv]
    with tempfile.TemporaryFile("w+") as words:
        process = subprocess.Popen(argv, cwd=ROOT, env=environment, stdout=words, stderr=words)
        try:
            wait_until_it_answers(f"http://127.0.0.1:{port}", process)
            yield port
        finally:
            process.send_signal(processes.ws(environment).stop_signal)
            process.wait(timeout=30)
            words.seek(0)
            sys.stderr.write(words.read())
