"""When a visit is remembered, on the wall clock of its location."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from clinic.scheduling.reminders.moments import (
    before_the_night,
    due_reminders,
    end_of_night,
    is_quiet,
    morning_before,
    planned,
)

AMMAN = "Asia/Amman"  # UTC+3, without summer time
BOTH = [(48, "email"), (3, "sms")]
ZONES = st.sampled_from([AMMAN, "Africa/Cairo", "America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "UTC"])


def amman(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of January 2031; the 15th is the day of the visit."""
    return datetime(2031, 1, day, hour, minute, tzinfo=ZoneInfo(AMMAN))


VISIT = amman(15, 14)


def due(now: datetime, rules: list[tuple[int, str]] = BOTH, starts_at: datetime = VISIT) -> list[tuple[int, str]]:
    return [(each.hours, each.channel) for each in due_reminders(starts_at, rules, zone=AMMAN, now=now)]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (amman(13, 13, 59), []),
        (amman(13, 14), [(48, "email")]),
        (amman(15, 10, 59), [(48, "email")]),
        (amman(15, 11), [(3, "sms")]),
        (amman(15, 12, 59), [(3, "sms")]),
        (amman(15, 13), []),
        (amman(15, 14, 1), []),
    ],
)
def test_each_reminder_has_its_time_and_the_later_one_replaces_the_earlier(
    now: datetime, expected: list[tuple[int, str]]
) -> None:
    assert due(now) == expected


def test_a_rule_of_one_hour_is_of_use_for_half_an_hour() -> None:
    assert due(amman(15, 13), [(1, "sms")]) == [(1, "sms")]
    assert due(amman(15, 13, 30), [(1, "sms")]) == []


def test_two_channels_of_one_lead_are_both_used() -> None:
    assert due(amman(14, 14), [(24, "email"), (24, "sms")]) == [(24, "email"), (24, "sms")]


def test_a_service_without_rules_is_remembered_in_the_morning_of_the_day_before() -> None:
    assert due(amman(14, 7, 59), []) == []
    assert due(amman(14, 8), []) == [(0, "email")]
    assert due(amman(14, 8), [], amman(15, 23, 30)) == [(0, "email")]
    assert due(amman(14, 8), [], amman(16, 0)) == []


@pytest.mark.parametrize(
    ("zone", "day"),
    [
        ("America/New_York", date(2031, 3, 10)),  # the clock went forward the night before
        ("America/New_York", date(2031, 11, 3)),
        ("Africa/Cairo", date(2031, 4, 26)),  # at midnight
        ("Asia/Beirut", date(2031, 3, 31)),
        ("Australia/Lord_Howe", date(2031, 10, 6)),  # by half an hour
    ],
)
def test_the_morning_before_is_eight_on_the_wall_when_the_clock_changes(zone: str, day: date) -> None:
    visit = datetime.combine(day, time(9), tzinfo=ZoneInfo(zone))

    shown = morning_before(visit, zone).astimezone(ZoneInfo(zone))

    assert (shown.date(), shown.time()) == (day - timedelta(days=1), time(8))


@pytest.mark.parametrize(
    ("moment", "moved"),
    [
        (amman(15, 20, 59), amman(15, 20, 59)),
        (amman(15, 21), amman(15, 20, 30)),
        (amman(15, 23, 30), amman(15, 20, 30)),
        (amman(15, 0), amman(14, 20, 30)),
        (amman(15, 7, 59), amman(14, 20, 30)),
        (amman(15, 8), amman(15, 8)),
    ],
)
def test_what_would_fall_into_the_night_comes_the_evening_before(moment: datetime, moved: datetime) -> None:
    assert before_the_night(moment, AMMAN) == moved


def test_two_rules_of_one_night_are_one_reminder() -> None:
    early = amman(15, 9)

    assert due(amman(14, 20, 30), [(2, "sms"), (3, "sms"), (5, "email")], early) == [(2, "sms")]


def test_a_clinic_may_have_no_quiet_hours_or_quiet_hours_by_day(settings: Settings) -> None:
    settings.QUIET_HOURS = (time(0), time(0))
    assert not any(is_quiet(amman(15, hour), AMMAN) for hour in range(24))

    settings.QUIET_HOURS = (time(13), time(15))
    assert [hour for hour in range(24) if is_quiet(amman(15, hour), AMMAN)] == [13, 14]
    assert before_the_night(amman(15, 14), AMMAN) == amman(15, 12, 30)
    assert end_of_night(amman(15, 14), AMMAN) == amman(15, 15)


MOMENTS = st.integers(0, 6 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
RULES = st.lists(st.tuples(st.integers(1, 336), st.sampled_from(["email", "sms"])), max_size=4, unique=True)


@given(starts_at=MOMENTS, rules=RULES, zone=ZONES)
def test_no_reminder_is_planned_for_the_night_or_after_its_hour(
    starts_at: datetime, rules: list[tuple[int, str]], zone: str
) -> None:
    for reminder in planned(starts_at, rules, zone=zone):
        assert not is_quiet(reminder.moment, zone)
        assert reminder.moment < reminder.useful_until < starts_at
        assert reminder.moment <= starts_at - timedelta(hours=reminder.hours)


@given(instant=MOMENTS, zone=ZONES)
def test_every_night_ends(instant: datetime, zone: str) -> None:
    if is_quiet(instant, zone):
        ends = end_of_night(instant, zone)
        assert instant < ends <= instant + timedelta(hours=13)
        assert not is_quiet(ends, zone)
