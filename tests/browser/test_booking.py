"""Booking as people do it: on a phone in Arabic, by keyboard alone, without scripts, and cancelling by the mail."""

import pytest
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from clinic.directory.models import Location, Practitioner, Service
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.links import confirm_url
from tests.browser.visitors import Visitor, link_to, the_only_appointment
from tests.factories.directory import LocationFactory, ServiceFactory, SpecialtyFactory, WorkingPractitionerFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clinic")]


@pytest.fixture
def clinic(site_root: None) -> tuple[Service, Practitioner, Location]:
    """One doctor who can be booked every day."""
    specialty = SpecialtyFactory(name_en="Dermatology", name_ar="الأمراض الجلدية", slug="dermatology")
    services = [
        ServiceFactory(
            slug=slug, specialty=specialty, name_en=name_en, name_ar=name_ar, notice=24 * 60, cancel_cutoff=60
        )
        for slug, name_en, name_ar in (
            ("skin-check", "Skin check", "فحص الجلد"),
            ("mole-removal", "Mole removal", "إزالة الشامات"),
        )
    ]
    location = LocationFactory(slug="amman", name_en="Amman branch", name_ar="فرع عمّان")
    doctor = WorkingPractitionerFactory(
        slug="salma-odeh",
        name_en="Dr. Salma Odeh",
        name_ar="د. سلمى عودة",
        services=services,
        specialties=[specialty],
        hours__location=location,
    )
    return services[0], doctor, location


def test_a_visitor_books_in_arabic_on_a_phone(phone: BrowserContext, live_server: LiveServer) -> None:
    # Given a visitor who reads Arabic
    visitor = Visitor(phone, site=live_server.url, language="ar")
    visitor.opens("doctors/?specialty=dermatology")
    visitor.sees("د. سلمى عودة")

    # When she books the first free time with the digits of her keyboard
    visitor.presses(".doctor .button")
    visitor.presses(".offer__link[href*='skin-check']")
    visitor.presses("button.slot")
    visitor.sees("فحص الجلد")
    visitor.types(name="ليلى حداد", phone="٠٧٩ ١٢٣ ٤٥٦٧", email="layla@patients.example")
    visitor.presses("form.form button[type=submit]")

    # Then the visit stands before her, and in the clinic's book
    appointment = the_only_appointment()
    visitor.sees_the_reference_of(appointment)
    assert (appointment.contact_phone, appointment.language) == ("+962791234567", "ar")
    assert appointment.patient.name_ar == "ليلى حداد"


def test_a_visitor_books_in_english_by_keyboard_alone(desk: BrowserContext, live_server: LiveServer) -> None:
    # Given a visitor without a mouse
    visitor = Visitor(desk, site=live_server.url, language="en")
    visitor.opens("book/")

    # When she chooses service and time by the tabulator, and forgets her name at first
    visitor.tabs_to(".offer__link[href*='skin-check']")
    visitor.presses_enter()
    visitor.tabs_to("button.slot")
    visitor.presses_enter()
    visitor.tabs_to("[name=phone]")
    visitor.page.keyboard.type("079 123 4567")
    visitor.tabs_to("[name=email]")
    visitor.page.keyboard.type("layla@patients.example")
    visitor.presses_enter()

    # Then the summary of faults has the focus, and leads to the field
    expect(visitor.page.locator(".error-summary")).to_be_focused()
    visitor.tabs_to(".error-summary a[href='#id_name']", at_most=3)
    visitor.page.keyboard.press("Enter")
    expect(visitor.page.locator("[name=name]")).to_be_focused()
    expect(visitor.page.locator("[name=phone]")).to_have_value("079 123 4567")

    # And with the name the visit is booked
    visitor.page.keyboard.type("Layla Haddad")
    visitor.presses_enter()
    visitor.sees_the_reference_of(the_only_appointment())


def test_a_visitor_books_without_scripts(desk_without_scripts: BrowserContext, live_server: LiveServer) -> None:
    # Given a browser that runs no scripts
    visitor = Visitor(desk_without_scripts, site=live_server.url, language="en")
    visitor.opens("book/skin-check/")

    # When the visitor narrows the times to a doctor and picks one of the next week
    visitor.page.locator("#doctor").select_option("salma-odeh")
    visitor.presses(".filter button")
    assert "doctor=salma-odeh" in visitor.page.url
    visitor.presses("a[rel=next]")
    visitor.presses("button.slot")
    visitor.sees("We keep this time for you until")
    visitor.types(name="Layla Haddad", phone="0791234567", email="layla@patients.example", note="By wheelchair")
    visitor.presses("form.form button[type=submit]")

    # Then the visit is booked
    appointment = the_only_appointment()
    visitor.sees_the_reference_of(appointment)
    assert appointment.note == "By wheelchair"


def test_a_time_taken_meanwhile_costs_one_more_press(
    desk: BrowserContext, phone: BrowserContext, live_server: LiveServer
) -> None:
    # Given two visitors before the same free time, neither of whom keeps it
    slow = Visitor(desk, site=live_server.url, language="en")
    slow.opens("book/skin-check/")
    value = slow.page.locator("button.slot").first.get_attribute("value") or ""
    practitioner, location, start = value.split("~")
    details = f"book/skin-check/details/?practitioner={practitioner}&location={location}&start={start}"
    quick = Visitor(phone, site=live_server.url, language="ar")
    for visitor in (slow, quick):
        visitor.opens(details)
    slow.types(name="Layla Haddad", phone="0791234567", email="layla@patients.example")
    quick.types(name="عمر", phone="0781234567", email="omar@patients.example")

    # When the other one is quicker
    quick.presses("form.form button[type=submit]")
    taken = the_only_appointment()
    slow.presses("form.form button[type=submit]")

    # Then the slower one takes the nearest free time with one press, without typing again
    slow.presses("button.nearest__time")
    slow.sees("Your visit is booked")
    appointment = type(taken).objects.exclude(pk=taken.pk).get()
    assert appointment.contact_name == "Layla Haddad"
    assert appointment.starts_at != taken.starts_at


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_visitor_cancels_by_the_link_in_the_mail(
    phone: BrowserContext, live_server: LiveServer, language: str
) -> None:
    # Given a visitor who has booked
    visitor = Visitor(phone, site=live_server.url, language=language)
    visitor.opens("book/skin-check/")
    visitor.presses("button.slot")
    visitor.types(name="Layla Haddad", phone="0791234567", email="layla@patients.example")
    visitor.presses("form.form button[type=submit]")

    # When she follows the link to cancel
    visitor.page.goto(live_server.url + link_to("cancel"))
    visitor.sees_a_page_in_their_language()
    assert the_only_appointment().status == AppointmentStatus.BOOKED
    visitor.types(reason="I feel better")
    visitor.presses("button.button--danger")

    # Then the visit is cancelled, and she is offered to book again
    appointment = the_only_appointment()
    assert (appointment.status, appointment.cancel_reason) == (AppointmentStatus.CANCELLED, "I feel better")
    expect(visitor.page.locator("a[href$='/book/skin-check/']")).to_be_visible()


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_visitor_moves_the_visit_by_the_link_in_the_mail_without_scripts(
    desk_without_scripts: BrowserContext, live_server: LiveServer, language: str
) -> None:
    # Given a visitor who has booked
    visitor = Visitor(desk_without_scripts, site=live_server.url, language=language)
    visitor.opens("book/skin-check/")
    visitor.presses("button.slot")
    visitor.types(name="Layla Haddad", phone="0791234567", email="layla@patients.example")
    visitor.presses("form.form button[type=submit]")
    before = the_only_appointment()

    # When she follows the link to move and chooses a time of the next week
    visitor.page.goto(live_server.url + link_to("move"))
    visitor.sees_a_page_in_their_language()
    visitor.presses("a[rel=next]")
    visitor.presses("button.slot")
    assert the_only_appointment().starts_at == before.starts_at
    visitor.presses("form.form button[type=submit]")

    # Then the visit stands there, under its old reference, and the mail with the new time brings the link again
    after = the_only_appointment()
    visitor.sees_the_reference_of(before)
    assert after.starts_at > before.starts_at
    assert link_to("move")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_visitor_promises_to_come_with_one_press(
    phone: BrowserContext, live_server: LiveServer, language: str
) -> None:
    # Given a visitor who has booked and is reminded
    visitor = Visitor(phone, site=live_server.url, language=language)
    visitor.opens("book/skin-check/")
    visitor.presses("button.slot")
    visitor.types(name="Layla Haddad", phone="0791234567", email="layla@patients.example")
    visitor.presses("form.form button[type=submit]")
    address = confirm_url(the_only_appointment(), language)

    # When she follows the link and says yes
    visitor.page.goto(live_server.url + address[address.index(f"/{language}/") :])
    visitor.sees_a_page_in_their_language()
    visitor.presses("form.form button[type=submit]")

    # Then she is expected
    assert the_only_appointment().confirmed_at is not None
    visitor.sees({"en": "We look forward to seeing you.", "ar": "نتطلع إلى لقائكم."}[language])
