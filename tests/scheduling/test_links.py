"""Signed links to a visit."""

from datetime import timedelta

import pytest
from django.core.signing import Signer
from django.utils import timezone
from pytest_django import Settings

from clinic.scheduling import links
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.links import (
    LinkExpired,
    LinkInvalid,
    cancel_token,
    confirm_token,
    move_token,
    read_token,
    view_token,
)
from clinic.scheduling.models import Appointment
from tests.factories.scheduling import AppointmentFactory, rewrite

pytestmark = pytest.mark.django_db
TOKENS = {"view": view_token, "confirm": confirm_token, "move": move_token, "cancel": cancel_token}


@pytest.fixture
def visit() -> Appointment:
    return AppointmentFactory(starts_at=timezone.now() + timedelta(days=2))


def test_a_link_carries_the_reference_and_nothing_else(visit: Appointment) -> None:
    reference, _, signature = view_token(visit).partition(".")

    assert reference == visit.reference
    assert len(signature) == 43
    assert read_token(view_token(visit), "view") == visit.reference
    for purpose, token in TOKENS.items():
        assert read_token(token(visit), purpose) == visit.reference


@pytest.mark.parametrize("purpose", TOKENS)
def test_a_link_for_one_purpose_opens_no_other(visit: Appointment, purpose: str) -> None:
    for other in TOKENS.keys() - {purpose}:
        with pytest.raises(LinkInvalid):
            read_token(TOKENS[purpose](visit), other)


def test_a_link_opens_no_other_visit(visit: Appointment) -> None:
    signature = view_token(visit).partition(".")[2]

    with pytest.raises(LinkInvalid):
        read_token(f"{AppointmentFactory().reference}.{signature}", "view")


@pytest.mark.parametrize("token", ["", ".", "K7QMW4TZDH", "K7QMW4TZDH.", ".abc", "\x00", "ي.ي", "a" * 5000])
def test_what_nobody_signed_opens_nothing(visit: Appointment, token: str) -> None:
    with pytest.raises(LinkInvalid):
        read_token(token, "view")


def test_every_changed_letter_breaks_a_link(visit: Appointment) -> None:
    token = view_token(visit)

    for place, letter in enumerate(token):
        changed = token[:place] + ("A" if letter != "A" else "B") + token[place + 1 :]
        # The last of 43 letters of base 64 carries only four bits.
        if place < len(token) - 1:
            with pytest.raises(LinkInvalid):
                read_token(changed, "view")


def test_a_visit_that_does_not_exist_looks_like_a_forged_link() -> None:
    forged, signed = "K7QMW4TZDH.x", Signer(salt="clinic.scheduling.links.view", sep=".").sign("K7QMW4TZDH")

    faults = []
    for token in (forged, signed):
        with pytest.raises(LinkInvalid) as fault:
            read_token(token, "view")
        faults.append((type(fault.value), fault.value.args))

    assert faults[0] == faults[1]


@pytest.mark.parametrize(
    ("purpose", "past_the_end", "still_good"),
    [
        # The visit takes half an hour.
        ("view", timedelta(days=-30, minutes=-31), timedelta(days=-30, minutes=-29)),
        ("confirm", timedelta(seconds=-1), timedelta(minutes=1)),
        ("move", timedelta(seconds=-1), timedelta(minutes=1)),
        ("cancel", timedelta(seconds=-1), timedelta(minutes=1)),
    ],
)
def test_a_link_ends_with_the_visit(
    visit: Appointment, purpose: str, past_the_end: timedelta, still_good: timedelta
) -> None:
    token = TOKENS[purpose](visit)

    for start, good in ((past_the_end, False), (still_good, True)):
        starts_at = timezone.now() + start
        rewrite(starts_at=starts_at, ends_at=starts_at + timedelta(minutes=30))
        if good:
            assert read_token(token, purpose) == visit.reference
        else:
            with pytest.raises(LinkExpired):
                read_token(token, purpose)


def test_a_cancelled_visit_can_still_be_looked_at(visit: Appointment) -> None:
    rewrite(status=AppointmentStatus.CANCELLED)

    assert read_token(view_token(visit), "view") == visit.reference


def test_links_outlive_a_change_of_the_secret_key(visit: Appointment, settings: Settings) -> None:
    token = view_token(visit)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "the next key " * 5

    assert read_token(token, "view") == visit.reference
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(LinkInvalid):
        read_token(token, "view")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_addresses_are_whole_and_in_the_language(visit: Appointment, settings: Settings, language: str) -> None:
    settings.SITE_URL = "https://clinic.example/"

    assert links.view_url(visit, language) == f"https://clinic.example/{language}/book/visit/{view_token(visit)}/"
    assert links.cancel_url(visit, language) == f"https://clinic.example/{language}/book/cancel/{cancel_token(visit)}/"
    assert links.confirm_url(visit, language).startswith(f"https://clinic.example/{language}/book/confirm/")
    assert links.move_url(visit, language).startswith(f"https://clinic.example/{language}/book/move/")
    assert links.book_url(language) == f"https://clinic.example/{language}/book/"


def test_reading_a_link_takes_one_query(visit: Appointment, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        read_token(view_token(visit), "view")
