"""The board in a browser, in English and in Arabic: by mouse, by keyboard, on a phone, and while others change it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from clinic.directory.models import Location, Practitioner
from clinic.lib import clock
from clinic.scheduling.models import Appointment
from tests.accounts.cast import person
from tests.browser.hands import middle
from tests.browser.staff import Colleague
from tests.factories.directory import LocationFactory, ServiceFactory, WorkingPractitionerFactory
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import AppointmentFactory, HoldFactory, ReservationFactory

pytestmark = pytest.mark.django_db(transaction=True)
NOW = datetime(2026, 11, 23, 7, 0, tzinfo=UTC)  # ten o'clock of a Monday in Amman
BOARD = "appointments/board/"
HOUR = 114  # pixels
WORDS = {
    "en": {"layla": "Layla Haddad", "held": "Being booked", "status": "Booked"},
    "ar": {"layla": "ليلى حداد", "held": "قيد الحجز", "status": "محجوز"},
}
NEW_AT = (
    'document.dispatchEvent(new CustomEvent("iyada:changed", {detail: {what: "visits", location: null, day: null}}))'
)


@dataclass(frozen=True)
class Morning:
    location: Location
    salma: Practitioner
    omar: Practitioner
    visit: Appointment


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def morning(site_root: None, monkeypatch: pytest.MonkeyPatch) -> Morning:
    """Two doctors, and Layla's visit to the first at eleven."""
    monkeypatch.setattr(clock, "now", lambda: NOW)
    location = LocationFactory(name_en="Amman branch", name_ar="فرع عمّان")
    service = ServiceFactory(name_en="Consultation", name_ar="استشارة")
    salma, omar = (
        WorkingPractitionerFactory(name_en=name_en, name_ar=name_ar, services=[service], hours__location=location)
        for name_en, name_ar in (("Dr. Salma Nasser", "د. سلمى ناصر"), ("Dr. Omar Khalil", "د. عمر خليل"))
    )
    visit = AppointmentFactory(
        patient=PatientFactory(name_en=WORDS["en"]["layla"], name_ar=WORDS["ar"]["layla"]),
        practitioner=salma,
        service=service,
        location=location,
        starts_at=NOW + timedelta(hours=1),
    )
    return Morning(location, salma, omar, visit)


@pytest.fixture
def counter(chromium: Browser, language: str) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale=language)
    yield context
    context.close()


@pytest.fixture
def rania(morning: Morning, counter: BrowserContext, live_server: LiveServer, language: str) -> Colleague:
    """The receptionist before the board of today."""
    user = person("rania", role=Role.RECEPTIONIST)
    UserProfile.objects.create(user=user, preferred_language=language)
    colleague = Colleague(counter, site=live_server.url, language=language)
    colleague.is_signed_in(user)
    colleague.opens(BOARD)
    return colleague


def block(rania: Colleague) -> Locator:
    return rania.page.locator("a.iyada-block[href]")


def drag(rania: Colleague, place: Locator, *, to: tuple[float, float], let_go: bool = True) -> None:
    mouse = rania.page.mouse
    mouse.move(*middle(place))
    mouse.down()
    mouse.move(*to, steps=8)
    if let_go:
        mouse.up()


def local_start(visit: Appointment) -> str:
    visit.refresh_from_db()
    return f"{visit.starts_at + timedelta(hours=3):%H:%M}"


def test_a_drag_moves_a_visit_to_another_time_and_doctor(rania: Colleague, morning: Morning, language: str) -> None:
    # Given Layla's visit, whose status is said by a word and an icon
    expect(block(rania)).to_have_count(1)
    expect(block(rania)).to_contain_text(WORDS[language]["layla"])
    expect(block(rania)).to_contain_text(WORDS[language]["status"])
    expect(block(rania).locator("svg.icon-time")).to_be_visible()

    # When it is dragged to Dr. Omar, an hour later
    other = rania.page.locator(".iyada-lane").nth(1)
    x, _y = middle(other)
    drag(rania, block(rania), to=(x, middle(block(rania))[1] + HOUR))

    # Then it stands there, in the database too, and the page says so
    expect(other.locator("a.iyada-block .iyada-block__time")).to_have_text("12:00–12:30")
    expect(rania.page.locator("[data-said]")).to_contain_text(WORDS[language]["layla"])
    assert local_start(morning.visit) == "12:00"
    assert morning.visit.practitioner_id == morning.omar.pk
    rania.sees_a_sound_page()


def test_a_drag_of_the_lower_edge_makes_a_visit_longer(rania: Colleague, morning: Morning) -> None:
    grip = block(rania).locator(".iyada-block__grip")
    x, y = middle(grip)
    drag(rania, grip, to=(x, y + HOUR / 4))
    expect(block(rania).locator(".iyada-block__time")).to_have_text("11:00–11:45")
    morning.visit.refresh_from_db()
    assert morning.visit.ends_at - morning.visit.starts_at == timedelta(minutes=45)


def test_what_cannot_be_had_is_told_and_the_visit_goes_back(rania: Colleague, morning: Morning) -> None:
    # Given that Dr. Omar has gone on leave since the board was drawn
    other = rania.page.locator(".iyada-lane").nth(1)
    expect(block(rania)).to_have_count(1)
    at = morning.visit.starts_at
    ReservationFactory(resource=morning.omar, starts_at=at, ends_at=at + timedelta(hours=1))

    # When the visit is dragged there, then the page says why not, and leads to the form with that time in it
    drag(rania, block(rania), to=(middle(other)[0], middle(block(rania))[1]))
    expect(rania.page.locator("[data-fault]")).to_be_visible()
    expect(rania.page.locator(".iyada-lane").nth(0).locator("a.iyada-block")).to_have_count(1)
    rania.submits("[data-fault] a")
    expect(rania.page.locator("[name=practitioner]")).to_have_value(str(morning.omar.pk))
    assert local_start(morning.visit) == "11:00"


def test_what_others_do_appears_and_a_drag_is_not_lost(rania: Colleague, morning: Morning, language: str) -> None:
    # Given a visit in the hand of the receptionist
    expect(block(rania)).to_have_count(1)
    x, y = middle(block(rania))
    drag(rania, block(rania), to=(x, y + HOUR), let_go=False)
    expect(rania.page.locator(".iyada-block--carried .iyada-block__time")).to_have_text("12:00–12:30")

    # When somebody starts to book the doctor's afternoon, and the page hears of it
    hold = HoldFactory(practitioner=morning.salma, location=morning.location, expires_at=NOW + timedelta(minutes=9))
    begins = NOW + timedelta(hours=4)
    ReservationFactory(
        resource=morning.salma, reason="hold", hold=hold, starts_at=begins, ends_at=begins + timedelta(minutes=30)
    )
    rania.page.evaluate(NEW_AT)
    rania.page.wait_for_timeout(300)

    # Then the visit is still in her hand; let go it moves, and the hold is there as well
    expect(rania.page.locator(".iyada-block--carried .iyada-block__time")).to_have_text("12:00–12:30")
    rania.page.mouse.up()
    expect(rania.page.locator(".iyada-block--hold")).to_contain_text(WORDS[language]["held"])
    expect(block(rania).locator(".iyada-block__time")).to_have_text("12:00–12:30")
    assert local_start(morning.visit) == "12:00"


def test_escape_leaves_a_visit_where_it_was(rania: Colleague, morning: Morning) -> None:
    expect(block(rania)).to_have_count(1)
    x, y = middle(block(rania))
    drag(rania, block(rania), to=(x, y + HOUR), let_go=False)
    rania.page.keyboard.press("Escape")
    rania.page.mouse.up()
    expect(rania.page.locator(".iyada-block--carried")).to_have_count(0)
    expect(block(rania).locator(".iyada-block__time")).to_have_text("11:00–11:30")
    assert rania.page.url.endswith(BOARD)
    assert local_start(morning.visit) == "11:00"


def test_each_drag_has_its_way_by_keyboard_alone(rania: Colleague, morning: Morning, language: str) -> None:
    # Given the board and a second visit beside Layla's
    AppointmentFactory(
        patient=PatientFactory(name_en="Yousef Mansour", name_ar="يوسف منصور"),
        practitioner=morning.omar,
        service=morning.visit.service,
        location=morning.location,
        starts_at=NOW,
    )
    rania.page.evaluate(NEW_AT)
    expect(block(rania)).to_have_count(2)

    # When she goes along the row with the arrow that points there, and back
    rania.tabs_to("a.iyada-block")
    forth, back = ("ArrowLeft", "ArrowRight") if language == "ar" else ("ArrowRight", "ArrowLeft")
    focused = rania.page.locator("a.iyada-block:focus")
    rania.page.keyboard.press(forth)
    expect(focused).to_contain_text("10:00")
    rania.page.keyboard.press(back)
    expect(focused).to_contain_text(WORDS[language]["layla"])

    # And presses M, and writes another length and time
    with rania.page.expect_navigation():
        rania.page.keyboard.press("m")
    rania.sees_a_sound_page()
    rania.tabs_to("[name=length]")
    rania.page.keyboard.press("Control+a")
    rania.page.keyboard.type("60")
    rania.page.locator("[name=time]").fill("13:00")
    with rania.page.expect_navigation():
        rania.page.keyboard.press("Enter")
    rania.sees_a_sound_page()

    # Then the board is back, and the visit stands there
    expect(block(rania).filter(has_text=WORDS[language]["layla"])).to_contain_text("13:00–14:00")
    assert local_start(morning.visit) == "13:00"


def test_a_click_into_a_free_time_leads_to_booking_it(rania: Colleague, morning: Morning) -> None:
    expect(block(rania)).to_have_count(1)
    lane = rania.page.locator(".iyada-lane__body").nth(1)
    with rania.page.expect_navigation():
        lane.click(position={"x": 20, "y": HOUR * 3 + 30})
    rania.sees_a_sound_page()
    expect(rania.page.locator("[name=practitioner]")).to_have_value(str(morning.omar.pk))
    moment = int((NOW + timedelta(hours=2, minutes=15)).timestamp())
    assert f"time={morning.omar.pk}.{morning.location.pk}.{moment}" in rania.page.url


def test_a_phone_shows_the_board_as_a_list(rania: Colleague, morning: Morning, language: str) -> None:
    expect(block(rania)).to_have_count(1)
    rania.page.set_viewport_size({"width": 360, "height": 740})
    expect(rania.page.locator(".iyada-axis")).to_be_hidden()
    expect(rania.page.locator(".iyada-lane:visible")).to_have_count(1)
    rania.sees_a_sound_page()
    rania.submits("a.iyada-block")
    expect(rania.page.locator(".iyada-visit__head")).to_contain_text(WORDS[language]["layla"])
