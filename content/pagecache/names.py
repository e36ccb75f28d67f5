"""The keys in Valkey, read by nginx too: see docs/decisions/0024."""

PREFIX = "iyada:pages:"
VERSIONS = f"{PREFIX}versions"
COUNTS = f"{PREFIX}counts"
WARMING = f"{PREFIX}warming"
PURGED = f"{PREFIX}purged"


def entry(address: str) -> str:
    return f"{PREFIX}entry:{address}"


def lock(address: str) -> str:
    return f"{PREFIX}lock:{address}"


def wake(address: str) -> str:
    return f"{PREFIX}wake:{address}"
