"""Days and times as a person says them."""

import re
from datetime import UTC, date, datetime

import pytest
from django.utils import translation

from clinic.booking import wording
from clinic.directory.models import Location
from clinic.lib.enumeration import listed

TODAY = date(2026, 11, 21)
AMMAN = Location(time_zone="Asia/Amman")


@pytest.fixture(autouse=True)
def saturday_noon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("clinic.lib.clock.now", lambda: datetime(2026, 11, 21, 9, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 21), "Today, Saturday 21 November"),
        (date(2026, 11, 22), "Tomorrow, Sunday 22 November"),
        (date(2026, 11, 20), "Yesterday, Friday 20 November"),
        (date(2026, 11, 29), "Sunday 29 November"),
        (date(2027, 1, 3), "Sunday 3 January 2027"),
    ],
)
def test_a_day_is_said_as_people_say_it(day: date, said: str) -> None:
    assert wording.day_in_words(day, today=TODAY) == said


def test_an_arabic_day_has_an_arabic_comma() -> None:
    with translation.override("ar"):
        assert wording.day_in_words(date(2026, 11, 29), today=TODAY) == "الأحد، 29 نوفمبر"
        assert listed(["أ", "ب"]) == "أ، ب"


def test_a_time_follows_the_wall_clock_of_the_location() -> None:
    late = datetime(2026, 11, 21, 22, 30, tzinfo=UTC)  # already tomorrow in Amman

    assert wording.moment_in_words(late, location=AMMAN) == "Tomorrow, Sunday 22 November at 01:30"


def test_a_clock_time_never_mirrors() -> None:
    html = wording.moment_in_html(datetime(2026, 11, 21, 11, 30, tzinfo=UTC), location=AMMAN, short=True)

    assert re.sub("<[^>]+>", "", html) == "Today 14:30"
    assert '<bdi dir="ltr">14:30</bdi>' in html
    assert 'datetime="2026-11-21T14:30+03:00"' in html
