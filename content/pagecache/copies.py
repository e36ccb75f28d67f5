"""Pages that this process has sent before. One small question tells whether they still hold.

"latest" of the versions changes with each raise of any tag: while it is what it was when the cache last vouched for
a page, nothing at all has changed, and the bytes need not travel from Valkey again.
"""

from dataclasses import dataclass
from http import HTTPStatus

from clinic.lib import clock
from content.pagecache import names, scripts
from content.pagecache.asked import Asked
from content.pagecache.entries import Headers
from content.pagecache.store import Found, run

MOST = 16 * 1024 * 1024  # bytes of bodies in one process; then it begins anew


@dataclass(frozen=True, slots=True)
class Copy:
    """`headers` are all but Age, for a visitor who has nothing yet; `found` is what the cache answered."""

    status: str
    headers: Headers
    found: Found


class Copies:
    """Threads share it: each step is one operation of a dictionary, and a copy that is lost is asked for again."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], Copy] = {}
        self.size = 0

    def keep(self, asked: Asked, found: Found) -> None:
        """Keep what the cache has just vouched for; only whole pages."""
        if found.state != "hit" or not found.body or not found.latest:
            return
        if self.size > MOST:
            self.kept, self.size = {}, 0
        headers = [*found.headers, ("ETag", f'"{found.etag}-{asked.encoding}"'), ("X-Cache", "hit")]
        if asked.encoding != "identity":
            headers.append(("Content-Encoding", asked.encoding))
        headers.append(("Content-Length", str(found.length)))
        status = f"{found.status} {HTTPStatus(int(found.status)).phrase}"
        self.kept[asked.address, asked.encoding] = Copy(status, headers, found)
        self.size += found.length

    def find(self, asked: Asked) -> Copy | None:
        """The copy, if it holds at this moment. Raises `LinkFault`."""
        copy = self.kept.get((asked.address, asked.encoding))
        if copy is None or clock.now().timestamp() >= copy.found.fresh:
            return None
        if run(scripts.HOLDS, [names.VERSIONS, names.COUNTS], copy.found.latest):
            return copy
        self.kept.pop((asked.address, asked.encoding), None)
        return None


copies = Copies()
