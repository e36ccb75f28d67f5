"""Two desks side by side, in English and in Arabic: what one does, the other sees without a touch."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from clinic.lib import clock
from clinic.scheduling.actions import cancel_appointment, change_status
from clinic.scheduling.models import Appointment
from tests.accounts.cast import person
from tests.browser.staff import Colleague
from tests.desk.live.server import listening
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import AppointmentFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)
LAYLA = {"en": "Layla Haddad", "ar": "ليلى حداد"}
LIVE = {"en": "Live:", "ar": "مباشر:"}
AWAY = {"en": "every 20 seconds", "ar": "كل 20 ثانية"}
SOON = 10_000  # milliseconds; that it takes less than a second is shown in tests/desk/live


class Sockets:
    """The process of live updates, which a test may stop and start again."""

    def __init__(self, site: str) -> None:
        self.site = site
        self.port = 0
        self.running = ExitStack()
        self.start()

    def start(self) -> None:
        self.port = self.running.enter_context(listening(site=self.site, port=self.port))

    def stop(self) -> None:
        self.running.close()


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def sockets(live_server: LiveServer, settings: Any) -> Iterator[Sockets]:
    sockets = Sockets(live_server.url)
    policy = settings.ADMIN_CONTENT_SECURITY_POLICY
    settings.SOCKET_ADDRESS = f":{sockets.port}/ws/live/"
    settings.ADMIN_CONTENT_SECURITY_POLICY = {**policy, "connect-src": ["'self'", f"ws://localhost:{sockets.port}"]}
    yield sockets
    sockets.stop()


@pytest.fixture
def visit(site_root: None, monkeypatch: pytest.MonkeyPatch) -> Appointment:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    patient = PatientFactory(name_en=LAYLA["en"], name_ar=LAYLA["ar"])
    return AppointmentFactory(patient=patient, starts_at=NOW + timedelta(minutes=30))


@pytest.fixture
def rania(
    chromium: Browser, visit: Appointment, sockets: Sockets, live_server: LiveServer, language: str
) -> Iterator[Colleague]:
    """A receptionist before the list of today, which is live."""
    user = person("rania", role=Role.RECEPTIONIST)
    UserProfile.objects.create(user=user, preferred_language=language)
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale=language)
    colleague = Colleague(context, site=live_server.url, language=language)
    colleague.is_signed_in(user)
    colleague.opens("appointments/")
    is_live(colleague.page, language)
    yield colleague
    context.close()


def is_live(page: Page, language: str) -> None:
    expect(page.locator("html[data-live=on]")).to_have_count(1, timeout=15_000)
    expect(page.locator(".iyada-live__on")).to_contain_text(LIVE[language])
    expect(page.locator(".iyada-live__off")).to_be_hidden()


def test_what_another_desk_does_is_seen_without_a_touch_and_nothing_typed_is_lost(
    rania: Colleague, visit: Appointment, language: str
) -> None:
    # Given somebody who is just typing into the list's search
    search = rania.page.locator("[name=q]")
    search.click()
    rania.page.keyboard.type("Lay")
    rania.page.evaluate("window.here = true")

    # When another desk notes that Layla has arrived
    visit = change_status(appointment=visit, status="arrived", by=None)

    # Then her line says so at once, and what was typed is there, with the cursor in it
    line = rania.visit_of(LAYLA[language])
    expect(line.locator(".iyada-status--arrived")).to_have_count(1, timeout=SOON)
    expect(search).to_be_focused()
    expect(search).to_have_value("Lay")

    # And whoever stands on a button of the line by keyboard stays there
    name = line.locator("[data-iyada-row]")
    name.focus()
    cancel_appointment(appointment=visit, by=None)
    expect(line.locator(".iyada-status--cancelled")).to_have_count(1, timeout=SOON)
    expect(name).to_be_focused()
    assert rania.page.evaluate("window.here"), "the page was loaded anew"
    rania.sees_a_sound_page()


def test_a_page_says_that_it_is_not_live_and_finds_its_way_back(
    rania: Colleague, sockets: Sockets, visit: Appointment, language: str
) -> None:
    # Given live updates that end
    sockets.stop()
    expect(rania.page.locator(".iyada-live__off")).to_contain_text(AWAY[language])

    # When something changes meanwhile, and they come back
    change_status(appointment=visit, status="arrived", by=None)
    sockets.start()

    # Then the page is live again by itself, and shows what it has missed
    is_live(rania.page, language)
    expect(rania.visit_of(LAYLA[language]).locator(".iyada-status--arrived")).to_have_count(1)
