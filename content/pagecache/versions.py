"""The version of each tag. An entry holds as long as the versions that it was rendered from are the current ones."""

import uuid
from collections.abc import Iterable

from content.pagecache import names, scripts
from content.pagecache.link import link

EPOCH = "epoch"
SECONDS = 0.3  # a publication waits so long for the cache, then the debt is paid later


def current_versions() -> dict[str, str]:
    """Every tag that was ever raised, with "epoch"; a tag that is missing counts as "0". Raises `LinkFault`."""
    flat = link().call("HGETALL", names.VERSIONS, seconds=SECONDS)
    return {key.decode(): value.decode() for key, value in zip(flat[::2], flat[1::2], strict=True)}


def raise_tags(tags: Iterable[str]) -> None:
    """Make every entry that depends on one of `tags` old, at once and for everybody. Raises `LinkFault`."""
    scripts.RAISE.run(link(), [names.VERSIONS, names.COUNTS], uuid.uuid4().hex, *sorted(set(tags)), seconds=SECONDS)


def flush() -> None:
    """Make every entry old, and count from nothing again. Raises `LinkFault`."""
    raise_tags([EPOCH])
