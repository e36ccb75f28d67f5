"""Telling open pages what has changed."""

from typing import NoReturn

import pytest

from clinic.lib import live
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import AppointmentFactory


@pytest.mark.django_db(transaction=True)
def test_a_change_is_kept_even_where_telling_of_it_fails_in_a_way_that_nobody_foresaw(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(changes: object) -> NoReturn:
        raise ValueError("no such channel")

    monkeypatch.setattr(live, "publish", fail)
    visit = AppointmentFactory(patient=PatientFactory())
    visit.refresh_from_db()
    assert "no such channel" in caplog.text
