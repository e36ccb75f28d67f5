"""What goes back over WSGI: stored or fresh, with or without a body."""

import time
from http import HTTPStatus

from content.pagecache.asked import Asked
from content.pagecache.entries import Entry, Headers
from content.pagecache.store import Found

# A 304 has no content, so it describes none (RFC 9110, 15.4.5).
OF_CONTENT = ("content-type", "content-language", "content-disposition")


def answer_from(entry: Entry, asked: Asked) -> Found:
    """A page just rendered, as if it had been found."""
    validator = f'"{entry.words["etag"]}-{asked.encoding}"'
    same = asked.if_none_match == "*" or validator in asked.if_none_match
    body = entry.bodies[asked.encoding]
    return Found(
        "miss",
        status=entry.words["status"],
        headers=entry.headers,
        etag=entry.words["etag"],
        stored=int(entry.words["stored"]),
        length=len(body),
        same=same,
        body=b"" if same or asked.head else body,
    )


def describe(found: Found, asked: Asked) -> tuple[str, Headers]:
    """The status line and the headers of the answer."""
    headers = [each for each in found.headers if not (found.same and each[0].lower() in OF_CONTENT)]
    headers.append(("ETag", f'"{found.etag}-{asked.encoding}"'))
    headers.append(("X-Cache", found.state))
    if found.state != "miss":
        headers.append(("Age", str(max(0, int(time.time()) - found.stored))))
    if found.same:
        return "304 Not Modified", headers
    if asked.encoding != "identity":
        headers.append(("Content-Encoding", asked.encoding))
    headers.append(("Content-Length", str(found.length)))
    return f"{found.status} {HTTPStatus(int(found.status)).phrase}", headers
