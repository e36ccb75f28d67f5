"""What went wrong with the cache in this process: counted, logged, and left alone for a few seconds."""

import logging
from collections import Counter

from clinic.lib.patience import breaker
from content.pagecache import names
from content.pagecache.link import LinkFault, link

log = logging.getLogger(__name__)
counted: Counter[str] = Counter()  # by what was done, since this process started
untold: Counter[str] = Counter()  # those of them that the counts in the cache lack: it was away


class Trust:
    """Whether this process may believe what the cache holds.

    After any fault the cache may have missed changes, so debts are settled first (content.pagecache.debts).
    """

    shaken = False


def note_fault(doing: str, fault: LinkFault) -> None:
    """A refusal, as when the memory is full, is counted; silence also opens the breaker."""
    counted[doing] += 1
    untold[doing] += 1
    Trust.shaken = True
    if not str(fault).startswith(("OOM", "MISCONF", "READONLY", "LOADING", "NOSCRIPT", "ERR", "WRONGTYPE")):
        breaker.trip()
    log.warning("Page cache, %s: %s (%d since start)", doing, fault, counted[doing])


def tell_faults() -> None:
    """Add this process's faults to those of all processes, now that the cache answers; else another time."""
    for doing in list(untold):
        try:
            link().call("HINCRBY", names.COUNTS, f"fault {doing}", untold[doing], seconds=0.1)
        except LinkFault as fault:  # a full memory must not keep us from what it holds
            log.info("Faults of the page cache are not told yet: %s", fault)
            return
        del untold[doing]
