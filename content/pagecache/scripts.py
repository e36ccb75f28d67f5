"""The Lua programs that run inside Valkey, where each is one step that nobody comes between."""

import hashlib
import time
from pathlib import Path
from typing import Any

from content.pagecache.link import Link, LinkFault, Part


class Script:
    def __init__(self, name: str) -> None:
        self.text = (Path(__file__).parent / name).read_text("utf-8")
        self.digest = hashlib.sha1(self.text.encode(), usedforsecurity=False).hexdigest()

    def run(self, link: Link, keys: list[str], *arguments: Part, seconds: float) -> Any:
        """Its answer. Raises `LinkFault`. A server that does not know the program (yet, or again) is told it."""
        deadline = time.monotonic() + seconds
        rest = (len(keys), *keys, *arguments)
        try:
            return link.call("EVALSHA", self.digest, *rest, seconds=seconds)
        except LinkFault as fault:
            if not str(fault).startswith("NOSCRIPT"):
                raise
        return link.call("EVAL", self.text, *rest, seconds=max(deadline - time.monotonic(), 0.001))


LOOKUP, HOLDS, STORE, RAISE = (Script(f"{name}.lua") for name in ("lookup", "holds", "store", "raise"))
