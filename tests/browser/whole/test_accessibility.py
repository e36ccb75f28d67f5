"""WCAG 2.2 AA: axe finds nothing on any page type and step of a booking, in both languages, light and dark."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.whole.clinic import LANGUAGES, StarterClinic

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(params=["light", "dark"])
def phone(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(
        viewport={"width": 390, "height": 844}, color_scheme=request.param, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def faults_of(page: Page) -> list[str]:
    """What axe finds: the rule and the elements."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{page.url}: {each['id']} {[node['target'] for node in each['nodes']]}" for each in found]


def test_axe_finds_nothing_on_any_kind_of_page(clinic: StarterClinic, phone: Page) -> None:
    faults = []
    for place in clinic.places():
        phone.goto(f"{clinic.address}{place.path}", wait_until="networkidle")
        faults += faults_of(phone)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_step_of_a_booking(clinic: StarterClinic, phone: Page, language: str) -> None:
    faults = []

    def look(*, after: str) -> None:
        with phone.expect_navigation(wait_until="networkidle"):
            phone.locator(after).first.click()
        faults.extend(faults_of(phone))

    phone.goto(f"{clinic.address}/{language}/book/")
    look(after=".offer__link")
    look(after="button.slot")
    look(after="form.form button[type=submit]")  # nothing filled in: the summary of faults
    phone.fill("[name=name]", "Layla Haddad")
    phone.fill("[name=phone]", "0791234567")
    phone.fill("[name=email]", "layla@patients.example")
    look(after="form.form button[type=submit]")
    assert not faults, "\n".join(faults)
