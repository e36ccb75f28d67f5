"""Every way to reserve against itself and against a visitor: one gets the time, the others are told so."""

import sys
from collections.abc import Callable
from contextlib import ExitStack
from datetime import timedelta
from types import FrameType
from typing import Any

import pytest
from django.db import connection

from clinic.lib import clock
from config.env import ROOT
from tests.concurrency.conftest import without_constraint
from tests.concurrency.harness import RESERVING, Contest, Path, at_the_first_try, without_lock
from tests.concurrency.paths import PATHS, leave, sick_today, visitor, waitlist_offer
from tests.concurrency.reserving import functions, module_of


@pytest.fixture(autouse=True)
def midnight(transactional_db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at the beginning of a day: the whole of it lies ahead."""
    now = clock.day_bounds(clock.now().date() + timedelta(days=1), "UTC")[0]
    monkeypatch.setattr("clinic.lib.clock.now", lambda: now)


def faults(rivals: Callable[[Path], list[Path]], *, guarded: bool = True) -> list[str]:
    """What goes wrong in a contest for each path, in a clinic of its own."""
    contests = ((path, Contest().race(rivals(path), guarded=guarded)) for path in PATHS)
    return [f"{path.__name__}: {fault}" for path, found in contests for fault in found]


def test_of_two_who_take_the_same_way_and_a_visitor_one_gets_the_time() -> None:
    with at_the_first_try():
        assert faults(lambda path: [path, path, visitor]) == []


def test_when_all_come_at_once_each_seat_goes_to_one() -> None:
    assert Contest().race(PATHS) == []


@pytest.mark.parametrize("first", [sick_today, waitlist_offer])
def test_a_leave_within_another_absence_or_in_a_time_that_is_only_offered_is_no_fault(first: Path) -> None:
    contest = Contest()
    deeds = [path(contest, number) for number, path in enumerate((first, leave))]
    assert contest.disagreement([deed() for deed in deeds]) == []


def test_without_both_guards_each_way_gives_a_time_twice() -> None:
    with without_constraint(), without_lock():
        found = faults(lambda path: [path, visitor], guarded=False)
    assert {fault.partition(":")[0] for fault in found if " overlap: " in fault} == {path.__name__ for path in PATHS}


@pytest.mark.parametrize("guard", [without_constraint, without_lock], ids=["lock", "constraint"])
def test_each_guard_alone_keeps_every_seat_for_one(guard: Any) -> None:
    with guard():
        assert faults(lambda path: [path, visitor]) == []


def test_every_function_that_reserves_has_done_so_in_a_contest() -> None:
    seen: set[tuple[str, str]] = set()

    def look(execute: Any, query: str, parameters: Any, many: bool, context: Any) -> Any:
        if RESERVING in query:
            frame: FrameType | None = sys._getframe()
            while frame := frame and frame.f_back:
                if frame.f_code.co_filename.startswith(str(ROOT / "clinic")):
                    seen.add((module_of(frame.f_code.co_filename), frame.f_code.co_qualname.partition(".")[0]))
        return execute(query, parameters, many, context)

    with ExitStack() as stack:
        stack.enter_context(connection.execute_wrapper(look))
        for path in PATHS:
            path(Contest(), 0)()
    assert functions() - seen == set()
