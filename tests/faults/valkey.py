"""A Valkey that a test may stop and start again."""

import subprocess
import time
from pathlib import Path

from redis import Redis

from config.embedded.binaries import find_binaries
from config.embedded.identity import choose_identity
from config.embedded.valkey import Valkey
from config.env import ROOT


class KillableValkey:
    def __init__(self, folder: Path) -> None:
        identity = choose_identity(ROOT)
        self.server = Valkey(home=folder, program=find_binaries(identity).valkey, identity=identity, careless=True)
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return self.server.url

    def start(self) -> None:
        self.server.prepare()
        identity = self.server.identity.as_process() if self.server.identity else {}
        self.process = subprocess.Popen(self.server.argv, stdout=subprocess.DEVNULL, cwd="/", **identity)
        until = time.monotonic() + 20
        while not self.server.answers():
            assert time.monotonic() < until, "Valkey does not start"

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait()

    def flush(self) -> None:
        with Redis.from_url(self.url) as link:
            link.flushall()
