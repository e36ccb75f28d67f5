"""How dates and numbers are written for staff and visitors."""

from datetime import UTC, datetime

import pytest
from django.utils.formats import date_format, number_format
from django.utils.translation import override

MOMENT = datetime(2026, 4, 3, 14, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("language", "day", "short"),
    [("en", "3 April 2026", "3 Apr 2026, 14:05"), ("ar", "3 إبريل 2026", "3 إبريل 2026، 14:05")],
)
def test_no_reader_can_take_the_day_for_the_month(language: str, day: str, short: str) -> None:
    with override(language):
        assert date_format(MOMENT, "DATE_FORMAT") == day
        assert date_format(MOMENT, "SHORT_DATETIME_FORMAT") == short


def test_arabic_numbers_in_western_digits_take_western_separators() -> None:
    with override("ar"):
        assert number_format(1234.5, force_grouping=True) == "1,234.5"
