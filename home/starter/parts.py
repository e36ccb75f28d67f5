"""The parts of the starter clinic, in the order in which they need each other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from time import perf_counter

from home.starter.accounts import load_accounts
from home.starter.afterwards import load_afterwards
from home.starter.announcements import load_announcements
from home.starter.directory import load_directory
from home.starter.frame import load_frame
from home.starter.ledger import Ledger, one_part
from home.starter.maintenance import load_maintenance
from home.starter.pages import load_pages
from home.starter.people import Moment, load_people
from home.starter.practitioners import load_practitioners
from home.starter.special import load_special_hours
from home.starter.visits import load_visits
from home.starter.waitlist import load_waitlist


@dataclass(frozen=True, slots=True)
class Part:
    """`load` creates what is missing; `is_demo` is what no real clinic wants: accounts, patients and visits."""

    name: str
    load: Callable[[Ledger], None]
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a part did: how many things it created, in how many seconds."""

    part: Part
    created: int
    seconds: float


def parts_of(moment: Moment) -> list[Part]:
    return [
        Part("locations, specialties, services, rooms and closures", load_directory),
        Part("practitioners with hours and portraits", load_practitioners),
        Part("hours of the next Ramadan", partial(load_special_hours, moment=moment)),
        Part("maintenance of devices", partial(load_maintenance, moment=moment), is_demo=True),
        Part("pages in both languages", partial(load_pages, moment=moment)),
        Part("menu, footer, partners and settings", load_frame),
        Part("demo accounts", load_accounts, is_demo=True),
        Part("announcements", partial(load_announcements, moment=moment), is_demo=True),
        Part("drafts and what waits", partial(load_afterwards, moment=moment), is_demo=True),
        Part("synthetic patients", partial(load_people, moment=moment), is_demo=True),
        Part("synthetic visits of six weeks", partial(load_visits, moment=moment), is_demo=True),
        Part("callers who wait for a time", partial(load_waitlist, moment=moment), is_demo=True),
    ]


def load_parts(moment: Moment, *, demo: bool) -> Iterator[Loaded]:
    """Load each part in a transaction of its own: what a fault stops is whole up to the part before."""
    for part in parts_of(moment):
        if demo or not part.is_demo:
            begin = perf_counter()
            with one_part() as ledger:
                part.load(ledger)
            yield Loaded(part, ledger.created, perf_counter() - begin)
