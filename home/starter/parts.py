"""The parts of the starter clinic, in the order in which they need each other."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter

from home.starter.accounts import load_accounts
from home.starter.directory import load_directory
from home.starter.frame import load_frame
from home.starter.ledger import Ledger, one_part
from home.starter.pages import load_pages
from home.starter.people import Moment, load_people
from home.starter.practitioners import load_practitioners
from home.starter.visits import load_visits


@dataclass(frozen=True, slots=True)
class Part:
    """`load` creates what is missing; `is_demo` is what no real clinic wants: accounts, patients and visits."""

    name: str
    load: Callable[[Ledger, Moment], None]
    is_demo: bool = False


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a part did: how many things it created, in how many seconds."""

    part: Part
    created: int
    seconds: float


PARTS = [
    Part("locations, specialties, services, rooms and closures", lambda ledger, moment: load_directory(ledger)),
    Part("practitioners with hours and portraits", lambda ledger, moment: load_practitioners(ledger)),
    Part("pages in both languages", lambda ledger, moment: load_pages(ledger)),
    Part("menu, footer, partners and settings", lambda ledger, moment: load_frame(ledger)),
    Part("demo accounts", lambda ledger, moment: load_accounts(ledger), is_demo=True),
    Part("synthetic patients", load_people, is_demo=True),
    Part("synthetic visits of six weeks", load_visits, is_demo=True),
]


def load_parts(moment: Moment, *, demo: bool) -> Iterator[Loaded]:
    """Load each part in a transaction of its own: what a fault stops is whole up to the part before."""
    for part in PARTS:
        if demo or not part.is_demo:
            begin = perf_counter()
            with one_part() as ledger:
                part.load(ledger, moment)
            yield Loaded(part, ledger.created, perf_counter() - begin)
