"""wrk, the load generator: a Python one would be slower than what it measures."""

import re
import shutil
import subprocess
from dataclasses import dataclass

CLIENTS = 16


@dataclass(frozen=True, slots=True)
class Rush:
    """Answers a second, and how many were no 200 or never came."""

    per_second: float
    faults: int


def rush(address: str, *, seconds: float, clients: int = CLIENTS, encoding: str = "br") -> Rush:
    """Ask for `address` as fast as it answers. Raises `RuntimeError` where wrk is not installed."""
    program = shutil.which("wrk")
    if program is None:
        raise RuntimeError("This measurement needs wrk (apt-get install wrk).")
    argv = [program, "-t1", f"-c{clients}", f"-d{seconds}s", "-H", f"Accept-Encoding: {encoding}"]
    argv += ["-H", "Host: localhost", address]  # the name of the site, whoever answers for it
    words = subprocess.run(argv, capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s+([\d.]+)", words)
    assert found, words
    refused = sum(int(number) for number in re.findall(r"Non-2xx or 3xx responses: (\d+)", words))
    errors = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", words)
    return Rush(float(found[1]), refused + sum(int(number) for number in (errors.groups() if errors else ())))
