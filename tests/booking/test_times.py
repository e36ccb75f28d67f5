"""Choosing a time, and keeping it."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.booking.choices import Choice, slot_value
from clinic.directory.models import Location, Practitioner
from clinic.lib import clock
from clinic.scheduling.availability import Reason, Why
from clinic.scheduling.models import Hold
from tests.booking.conftest import SmallClinic
from tests.factories.directory import ClosureFactory, LocationFactory, WorkingPractitionerFactory


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_free_times_of_a_week_are_buttons(client: Client, small_clinic: SmallClinic, language: str) -> None:
    text = client.get(f"/{language}/book/skin-check/").content.decode()

    choice = small_clinic.choice()
    assert slot_value(choice.practitioner, choice.location, choice.starts_at) in text


def test_the_weeks_end_at_the_horizon_and_begin_today(client: Client, small_clinic: SmallClinic) -> None:
    small_clinic.service.horizon_days = 10
    small_clinic.service.save()
    today = clock.local_day(clock.now(), small_clinic.location.time_zone)

    first = client.get("/en/book/skin-check/").context["table"]
    second = client.get(f"/en/book/skin-check/?from={first.following}").context["table"]

    assert (first.previous, first.following) == (None, today + timedelta(days=7))
    assert (second.previous, second.following) == (today, None)
    assert Reason(Why.BEYOND) in [day.reason for day in second.days]


@pytest.mark.parametrize("asked", ["1990-01-01", "9999-12-31"])
def test_a_week_far_away_is_brought_back_within_the_horizon(
    client: Client, small_clinic: SmallClinic, asked: str
) -> None:
    page = client.get(f"/en/book/skin-check/?from={asked}")

    assert page.status_code == 200


def test_a_day_without_times_says_why(client: Client, small_clinic: SmallClinic) -> None:
    today = clock.local_day(clock.now(), small_clinic.location.time_zone)
    ClosureFactory(first_day=today + timedelta(days=1), last_day=today + timedelta(days=1), name_en="Spring feast")
    small_clinic.doctor.working_hours.filter(weekday=(today + timedelta(days=2)).isoweekday()).delete()

    page = client.get("/en/book/skin-check/")

    days, text = page.context["table"].days, page.content.decode()
    assert [day.reason for day in days[1:4]] == [Reason(Why.CLOSED, "Spring feast"), Reason(Why.AWAY), None]
    assert "Closed: Spring feast" in text
    assert "No working hours" in text


def test_an_empty_week_names_the_next_free_time(client: Client, small_clinic: SmallClinic) -> None:
    today = clock.local_day(clock.now(), small_clinic.location.time_zone)
    ClosureFactory(first_day=today, last_day=today + timedelta(days=8))

    page = client.get("/en/book/skin-check/")

    assert "No free times on these days" in page.content.decode()
    assert f"from={today + timedelta(days=9)}" in page.content.decode()


def test_a_doctor_and_a_location_narrow_the_times(client: Client, small_clinic: SmallClinic) -> None:
    zarqa = LocationFactory(slug="zarqa", name_en="Zarqa branch")
    other = WorkingPractitionerFactory(slug="other", services=[small_clinic.service], hours__location=zarqa)

    by_place = client.get("/en/book/skin-check/?location=zarqa").context["table"]
    by_doctor = client.get("/en/book/skin-check/?doctor=salma-odeh").context["table"]

    assert {offer.practitioner for day in by_place.days for place in day.places for offer in place.offers} == {other}
    assert {place.location for day in by_doctor.days for place in day.places} == {small_clinic.location}


def test_of_several_doctors_who_are_free_one_is_offered(client: Client, small_clinic: SmallClinic) -> None:
    WorkingPractitionerFactory(services=[small_clinic.service], hours__location=small_clinic.location)

    table = client.get("/en/book/skin-check/").context["table"]

    starts = [offer.starts_at for day in table.days for place in day.places for offer in place.offers]
    assert len(starts) == len(set(starts))


@pytest.mark.parametrize("doctors", [1, 3])
def test_the_times_cost_the_same_for_one_doctor_and_for_three(
    client: Client, small_clinic: SmallClinic, doctors: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(doctors - 1):
        WorkingPractitionerFactory(services=[small_clinic.service], hours__location=small_clinic.location)
    first_day = clock.local_day(clock.now(), small_clinic.location.time_zone) + timedelta(days=1)

    client.get(f"/en/book/skin-check/?from={first_day}")  # content types and the site stay in memory
    with django_assert_num_queries(12):
        client.get(f"/en/book/skin-check/?from={first_day}")


def test_a_chosen_time_is_kept_for_ten_minutes(client: Client, small_clinic: SmallClinic) -> None:
    choice = small_clinic.choice()

    answer = client.post("/en/book/skin-check/hold/", {"slot": slot_value(*parts(choice))})

    assert answer.status_code == 303
    hold = Hold.objects.get()
    assert hold.starts_at == choice.starts_at
    assert timedelta(minutes=9) < hold.expires_at - clock.now() <= timedelta(minutes=10)
    assert not answer.cookies
    details = client.get(answer["Location"])
    assert details.status_code == 200
    assert "We keep this time for you until" in details.content.decode()


def test_a_kept_time_is_not_free_for_others(client: Client, another_browser: Client, small_clinic: SmallClinic) -> None:
    choice = small_clinic.choice()
    client.post("/en/book/skin-check/hold/", choice.fields)

    answer = another_browser.post("/en/book/skin-check/hold/", choice.fields)

    assert answer.status_code == 409
    assert answer.context["offers"]


def test_choosing_again_lets_the_first_time_go(client: Client, small_clinic: SmallClinic) -> None:
    first, second = small_clinic.choice(0), small_clinic.choice(1)
    kept = client.post("/en/book/skin-check/hold/", first.fields)["Location"]
    token = client.get(kept).context["hold_token"]

    client.post("/en/book/skin-check/hold/", {**second.fields, "hold": token})

    assert [hold.starts_at for hold in Hold.objects.filter(expires_at__gt=clock.now())] == [second.starts_at]


def test_the_times_remind_of_the_one_that_is_kept(client: Client, small_clinic: SmallClinic) -> None:
    kept = client.post("/en/book/skin-check/hold/", small_clinic.choice().fields)["Location"]

    text = client.get(client.get(kept).context["times_url"]).content.decode()

    assert "Go on with this time" in text


def test_another_site_cannot_make_a_browser_keep_a_time(client: Client, small_clinic: SmallClinic) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        answer = client.post("/en/book/skin-check/hold/", small_clinic.choice().fields, headers=headers)
        assert answer.status_code == 403

    assert not Hold.objects.exists()


def parts(choice: Choice) -> tuple[Practitioner, Location, datetime]:
    return (choice.practitioner, choice.location, choice.starts_at)
