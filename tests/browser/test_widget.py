"""The booking on two other sites: one that may show it, and a stranger."""

import re

import pytest
from playwright.sync_api import BrowserContext, ConsoleMessage, FrameLocator, Page, Route, expect
from pytest_django.live_server_helper import LiveServer
from wagtail.models import Site

from clinic.scheduling.models import Appointment, Hold
from tests.factories.booking import BookingWidgetFactory, WidgetHostFactory
from tests.factories.directory import LocationFactory, ServiceFactory, SpecialtyFactory, WorkingPractitionerFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("clinic")]
PARTNER, STRANGER = "https://partner.example", "https://stranger.example"
PAGE = """<!doctype html><html lang="{language}"><title>Partner</title><h1>Partner</h1>
<script src="{clinic}/widget.js" data-service="skin-check" data-language="{language}" async></script>"""


@pytest.fixture
def clinic(site_root: None) -> None:
    WorkingPractitionerFactory(
        slug="salma-odeh",
        services=[ServiceFactory(slug="skin-check", specialty=SpecialtyFactory(slug="dermatology"))],
        hours__location=LocationFactory(slug="amman"),
    )
    widget = BookingWidgetFactory(site=Site.objects.get(is_default_site=True))
    WidgetHostFactory(widget=widget, origin=PARTNER)


def visit(context: BrowserContext, origin: str, *, clinic: str, language: str) -> Page:
    """The page of the site at `origin`, which has the script tag of the clinic in it."""

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/html; charset=utf-8", body=PAGE.format(clinic=clinic, language=language))

    page = context.new_page()
    page.route(f"{origin}/**", answer)
    page.goto(f"{origin}/booking")
    return page


def refuses_the_frame(message: ConsoleMessage) -> bool:
    return "frame-ancestors" in message.text


def frame_of(page: Page) -> FrameLocator:
    return page.frame_locator("iframe")


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_visit_is_booked_from_a_site_that_may_show_the_booking(
    phone: BrowserContext, live_server: LiveServer, language: str
) -> None:
    # Given the page of another site
    page = visit(phone, PARTNER, clinic=live_server.url, language=language)
    frame = frame_of(page)
    expect(frame.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")

    # Then the frame is as high as what is in it, and as wide as the page
    page.wait_for_function("document.querySelector('iframe').clientHeight > 700")
    inside = page.frames[1].evaluate(
        "document.fonts.ready.then(() => Math.ceil(document.body.getBoundingClientRect().height))"
    )
    expect(page.locator("iframe")).to_have_js_property("clientHeight", inside)
    assert page.frames[1].evaluate("document.documentElement.scrollWidth - innerWidth") <= 0

    # When a time is chosen there
    with phone.expect_page() as opened:
        frame.locator("button.slot").first.click()
    details = opened.value
    details.wait_for_load_state()

    # Then the time is kept, and the visit is booked in a window of the clinic's own
    expect(details).to_have_url(re.compile(f"^{live_server.url}/{language}/book/skin-check/details/.*hold="))
    assert Hold.objects.count() == 1
    details.locator("[name=name]").fill("Layla Haddad")
    details.locator("[name=phone]").fill("079 123 4567")
    details.locator("[name=email]").fill("layla@patients.example")
    details.locator("main button[type=submit]").click()
    expect(details.locator(".receipt__reference")).to_have_text(Appointment.objects.get().spoken_reference)

    # And the other site has been given no cookie of the clinic
    assert phone.cookies(PARTNER) == []


def test_a_stranger_can_show_nothing(desk: BrowserContext, live_server: LiveServer) -> None:
    with desk.expect_console_message(refuses_the_frame):
        page = visit(desk, STRANGER, clinic=live_server.url, language="en")

    expect(frame_of(page).locator("button.slot")).to_have_count(0)


def test_an_allowed_site_cannot_frame_the_rest_of_the_site(desk: BrowserContext, live_server: LiveServer) -> None:
    page = visit(desk, PARTNER, clinic=live_server.url, language="en")
    expect(frame_of(page).locator("button.slot").first).to_be_visible()

    with desk.expect_console_message(refuses_the_frame):
        page.evaluate("address => { document.querySelector('iframe').src = address; }", f"{live_server.url}/en/book/")

    expect(frame_of(page).locator(".offer__link")).to_have_count(0)


def test_a_height_that_another_window_tells_is_not_believed(desk: BrowserContext, live_server: LiveServer) -> None:
    page = visit(desk, PARTNER, clinic=live_server.url, language="en")
    expect(frame_of(page).locator("button.slot").first).to_be_visible()
    height = "document.querySelector('iframe').style.blockSize"
    page.wait_for_function(f"{height} !== '40rem'")
    before = page.evaluate(height)

    page.evaluate(
        "() => new Promise((heard) => { addEventListener('message', () => setTimeout(heard));"
        " postMessage({ iyada: 'height', height: 7 }, '*'); })"
    )

    assert page.evaluate(height) == before
