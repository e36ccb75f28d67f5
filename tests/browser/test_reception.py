"""A morning at the reception, in English and in Arabic: who comes, who calls, who arrives, who cancels."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus, BookingSource
from clinic.scheduling.models import Appointment
from tests.accounts.cast import person
from tests.browser.morning import NAMES, NOW, Morning, make_morning
from tests.browser.staff import Colleague
from tests.factories.scheduling import AppointmentFactory

pytestmark = pytest.mark.django_db(transaction=True)

WORDS = {
    "en": {**NAMES["en"], "arrived": "Arrived", "completed": "Completed"},
    "ar": {**NAMES["ar"], "arrived": "حضر", "completed": "مكتمل"},
}
CALLER = {language: names["mariam"] for language, names in NAMES.items()}
REASON = {"en": "Is in Irbid this week", "ar": "في إربد هذا الأسبوع"}


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def counter(chromium: Browser, language: str) -> Iterator[BrowserContext]:
    """The computer of the reception."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale=language)
    yield context
    context.close()


@pytest.fixture
def morning(site_root: None, monkeypatch: pytest.MonkeyPatch) -> Morning:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return make_morning()


@pytest.fixture
def receptionist(morning: Morning, language: str) -> User:
    user = person("rania", role=Role.RECEPTIONIST)
    UserProfile.objects.create(user=user, preferred_language=language)
    return user


@pytest.fixture
def somebody(receptionist: User, counter: BrowserContext, live_server: LiveServer, language: str) -> Colleague:
    """Who has just sat down at the screen."""
    return Colleague(counter, site=live_server.url, language=language)


@pytest.fixture
def rania(somebody: Colleague, receptionist: User) -> Colleague:
    """The receptionist before her screen, signed in."""
    somebody.is_signed_in(receptionist)
    return somebody


def test_reception_signs_in_and_sees_who_comes_today_and_to_whom(
    somebody: Colleague, morning: Morning, language: str
) -> None:
    # Given a receptionist with her password
    rania = somebody
    rania.signs_in("rania")

    # And a patient who has arrived already, and one who is to come: the first page says so
    Appointment.objects.filter(pk=morning.of_layla.pk).update(status=AppointmentStatus.ARRIVED)
    words = WORDS[language]
    rania.opens("")
    expect(rania.visit_of(words["yousef"])).to_contain_text("11:30")
    rania.submits(".iyada-panel__head a[href='/admin/appointments/']")
    expect(rania.page.locator(".iyada-row")).to_have_count(2)

    # When she looks for those who wait, then only they stay
    rania.submits(".iyada-tab--arrived")
    expect(rania.page.locator(".iyada-row")).to_have_count(1)
    expect(rania.visit_of(words["layla"])).to_contain_text("11:00")

    # And when she chooses a practitioner, the list follows without a further press, and keeps the status
    with rania.page.expect_navigation():
        rania.page.locator("select[name=practitioner]").select_option(str(morning.omar.pk))
    rania.sees_a_sound_page()
    expect(rania.page.locator(".iyada-row")).to_have_count(0)
    rania.submits(".iyada-tab--booked")
    expect(rania.page.locator(".iyada-row")).to_have_count(1)
    expect(rania.visit_of(words["yousef"])).to_be_visible()


def test_reception_books_for_a_caller_without_touching_the_mouse(
    rania: Colleague, morning: Morning, language: str
) -> None:
    # Given the list of today, from which one key leads to booking
    rania.opens("appointments/")
    with rania.page.expect_navigation():
        rania.page.keyboard.press("n")
    expect(rania.page.locator("[name=query]")).to_be_focused()

    # When nobody is found under the caller's phone, and she writes down who it is
    rania.page.keyboard.type("0798887766")
    expect(rania.page.locator("[data-iyada-found] li")).to_have_count(1)
    rania.types("[name=contact_name]", CALLER[language])
    rania.types("[name=contact_phone]", "079 888 7766")

    # And picks service and the first free time, and books with Ctrl and Enter
    rania.tabs_to("[name=service]")
    rania.page.keyboard.press("ArrowDown")
    expect(rania.page.locator(".iyada-columns .iyada-column")).to_have_count(2)
    rania.tabs_to("[name=time]")
    rania.page.keyboard.press("Space")
    with rania.page.expect_navigation():
        rania.page.keyboard.press("Control+Enter")
    rania.sees_a_sound_page()

    # Then the visit stands before her, and in its history
    visit = Appointment.objects.exclude(pk__in=[morning.of_layla.pk, morning.of_yousef.pk]).get()
    expect(rania.page.locator(".iyada-facts")).to_contain_text(visit.spoken_reference)
    rania.sees_in_history("Rania Staff")
    assert (visit.source, visit.status) == (BookingSource.DESK, AppointmentStatus.BOOKED)
    assert (visit.contact_name, visit.contact_phone) == (CALLER[language], "+962798887766")
    assert getattr(visit.patient, f"name_{language}") == CALLER[language]


def test_a_visit_runs_from_arrival_to_its_end(rania: Colleague, morning: Morning, language: str) -> None:
    # Given today's list, when the patient comes to the counter
    words = WORDS[language]
    rania.opens("appointments/")
    with rania.page.expect_navigation():
        rania.visit_of(words["layla"]).locator("button[value=arrived]").click()

    # Then the list is back, with the new status and the next step
    expect(rania.visit_of(words["layla"]).locator(".iyada-status--arrived")).to_have_text(words["arrived"])
    with rania.page.expect_navigation():
        rania.visit_of(words["layla"]).locator(".iyada-row__name").click()
    rania.sees_in_history(words["arrived"])

    # And when the visit is over, it is completed on its own page
    rania.submits("button[value=fulfilled]")
    expect(rania.page.locator(".iyada-visit__head .iyada-status")).to_have_text(words["completed"])
    rania.sees_in_history(words["completed"])
    morning.of_layla.refresh_from_db()
    assert morning.of_layla.status == AppointmentStatus.FULFILLED


def test_reception_cancels_and_says_why(rania: Colleague, morning: Morning, language: str) -> None:
    # Given the page of a visit, whose cancelling is folded away
    rania.opens(f"appointments/{morning.of_yousef.reference}/")
    expect(rania.page.locator("[name=reason]")).to_be_hidden()

    # When it is cancelled for a reason
    rania.presses(".iyada-cancel summary")
    rania.page.locator("[name=reason]").fill(REASON[language])
    rania.submits(".iyada-cancel form button[type=submit]")

    # Then the reason stands on the page, the time is free, and no further step is offered
    expect(rania.page.locator(".iyada-facts").get_by_text(REASON[language])).to_be_visible()
    expect(rania.page.locator(".iyada-steps, .iyada-cancel")).to_have_count(0)
    morning.of_yousef.refresh_from_db()
    assert (morning.of_yousef.status, morning.of_yousef.cancel_reason) == ("cancelled", REASON[language])
    assert not morning.of_yousef.reservations.exists()


def test_reception_books_a_mother_and_her_child_together_and_takes_it_back(
    rania: Colleague, morning: Morning, language: str
) -> None:
    # Given a name that is registered already: the page says so while it is being typed
    rania.opens("appointments/book/")
    rania.page.locator("[name=contact_name]").press_sequentially(WORDS[language]["layla"])
    expect(rania.page.locator("[data-iyada-similar] button")).to_have_count(1)
    rania.submits("[data-iyada-similar] button")
    expect(rania.page.locator(".iyada-known")).to_contain_text(WORDS[language]["layla"])

    # When her visit is put aside, and that of her child is the next one
    rania.page.locator("[name=contact_phone]").fill("079 888 7766")
    rania.page.locator("[name=service]").select_option(index=1)
    expect(rania.page.locator(".iyada-soonest label")).to_have_count(6)
    rania.page.locator(".iyada-soonest label").first.click()
    rania.submits("button[value=add]")
    expect(rania.page.locator(".iyada-basket li")).to_have_count(1)
    rania.submits("button[value=forget]")
    rania.page.locator("[name=contact_name]").fill(CALLER[language])
    rania.page.locator("[name=contact_phone]").fill("079 888 7767")
    rania.page.locator(".iyada-soonest label").nth(2).click()
    with rania.page.expect_navigation():
        rania.page.keyboard.press("Control+Enter")
    rania.sees_a_sound_page()

    # Then both are booked, and one key takes both back
    mine = Appointment.objects.exclude(pk__in=[morning.of_layla.pk, morning.of_yousef.pk])
    assert set(mine.values_list("status", flat=True)) == {"booked"}
    assert mine.count() == 2
    expect(rania.page.locator(".iyada-undo button")).to_be_visible()
    with rania.page.expect_navigation():
        rania.page.keyboard.press("u")
    rania.sees_a_sound_page()
    assert set(mine.values_list("status", flat=True)) == {"cancelled"}


def test_reception_looks_at_the_dates_of_a_course_before_it_books(
    rania: Colleague, morning: Morning, language: str
) -> None:
    # Given somebody who comes three times, a week apart, and whose second date is taken
    starts_at = NOW + timedelta(minutes=120, weeks=1)
    AppointmentFactory(
        practitioner=morning.salma,
        service=morning.of_yousef.service,
        location=morning.of_yousef.location,
        starts_at=starts_at,
    )
    rania.opens(f"appointments/book/?service={morning.of_yousef.service_id}&practitioner={morning.salma.pk}")
    rania.page.locator("[name=contact_name]").fill(CALLER[language])
    rania.page.locator("[name=contact_phone]").fill("079 888 7766")
    rania.page.locator(".iyada-columns label", has_text="12:00").first.click()
    rania.presses(".iyada-extra summary")
    rania.page.locator("[name=unit]").select_option("WEEKLY")
    rania.page.locator("[name=times]").fill("3")

    # When the dates are shown, then the second is out unless another time is chosen for it
    rania.submits("button[value=preview]")
    expect(rania.page.locator(".iyada-series li")).to_have_count(3)
    expect(rania.page.locator(".iyada-series__fault")).to_have_count(1)
    rania.page.locator(".iyada-series__fault select").select_option(index=0)
    with rania.page.expect_navigation():
        rania.page.keyboard.press("Control+Enter")
    rania.sees_a_sound_page()
    assert Appointment.objects.filter(contact_phone="+962798887766").count() == 3
