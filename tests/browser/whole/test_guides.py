"""The pictures of the guides for reception and for clinicians, in the language of each; kept as in `test_screens`.

The starter clinic's visits of today may be over by the hour at which the pictures are taken, so the list and the board
show the next day that has visits, and the queue is filled by hand.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.whole.clinic import StarterClinic
from tests.browser.whole.people import Writer, writer
from tests.browser.whole.pictures import take

WHO = {"en": "reception", "ar": "istiqbal"}
# The next day with visits at the first location, and whoever has most of them.
A_FULL_DAY = """
    SELECT day::text, practitioner_id FROM (
        SELECT (visit.starts_at AT TIME ZONE place.time_zone)::date AS day, visit.practitioner_id, count(*) AS visits
        FROM scheduling_appointment visit JOIN directory_location place ON place.id = visit.location_id
        WHERE place.slug = 'amman' AND visit.status = 'booked' AND visit.starts_at > now() + interval '18 hours'
        GROUP BY 1, 2
    ) each ORDER BY day, visits DESC LIMIT 1
"""
THE_WAITING_ROOM_IS_FULL = """
    UPDATE scheduling_appointment SET token = NULL, token_day = NULL WHERE token IS NOT NULL;
    UPDATE scheduling_appointment visit SET
        status = CASE WHEN line.place = 1 THEN 'consulting' WHEN line.place = 2 THEN 'called'
            WHEN line.place < 6 THEN 'arrived' ELSE 'booked' END,
        arrived_at = CASE WHEN line.place < 6 THEN now() - (23 - 4 * line.place) * interval '1 minute' END,
        called_at = CASE WHEN line.place < 3 THEN now() - interval '6 minutes' END,
        began_at = CASE WHEN line.place = 1 THEN now() - interval '5 minutes' END,
        finished_at = NULL,
        approve_by = NULL,
        token = CASE WHEN line.place < 6 THEN line.number END,
        token_day = CASE WHEN line.place < 6 THEN line.day END
    FROM (
        SELECT each.id, (each.starts_at AT TIME ZONE place.time_zone)::date AS day,
            row_number() OVER (PARTITION BY each.practitioner_id ORDER BY each.starts_at, each.id) AS place,
            row_number() OVER (ORDER BY each.starts_at, each.id) AS number
        FROM scheduling_appointment each JOIN directory_location place ON place.id = each.location_id
        WHERE place.slug = 'amman' AND each.status <> 'cancelled'
            AND (each.starts_at AT TIME ZONE place.time_zone)::date = (now() AT TIME ZONE place.time_zone)::date
    ) line
    WHERE line.id = visit.id
"""


@pytest.fixture(scope="module", params=WHO)
def desk(request: pytest.FixtureRequest, clinic: StarterClinic, chromium: Browser) -> Iterator[Writer]:
    """A receptionist who reads the back office in this language."""
    with writer(chromium, clinic, WHO[request.param], language=request.param) as person:
        yield person


@pytest.fixture(scope="module")
def day(clinic: StarterClinic) -> tuple[str, int]:
    found, practitioner = clinic.site.query(A_FULL_DAY)[0]
    return str(found), int(str(practitioner))


def todays_list(desk: Writer, day: tuple[str, int]) -> None:
    desk.opens(f"appointments/?day={day[0]}")
    expect(desk.page.locator(".iyada-row").first).to_be_visible()


def board(desk: Writer, day: tuple[str, int]) -> None:
    desk.opens(f"appointments/board/?day={day[0]}")
    expect(desk.page.locator("a.iyada-block").first).to_be_visible()


def booking(desk: Writer, day: tuple[str, int]) -> None:
    desk.opens(f"appointments/book/?day={day[0]}")
    desk.page.locator("[name=query]").press_sequentially({"en": "Ammar", "ar": "عمار"}[desk.language])
    expect(desk.page.locator("[data-iyada-found] button").first).to_be_visible()
    desk.page.locator("[name=service]").select_option(index=2)
    expect(desk.page.locator(".iyada-soonest label").first).to_be_visible()
    desk.page.locator(".iyada-soonest label").nth(1).click()


def queue(desk: Writer, day: tuple[str, int]) -> None:
    desk.opens("appointments/queue/")
    expect(desk.page.locator(".iyada-line").first).to_be_visible()


def leave(desk: Writer, day: tuple[str, int]) -> None:
    desk.opens("leave/new/")
    desk.page.locator("[name=what]").select_option(f"resource.{day[1]}")
    desk.page.locator("[name=first_day]").fill(day[0])
    desk.submits("button[value=look]:not(.w-sr-only)")
    expect(desk.page.locator(".iyada-leave__row").first).to_be_visible()


SCREENS = {"day": todays_list, "board": board, "book": booking, "queue": queue, "leave": leave}


@pytest.mark.parametrize("name", SCREENS)
def test_what_reception_sees_is_taken(
    clinic: StarterClinic, desk: Writer, day: tuple[str, int], folder: Path, name: str
) -> None:
    if name == "queue":
        clinic.site.query(THE_WAITING_ROOM_IS_FULL)
    goes_there: Callable[[Writer, tuple[str, int]], None] = SCREENS[name]
    goes_there(desk, day)
    take(desk.page, folder / f"reception-{name}-{desk.language}.webp")


def test_what_a_clinician_sees_is_taken(clinic: StarterClinic, chromium: Browser, folder: Path) -> None:
    clinic.site.query(THE_WAITING_ROOM_IS_FULL)
    with writer(chromium, clinic, "layla") as layla:
        for name, path in (("queue", "appointments/queue/"), ("calendar", "my-calendar/")):
            layla.opens(path)
            take(layla.page, folder / f"clinician-{name}.webp")
