"""Reception's main tasks, each by mouse and by keyboard alone, in English and in Arabic.

More of what is dragged on the board, and of its keys, stands in `test_board`.
"""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Browser, Locator, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from clinic.desk.forms.booking import ChosenTime
from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment
from clinic.scheduling.models.waitlist import WaitlistEntry
from clinic.scheduling.waitlist.offers import work_through
from tests.accounts.cast import person
from tests.browser.hands import HANDS, Mouse
from tests.browser.morning import NAMES, NOW, Morning, make_morning
from tests.browser.staff import Colleague
from tests.factories.scheduling import AppointmentFactory

pytestmark = pytest.mark.django_db(transaction=True)
BOOK = "appointments/book/"


class Desk(Colleague):
    """A colleague with a mouse or without one."""

    hands: Mouse

    def at(self, selector: str) -> Locator:
        return self.page.locator(f"{selector} >> visible=true").first

    def press(self, selector: str) -> None:
        self.hands.presses(self.at(selector))

    def write(self, selector: str, text: str) -> None:
        self.hands.writes(self.at(selector), text)

    def choose(self, selector: str, value: object) -> None:
        self.hands.chooses(self.at(selector), str(value))

    def go_on(self, selector: str) -> None:
        self.hands.goes_on(self.at(selector))
        self.sees_a_sound_page()


@pytest.fixture(params=["en", "ar"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def morning(site_root: None, monkeypatch: pytest.MonkeyPatch) -> Morning:
    monkeypatch.setattr(clock, "now", lambda: NOW)
    return make_morning()


@pytest.fixture(params=HANDS)
def rania(
    request: pytest.FixtureRequest, morning: Morning, chromium: Browser, live_server: LiveServer, language: str
) -> Iterator[Desk]:
    """The receptionist, signed in."""
    user = person("rania", role=Role.RECEPTIONIST)
    UserProfile.objects.create(user=user, preferred_language=language)
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale=language, reduced_motion="reduce")
    desk = Desk(context, site=live_server.url, language=language)
    desk.is_signed_in(user)
    desk.hands = HANDS[request.param](desk.page)
    yield desk
    context.close()


def test_callers_are_booked_whether_they_are_known_or_new(rania: Desk, morning: Morning, language: str) -> None:
    # Given a patient of the clinic who calls again: a few letters of her name are enough
    words = NAMES[language]
    rania.opens(BOOK)
    rania.write("[name=query]", words["layla"][:5])
    rania.go_on("[data-iyada-found] button")
    expect(rania.page.locator(".iyada-known")).to_contain_text(words["layla"])
    rania.write("[name=contact_phone]", "0791234567")
    rania.choose("[name=service]", morning.service.pk)
    rania.press(".iyada-soonest [name=time]")
    rania.go_on("[data-iyada-submit]")

    # Then the visit is hers, and no second patient came of it
    again = Appointment.objects.latest("pk")
    assert again.patient == morning.of_layla.patient

    # When somebody stands at the counter whom nobody knows
    rania.opens(BOOK)
    rania.press("[name=walk_in]")
    rania.write("[name=contact_name]", words["mariam"])
    rania.write("[name=contact_phone]", "0798887766")
    rania.choose("[name=service]", morning.service.pk)
    rania.press(".iyada-soonest [name=time]")
    rania.go_on("[data-iyada-submit]")

    # Then she is booked for today, is here already, and has a number in the queue
    walked_in = Appointment.objects.latest("pk")
    assert (walked_in.status, walked_in.token) == (AppointmentStatus.ARRIVED, 1)
    assert getattr(walked_in.patient, f"name_{language}") == words["mariam"]


def test_a_visit_runs_through_the_queue_to_its_end(rania: Desk, morning: Morning) -> None:
    layla = morning.of_layla
    missed = AppointmentFactory(
        practitioner=morning.omar,
        service=morning.service,
        location=morning.location,
        starts_at=NOW - timedelta(minutes=30),
    )
    rania.opens("appointments/queue/")

    # Given a patient who has come, and is called
    rania.go_on(f"#arrived-{layla.reference}")
    rania.go_on(f"#next-{morning.salma.pk}")
    expect(rania.page.locator(f"#again-{layla.reference}")).to_be_visible()

    # When she is with the doctor, and then done
    rania.go_on(f"#consulting-{layla.reference}")
    rania.go_on(f"#fulfilled-{layla.reference}")

    # And another one, who was to be there at half past nine, does not come
    rania.go_on(f"#noshow-{missed.reference}")

    # Then both are over
    for visit in (layla, missed):
        visit.refresh_from_db()
    assert (layla.status, missed.status) == (AppointmentStatus.FULFILLED, AppointmentStatus.NOSHOW)
    assert layla.began_at
    expect(rania.page.locator(f"#visit-{layla.reference}")).to_be_hidden()


def test_a_visit_is_moved_by_its_form_and_cancelled_and_both_are_taken_back(rania: Desk, morning: Morning) -> None:
    visit = morning.of_layla
    page = f"appointments/{visit.reference}/"

    # Given a visit that moves to the other doctor, and is to be shorter
    rania.opens(f"{page}move/")
    rania.choose("[name=practitioner]", morning.omar.pk)
    rania.write("[name=length]", "20")
    rania.go_on(".iyada-move button[type=submit]")
    visit.refresh_from_db()
    assert (visit.practitioner, visit.ends_at - visit.starts_at) == (morning.omar, timedelta(minutes=20))

    # When that was a mistake
    rania.go_on(".iyada-undo button")
    visit.refresh_from_db()
    assert visit.practitioner == morning.salma

    # And it is cancelled by mistake, too
    rania.opens(page)
    rania.press(".iyada-cancel summary")
    rania.write("[name=reason]", "Irbid")
    rania.go_on(".iyada-cancel form button[type=submit]")
    visit.refresh_from_db()
    assert visit.status == AppointmentStatus.CANCELLED
    rania.go_on(".iyada-undo button")

    # Then it stands as it stood
    visit.refresh_from_db()
    assert (visit.status, visit.practitioner, visit.starts_at) == ("booked", morning.salma, NOW + timedelta(hours=1))


def test_a_visit_is_taken_to_another_doctor_on_the_board(rania: Desk, morning: Morning) -> None:
    visit = morning.of_layla
    rania.opens("appointments/board/")
    other = rania.page.locator(".iyada-lane").nth(1)
    expect(other.locator("a.iyada-block")).to_have_count(1)

    # When Layla's visit is taken to the column of Dr. Omar
    rania.hands.takes(rania.at(f"a.iyada-block[href*='{visit.reference}']"), to=other, practitioner=morning.omar.pk)

    # Then it stands there at its time
    expect(other.locator("a.iyada-block")).to_have_count(2)
    rania.sees_a_sound_page()
    visit.refresh_from_db()
    assert (visit.practitioner, visit.starts_at) == (morning.omar, NOW + timedelta(hours=1))


def test_leave_shows_who_is_affected_and_moves_them(rania: Desk, morning: Morning, language: str) -> None:
    # Given that Dr. Salma is away today: the page says who would have come, and saves nothing
    rania.opens("leave/new/")
    rania.choose("[name=what]", f"resource.{morning.salma.pk}")
    rania.hands.reaches(rania.at("[name=first_day]"))
    rania.at("[name=first_day]").fill(NOW.date().isoformat())
    rania.go_on("button[value=look]:not(.w-sr-only)")
    affected = rania.page.locator(".iyada-leave__row")
    expect(affected).to_have_count(1)
    expect(affected).to_contain_text(NAMES[language]["layla"])
    morning.of_layla.refresh_from_db()
    assert morning.of_layla.practitioner == morning.salma

    # When her colleague is chosen rather than another day of hers, and it is confirmed
    at_once = ChosenTime(morning.omar.pk, morning.location.pk, morning.of_layla.starts_at)
    rania.choose(f"[name=decision-{morning.of_layla.reference}]", "moved")
    rania.choose(f"[name=time-{morning.of_layla.reference}]", at_once)
    rania.go_on("button[value=save]")

    # Then she comes at the same time, to the colleague
    morning.of_layla.refresh_from_db()
    assert morning.of_layla.practitioner == morning.omar
    assert morning.of_layla.starts_at == NOW + timedelta(hours=1)
    expect(rania.page.locator(".iyada-status--fulfilled").first).to_be_visible()


def test_somebody_waits_is_offered_a_time_and_accepts_it(rania: Desk, morning: Morning, language: str) -> None:
    # Given a caller who wants a time that is not there, and has no e-mail
    rania.opens("appointments/waitlist/new/")
    rania.write("[name=contact_name]", NAMES[language]["mariam"])
    rania.write("[name=contact_phone]", "0798887766")
    rania.choose("[name=service]", morning.service.pk)
    rania.go_on(".iyada-book__submit button")
    assert WaitlistEntry.objects.get().contact_name == NAMES[language]["mariam"]

    # When one is free, and the clock has looked
    assert work_through(morning.service.pk) == 1
    rania.opens("appointments/waitlist/")
    expect(rania.page.locator(".iyada-wish__call")).to_be_visible()
    rania.go_on("button[value=accept]")

    # Then it is a visit, and nobody waits
    booked = Appointment.objects.latest("pk")
    assert (booked.contact_name, booked.status) == (NAMES[language]["mariam"], AppointmentStatus.BOOKED)
    assert WaitlistEntry.objects.get().status == "booked"
