"""Valkey goes away and comes back while pages of the desk are open."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from clinic.accounts.enums import Role
from clinic.lib.patience import breaker
from clinic.scheduling.models import Appointment
from tests.accounts.cast import person
from tests.desk.conftest import signed_in
from tests.desk.live.conftest import cookie_of
from tests.desk.live.page import EVERYTHING, LivePage
from tests.desk.live.server import listening
from tests.factories.scheduling import AppointmentFactory
from tests.faults.valkey import KillableValkey

pytestmark = pytest.mark.django_db(transaction=True)


def test_open_pages_outlive_a_lost_valkey(
    valkey: KillableValkey, cache_at: Callable[[str], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    cache_at(valkey.url)
    visit = AppointmentFactory(starts_at=datetime(2026, 11, 23, 8, tzinfo=UTC))
    cookie = cookie_of(signed_in(person("rania", role=Role.RECEPTIONIST)))
    with listening(cache=valkey.url) as port, LivePage(port, cookie=cookie) as page:
        page.settle()
        note(visit, "before")
        assert page.change(within=1)["what"] == "visits"

        valkey.stop()
        assert page.hear_until(lambda message: not message["hears"], within=5)["changes"] == []
        began = time.monotonic()
        note(visit, "while it was away")
        assert time.monotonic() - began < 1
        # A page that is opened now is let in, and told that it must look for itself.
        with LivePage(port, cookie=cookie) as late:
            assert not late.hear()["hears"]

        valkey.start()
        assert EVERYTHING in page.hear_until(lambda message: message["hears"], within=10)["changes"]
        later = time.monotonic() + breaker.rest
        monkeypatch.setattr(breaker, "clock", lambda: later)
        note(visit, "afterwards")
        assert page.change(within=1)["what"] == "visits"


def test_a_valkey_that_comes_late_is_found(valkey: KillableValkey, transactional_db: Any) -> None:
    cookie = cookie_of(signed_in(person("rania", role=Role.RECEPTIONIST)))
    valkey.stop()
    with listening(cache=valkey.url) as port, LivePage(port, cookie=cookie) as page:
        assert not page.hear()["hears"]
        valkey.start()
        assert EVERYTHING in page.hear_until(lambda message: message["hears"], within=10)["changes"]


def note(visit: Appointment, text: str) -> None:
    Appointment.objects.filter(pk=visit.pk).update(note=text)
