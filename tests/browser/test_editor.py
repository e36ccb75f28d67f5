"""A publisher changes the first page of the site, and sees nothing of the clinic's patients."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from clinic.accounts.enums import Role
from clinic.accounts.roles import sync_roles
from home.models import HomePage
from tests.accounts.cast import person
from tests.browser.staff import Colleague
from tests.browser.visitors import Visitor
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import AppointmentFactory
from tests.home.website import open_website

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def home(transactional_db: None) -> HomePage:
    """The published English home page, with a hero."""
    page = open_website().homes["en"]
    sync_roles()  # what a role may do with pages hangs on their root
    page.hero = [("hero", {"title": "Good care starts with an open door", "text": ""})]
    page.save_revision().publish()
    return page


@pytest.fixture
def tamara(home: HomePage, desk: BrowserContext, live_server: LiveServer) -> Colleague:
    """The publisher, signed in."""
    person("tamara", role=Role.PUBLISHER)
    colleague = Colleague(desk, site=live_server.url, language="en")
    colleague.signs_in("tamara")
    return colleague


def test_an_editor_meets_no_appointment_and_no_patient(tamara: Colleague) -> None:
    # Given a patient with a visit
    visit = AppointmentFactory(patient=PatientFactory(name_en="Layla Haddad"))

    # When the editor looks at the first page and at the menu, then neither speaks of them
    tamara.opens("")
    expect(tamara.page.locator("body")).to_contain_text("Website")
    for words in ("Appointments", "Patients", "Layla Haddad", "Outbox"):
        expect(tamara.page.locator("body")).not_to_contain_text(words)

    # And their addresses lead back to the first page, with nothing of the patient on it
    for path in (
        "appointments/",
        f"appointments/{visit.reference}/",
        "appointments/book/",
        "patients/",
        f"patients/edit/{visit.patient_id}/",
    ):
        status = tamara.opens(path)
        assert tamara.page.url == f"{tamara.site}/admin/" or status in {403, 404}, path
        expect(tamara.page.locator("body")).not_to_contain_text("Layla Haddad")


def test_what_a_publisher_publishes_is_what_visitors_see(
    tamara: Colleague, home: HomePage, phone: BrowserContext, live_server: LiveServer
) -> None:
    # Given a publisher before the home page of the English site
    visitor = Visitor(phone, site=live_server.url, language="en")
    tamara.opens("pages/")
    tamara.submits(f"a[href='/admin/pages/{home.pk}/edit/']")

    # When she writes another title and another first sentence, and keeps them as a draft
    tamara.page.locator("[name=title]").fill("Iyada, the clinic next door")
    tamara.page.locator("[name=hero-0-value-title]").fill("We have moved to Rainbow Street")
    tamara.submits(".action-save")

    # Then visitors still see the old ones
    visitor.opens("")
    visitor.sees("Good care starts with an open door")

    # And when she publishes them, visitors see hers
    tamara.presses(".footer .w-dropdown__toggle")
    tamara.submits("[name=action-publish]")
    visitor.opens("")
    visitor.sees("We have moved to Rainbow Street")
    expect(visitor.page).to_have_title(re.compile("^Iyada, the clinic next door"))
