"""Which time fits whose wish, and until when an offer stands."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from clinic.scheduling.waitlist.rules import can_be_asked, fits, offer_ends
from tests.factories.waitlist import WaitlistEntryFactory
from tests.scheduling.test_waitlist import TOMORROW, ZONE, at


@pytest.mark.parametrize(
    ("wish", "does"),
    [
        ({}, True),
        ({"practitioner_id": 1, "location_id": 2}, True),
        ({"practitioner_id": 9}, False),
        ({"location_id": 9}, False),
        ({"last_day": date(2026, 11, 23)}, False),
        ({"first_day": date(2026, 11, 25), "last_day": date(2026, 11, 25)}, False),
        ({"weekdays": [2]}, True),
        ({"weekdays": [1, 3]}, False),
        ({"earliest": time(9, 30)}, True),
        ({"earliest": time(9, 31)}, False),
        ({"latest": time(9, 30)}, True),
        ({"latest": time(9, 29)}, False),
    ],
)
def test_a_time_fits_a_wish_in_all_its_parts(wish: dict[str, Any], does: bool) -> None:
    entry = WaitlistEntryFactory.build(service=None, **{"first_day": date(2026, 11, 23), "last_day": TOMORROW, **wish})
    local = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)  # a Tuesday
    assert fits(entry, practitioner=1, location=2, local=local) is does


@pytest.mark.parametrize(
    ("asked", "visit", "ends"),
    [
        (at(10), at(17), at(11)),
        (at(10), at(11, 10), at(10, 40)),  # half an hour to get there
        (at(10), at(10, 59), None),  # too near to ask anybody
        (at(20, 30), at(12) + timedelta(days=1), at(9) + timedelta(days=1)),  # nobody is asked to be awake
        (at(2), at(12), at(9)),
        (at(2), at(9), at(8, 30)),
        (at(8, 30), at(12), at(9, 30)),
    ],
)
def test_an_offer_lasts_an_hour_and_never_ends_in_the_night(
    asked: datetime, visit: datetime, ends: datetime | None
) -> None:
    assert offer_ends(now=asked, starts_at=visit, zone=ZONE) == ends


def test_who_has_an_e_mail_address_can_always_be_asked() -> None:
    entry = WaitlistEntryFactory.build(service=None)
    assert can_be_asked(entry, local=datetime(2026, 11, 24, 3, 0, tzinfo=UTC))
