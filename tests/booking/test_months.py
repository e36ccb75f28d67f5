"""A month of days with how much is free, and one day with its times."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.lib import clock
from clinic.scheduling.availability import Why
from clinic.scheduling.enums import ReservationReason
from clinic.scheduling.models import Reservation
from tests.booking.conftest import SmallClinic
from tests.factories.directory import ClosureFactory, WorkingPractitionerFactory
from tests.factories.scheduling import ReservationFactory


def today_of(small_clinic: SmallClinic) -> date:
    return clock.local_day(clock.now(), small_clinic.location.time_zone)


def on_leave(small_clinic: SmallClinic, day: date, *, days: int = 1) -> None:
    begins, _ends = clock.day_bounds(day, small_clinic.location.time_zone)
    ReservationFactory(
        resource=small_clinic.doctor,
        starts_at=begins,
        ends_at=begins + timedelta(days=days),
        reason=ReservationReason.LEAVE,
        note="An operation",
    )


@pytest.mark.parametrize(("language", "free"), [("en", "16 free times"), ("ar", "16 وقتًا متاحًا")])
def test_each_day_of_a_month_leads_to_its_times_and_says_how_free_it_is(
    client: Client, small_clinic: SmallClinic, language: str, free: str
) -> None:
    tomorrow = today_of(small_clinic) + timedelta(days=1)

    page = client.get(f"/{language}/book/skin-check/month/?from={tomorrow}&doctor=salma-odeh")

    text = page.content.decode()
    assert page.status_code == 200
    assert f'href="/{language}/book/skin-check/day/?doctor=salma-odeh&amp;from={tomorrow}#times"' in text
    assert free in text


@pytest.mark.parametrize(("language", "sunday"), [("en", "Sunday"), ("ar", "الأحد")])
def test_the_week_begins_on_sunday_as_the_clinic_says(
    client: Client, small_clinic: SmallClinic, language: str, sunday: str
) -> None:
    found = client.get(f"/{language}/book/skin-check/month/").context["month"]

    assert found.weekdays[0][0] == sunday
    assert {week[0].day.day.isoweekday() for week in found.weeks if week[0]} <= {7}
    assert {len(week) for week in found.weeks} == {7}


def test_months_lead_from_todays_to_that_of_the_horizon(client: Client, small_clinic: SmallClinic) -> None:
    today = today_of(small_clinic)
    last = today + timedelta(days=small_clinic.service.horizon_days)

    months, following = [], today
    while following:
        found = client.get(f"/en/book/skin-check/month/?from={following}").context["month"]
        months.append(found.first_day)
        following = found.following

    assert months[0] == today.replace(day=1)
    assert months[-1] == last.replace(day=1)
    assert found.previous == months[-2]
    assert client.get("/en/book/skin-check/month/?from=1990-01-01").context["month"].previous is None


def test_a_day_of_leave_reads_not_working_and_its_reason_stays_private(
    client: Client, small_clinic: SmallClinic
) -> None:
    tomorrow = today_of(small_clinic) + timedelta(days=1)
    on_leave(small_clinic, tomorrow)

    month = client.get(f"/en/book/skin-check/month/?from={tomorrow}")
    day = client.get(f"/en/book/skin-check/day/?from={tomorrow}")

    assert "Not working" in month.content.decode()
    assert "There are no working hours on this day." in day.content.decode()
    assert "operation" not in month.content.decode() + day.content.decode()


def test_a_month_without_times_names_the_next_after_it(client: Client, small_clinic: SmallClinic) -> None:
    today = today_of(small_clinic)
    after = (today.replace(day=1) + timedelta(days=31)).replace(day=1)
    ClosureFactory(first_day=today, last_day=after - timedelta(days=1))

    page = client.get("/en/book/skin-check/month/")

    assert "No free times in this month" in page.content.decode()
    assert f"/en/book/skin-check/day/?from={after}#times" in page.content.decode()


def test_the_times_of_a_day_stand_by_part_of_day(client: Client, small_clinic: SmallClinic) -> None:
    tomorrow = today_of(small_clinic) + timedelta(days=1)

    page = client.get(f"/en/book/skin-check/day/?from={tomorrow}")

    parts = page.context["times"].parts
    assert [(str(part.title), sum(len(place.offers) for place in part.places)) for part in parts] == [
        ("Morning", 6),
        ("Afternoon", 10),
    ]
    assert 'action="/en/book/skin-check/hold/"' in page.content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["Every time of this day is taken.", "Show this day", "Put me on the waitlist"]),
        ("ar", ["كل أوقات هذا اليوم محجوزة.", "عرض هذا اليوم", "أضيفوني إلى قائمة الانتظار"]),
    ],
)
def test_a_full_day_says_so_and_leads_to_the_next_one_and_to_the_waitlist(
    client: Client, small_clinic: SmallClinic, language: str, said: list[str]
) -> None:
    tomorrow = today_of(small_clinic) + timedelta(days=1)
    for number in range(16):
        small_clinic.book(number=0)
        assert Reservation.objects.count() == number + 1

    page = client.get(f"/{language}/book/skin-check/day/?from={tomorrow}&doctor=salma-odeh")

    text = page.content.decode()
    assert page.context["times"].day.reason.why == Why.FULL
    assert [words for words in said if words not in text] == []
    assert f"from={tomorrow + timedelta(days=1)}#times" in text
    assert f'href="/{language}/book/skin-check/waitlist/?doctor=salma-odeh"' in text


def test_a_day_beyond_the_horizon_says_how_far_ahead_the_clinic_books(
    client: Client, small_clinic: SmallClinic
) -> None:
    text = client.get("/en/book/skin-check/day/?from=9999-12-31").content.decode()

    assert "This day cannot be booked yet: we book up to 60 days ahead." in text
    assert "Show the soonest times" in text


@pytest.mark.parametrize("view", ["month", "day"])
@pytest.mark.parametrize("query", ["from=soon", "from=2026-02-31", "doctor=nobody", "location=nowhere"])
def test_what_is_no_day_doctor_or_place_is_not_found(
    client: Client, small_clinic: SmallClinic, view: str, query: str
) -> None:
    assert client.get(f"/en/book/skin-check/{view}/?{query}").status_code == 404


# The service, who offers it and their hours; what editors wrote, the frame, and whether Hijri dates are shown.
# Besides them the free times, the locations and, where a day has none, the reasons.
FRAME = 10


@pytest.mark.parametrize("doctors", [1, 5, 20])
def test_free_times_cost_the_same_for_one_doctor_and_for_twenty(
    client: Client, small_clinic: SmallClinic, doctors: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(doctors - 1):
        WorkingPractitionerFactory(services=[small_clinic.service], hours__location=small_clinic.location)
    first_day = (today_of(small_clinic) + timedelta(days=31)).replace(day=1)
    ClosureFactory(first_day=first_day + timedelta(days=2), last_day=first_day + timedelta(days=2))

    client.get(f"/en/book/skin-check/month/?from={first_day}")  # content types and the site stay in memory
    for view, queries in [("", 3), ("month/", 3), ("day/", 2)]:
        with django_assert_num_queries(FRAME + queries):
            client.get(f"/en/book/skin-check/{view}?from={first_day}")


@pytest.mark.parametrize("view", ["", "month/", "day/"])
def test_where_nothing_is_free_the_reasons_and_the_next_time_make_it_four(
    client: Client, small_clinic: SmallClinic, view: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first_day = (today_of(small_clinic) + timedelta(days=31)).replace(day=1)
    ClosureFactory(first_day=first_day, last_day=first_day + timedelta(days=31))

    client.get(f"/en/book/skin-check/{view}?from={first_day}")
    with django_assert_num_queries(FRAME + 4):
        client.get(f"/en/book/skin-check/{view}?from={first_day}")
