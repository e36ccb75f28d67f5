"""The embedded Valkey: cache, broker, and what signed-in people's requests look up first."""

import os
import signal
import socket
from pathlib import Path

from config.embedded.identity import Identity
from config.embedded.orphans import repair
from config.embedded.ports import keep_port
from config.embedded.rooms import make_room
from config.embedded.secrets import keep_secret, write_private


class Valkey:
    """One Valkey on the loopback address with a generated password. `home` holds its folder."""

    name = "valkey"
    stop_signal = death_signal = signal.SIGTERM

    def __init__(self, *, home: Path, program: Path, identity: Identity | None, careless: bool = False) -> None:
        self.folder = home / "valkey"
        self.program = program
        self.identity = identity
        self.careless = careless
        self.port = 0
        self.password = ""

    def prepare(self) -> None:
        data = make_room(self.folder, self.identity)
        self.password = keep_secret(self.folder, "password")
        # Two servers on one append-only file would ruin it.
        repair(data / "pid", marks=("valkey-server", str(self.settings)), signals=(signal.SIGTERM,))
        self.port = keep_port(self.folder / "port")
        lines = {
            "bind": "127.0.0.1",
            "port": self.port,
            "requirepass": self.password,  # in a file, for command lines can be read by all
            "dir": f'"{data}"',
            "pidfile": f'"{data / "pid"}"',
            "set-proc-title": "no",  # the command line keeps the path of this file, by which we know it again
            "databases": 64,
            "save": '""',
            "appendonly": "no" if self.careless else "yes",
            "maxmemory": "256mb",
            "maxmemory-policy": "volatile-lru",  # cached pages may go, queued work may not
        }
        write_private(self.settings, "".join(f"{name} {value}\n" for name, value in lines.items()))
        if self.identity is not None:
            os.chown(self.settings, self.identity.uid, self.identity.gid)

    @property
    def settings(self) -> Path:
        return self.folder / "valkey.conf"

    @property
    def argv(self) -> list[str]:
        return [str(self.program), str(self.settings)]

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@127.0.0.1:{self.port}/0"

    def answers(self) -> bool:
        """Whether it takes commands (it refuses them while it still reads its file)."""
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as link:
                link.sendall(f"AUTH {self.password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2 and (more := link.recv(200)):
                    answer += more
        except OSError:
            return False
        return answer == b"+OK\r\n+PONG\r\n"
