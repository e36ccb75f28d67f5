"""Days of the Hijri calendar, against days that Umm al-Qura has announced."""

from datetime import date, timedelta

import pytest
from django.utils.translation import override

from clinic.lib.hijri import days_in_words, in_hijri, months_in_words

RAMADAN = date(2026, 2, 18)


@pytest.mark.parametrize(
    ("day", "known"),
    [
        (date(2024, 3, 11), (1445, 9, 1)),
        (date(2025, 3, 1), (1446, 9, 1)),
        (date(2026, 2, 17), (1447, 8, 29)),
        (RAMADAN, (1447, 9, 1)),
        (date(2026, 6, 15), (1447, 12, 29)),
        (date(2026, 6, 16), (1448, 1, 1)),
    ],
)
def test_a_day_is_that_of_umm_al_qura(day: date, known: tuple[int, int, int]) -> None:
    assert in_hijri(day) == known


def test_where_the_moon_is_seen_a_day_later_so_the_month_begins() -> None:
    assert in_hijri(RAMADAN, shift=-1) == (1447, 8, 29)
    assert in_hijri(RAMADAN + timedelta(days=1), shift=-1) == (1447, 9, 1)
    assert in_hijri(RAMADAN - timedelta(days=2), shift=2) == (1447, 9, 1)


@pytest.mark.parametrize("shift", [-2, 0, 2])
@pytest.mark.parametrize("day", [date.min, date(1924, 7, 29), date(2077, 11, 19), date.max])
def test_beyond_the_tables_nothing_is_said(day: date, shift: int) -> None:
    assert in_hijri(day, shift=shift) is None
    assert days_in_words(day, day, shift=shift) == ""
    assert days_in_words(RAMADAN, day, shift=shift) == ""
    assert months_in_words(RAMADAN, day, shift=shift) == ""


@pytest.mark.parametrize(
    ("first", "last", "english", "arabic"),
    [
        (RAMADAN, RAMADAN, "1 Ramadan 1447 AH", "1 رمضان 1447 هـ"),
        (RAMADAN, date(2026, 2, 24), "1 – 7 Ramadan 1447 AH", "1 – 7 رمضان 1447 هـ"),
        (date(2026, 2, 15), date(2026, 2, 21), "27 Shaban – 4 Ramadan 1447 AH", "27 شعبان – 4 رمضان 1447 هـ"),
        (date(2026, 1, 20), RAMADAN, "1 Shaban – 1 Ramadan 1447 AH", "1 شعبان – 1 رمضان 1447 هـ"),
        (
            date(2026, 6, 13),
            date(2026, 6, 19),
            "27 Dhu al-Hijjah 1447 – 4 Muharram 1448 AH",
            "27 ذو الحجة 1447 – 4 محرّم 1448 هـ",
        ),
    ],
)
def test_what_both_ends_of_a_span_share_is_said_once(first: date, last: date, english: str, arabic: str) -> None:
    assert days_in_words(first, last) == english
    with override("ar"):
        assert days_in_words(first, last) == arabic


def test_the_months_that_a_month_covers_are_named() -> None:
    assert months_in_words(date(2026, 2, 1), date(2026, 2, 28)) == "Shaban – Ramadan 1447 AH"
    assert months_in_words(date(2026, 6, 1), date(2026, 6, 30)) == "Dhu al-Hijjah 1447 – Muharram 1448 AH"
    assert months_in_words(RAMADAN, RAMADAN + timedelta(days=9)) == "Ramadan 1447 AH"
