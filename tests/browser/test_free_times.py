"""Free times that come into stored pages: by script, without one, and when they cannot be fetched."""

import re

import pytest
from playwright.sync_api import BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from clinic.directory.models import Practitioner
from tests.browser.visitors import Visitor
from tests.browser.whole.test_weight import SHIFTS, STILL
from tests.factories.directory import LocationFactory, ServiceFactory, SpecialtyFactory, WorkingPractitionerFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("doctor")]


@pytest.fixture
def doctor(site_root: None) -> Practitioner:
    """A doctor of two services."""
    specialty = SpecialtyFactory(slug="dermatology")
    return WorkingPractitionerFactory(
        slug="salma-odeh",
        services=[ServiceFactory(slug=slug, specialty=specialty) for slug in ("skin-check", "mole-removal")],
        specialties=[specialty],
        hours__location=LocationFactory(slug="amman"),
    )


@pytest.mark.parametrize(("language", "sentence"), [("en", "Next free:"), ("ar", "أقرب وقت:")])
@pytest.mark.parametrize("path", ["doctors/", "services/skin-check/"])
def test_a_card_says_when_the_doctor_is_free_next_and_nothing_jumps(
    phone: BrowserContext, live_server: LiveServer, language: str, sentence: str, path: str
) -> None:
    visitor = Visitor(phone, site=live_server.url, language=language)
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url) if "/next-free/" in request.url else None)
    visitor.opens(path)

    expect(visitor.page.locator(".doctor__next")).to_contain_text(sentence)
    assert len(asked) == 1
    assert visitor.page.evaluate(SHIFTS) < STILL


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_visitor_takes_a_time_on_the_page_of_the_doctor(
    phone: BrowserContext, live_server: LiveServer, language: str
) -> None:
    # Given the page of a doctor, into which the times have come without a jump
    visitor = Visitor(phone, site=live_server.url, language=language)
    visitor.opens("doctors/salma-odeh/")
    expect(visitor.page.locator("button.slot").first).to_be_visible()
    assert visitor.page.evaluate(SHIFTS) < STILL

    # When the visitor wants another service
    other = visitor.page.locator("#service option:not([selected])").get_attribute("value")
    visitor.page.locator("#service").select_option(other)
    visitor.page.locator("#show-times").focus()
    visitor.page.keyboard.press("Enter")

    # Then its times are there, the focus has stayed, and the span of days is told
    expect(visitor.page.locator(f"form.days[action$='/book/{other}/hold/']")).to_be_visible()
    expect(visitor.page.locator("#show-times")).to_be_focused()
    expect(visitor.page.locator("[data-told]")).not_to_be_empty()
    assert "?" not in visitor.page.url

    # And one of them can be kept
    visitor.presses("button.slot")
    expect(visitor.page).to_have_url(re.compile(f"/book/{other}/details/"))


def test_a_service_chosen_by_hand_shows_its_times_at_once(desk: BrowserContext, live_server: LiveServer) -> None:
    visitor = Visitor(desk, site=live_server.url, language="en")
    visitor.opens("doctors/salma-odeh/")
    other = visitor.page.locator("#service option:not([selected])").get_attribute("value")

    visitor.page.locator("#service").dispatch_event("pointerdown")
    visitor.page.locator("#service").select_option(other)

    expect(visitor.page.locator(f"form.days[action$='/book/{other}/hold/']")).to_be_visible()


def test_without_scripts_a_link_leads_to_the_times(
    desk_without_scripts: BrowserContext, live_server: LiveServer
) -> None:
    visitor = Visitor(desk_without_scripts, site=live_server.url, language="en")
    visitor.opens("doctors/salma-odeh/")
    expect(visitor.page.locator("[data-failed]")).to_be_hidden()
    visitor.presses("[data-fragment] a")
    visitor.presses(".offer__link[href*='skin-check']")

    assert "doctor=salma-odeh" in visitor.page.url
    expect(visitor.page.locator("button.slot").first).to_be_visible()


@pytest.mark.parametrize(("language", "sentence"), [("en", "could not be shown"), ("ar", "تعذّر عرض")])
def test_when_the_times_cannot_be_fetched_the_link_stays_and_a_sentence_says_so(
    phone: BrowserContext, live_server: LiveServer, language: str, sentence: str
) -> None:
    visitor = Visitor(phone, site=live_server.url, language=language)
    visitor.page.route(re.compile("/times/|/next-free/"), lambda route: route.abort())
    visitor.opens("doctors/salma-odeh/")

    expect(visitor.page.locator("[data-failed]")).to_contain_text(sentence)
    expect(visitor.page.locator("[data-failed]")).to_be_visible()
    expect(visitor.page.locator("[data-fragment] a")).to_be_visible()

    visitor.opens("doctors/")
    expect(visitor.page.locator(".doctor__next")).to_be_empty()
