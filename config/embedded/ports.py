"""Ports of the loopback address."""

import random
import socket
import time
from pathlib import Path

# Below the range that the system hands to outgoing connections, so that a remembered port stays free.
CHOICE = range(20_000, 32_000)
GRACE = 3  # seconds


def is_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server could listen on `port`."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as attempt:
        attempt.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            attempt.bind((host, port))
        except OSError:
            return False
    return True


def becomes_free(port: int, host: str = "127.0.0.1") -> bool:
    """Whether a server can listen on `port`, now or in a moment: a killed site's processes end soon after it."""
    until = time.monotonic() + GRACE
    while not is_free(port, host):
        if time.monotonic() >= until:
            return False
        time.sleep(0.05)
    return True


def keep_port(memory: Path) -> int:
    """The port that `memory` remembers while it is free, else a new one, remembered."""
    try:
        port = int(memory.read_text())
    except (OSError, ValueError):
        port = 0
    if port not in CHOICE or not is_free(port):
        port = next(each for each in random.sample(CHOICE, 200) if is_free(each))
        memory.write_text(str(port))
    return port
