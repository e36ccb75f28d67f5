"""WCAG 2.2 AA: axe finds nothing on any page type and step of a booking, in both languages, light and dark."""

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.whole.clinic import LANGUAGES, SETTLED, StarterClinic

ALL_RULES = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# Between light and dark nothing changes but colours.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RULES_OF_COLOUR = {"resultTypes": ["violations"], "runOnly": COLOURS}

LOOK = "rules => axe.run(document, rules).then(found => found.violations)"

VIEWS_OF_TIMES = ("", "month/", "day/")


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


@pytest.fixture
def hijri(clinic: StarterClinic) -> Iterator[None]:
    """Hijri dates are shown beside the Gregorian ones."""
    clinic.site.query("UPDATE directory_hijrisetting SET is_shown = true")
    yield
    clinic.site.query("UPDATE directory_hijrisetting SET is_shown = false")


def faults_of(page: Page) -> list[str]:
    """What axe finds in the light, and of the colours in the dark: the rule and the elements."""
    faults: list[str] = []
    page.evaluate(AXE_SCRIPT)
    schemes: list[tuple[Any, dict[str, Any]]] = [("dark", RULES_OF_COLOUR), ("light", ALL_RULES)]
    for scheme, rules in schemes:
        page.emulate_media(color_scheme=scheme)
        found = page.evaluate(LOOK, rules)
        faults += [f"{page.url}, {scheme}: {each['id']} {[node['target'] for node in each['nodes']]}" for each in found]
    return faults


def test_axe_finds_nothing_on_any_kind_of_page(clinic: StarterClinic, phone: Page) -> None:
    faults = []
    for place in clinic.places():
        clinic.show(phone, place.path)
        faults += faults_of(phone)
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_step_of_a_booking(clinic: StarterClinic, phone: Page, language: str) -> None:
    faults = []

    def look(*, after: str) -> None:
        with phone.expect_navigation(wait_until="load"):
            phone.locator(after).first.click()
        phone.wait_for_function(SETTLED)
        faults.extend(faults_of(phone))

    clinic.show(phone, f"/{language}/book/")
    look(after=".offer__link")
    look(after="button.slot")
    look(after="form.form button[type=submit]")  # nothing filled in: the summary of faults
    phone.fill("[name=name]", "Layla Haddad")
    phone.fill("[name=phone]", "0791234567")
    phone.fill("[name=email]", "layla@patients.example")
    look(after="form.form button[type=submit]")
    assert not faults, "\n".join(faults)


@pytest.mark.usefixtures("hijri")
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_where_hijri_dates_stand(clinic: StarterClinic, phone: Page, language: str) -> None:
    faults = []
    for view in VIEWS_OF_TIMES:
        clinic.show(phone, f"/{language}/book/family-consultation/{view}")
        assert phone.locator(".hijri").count()
        faults += faults_of(phone)
    assert not faults, "\n".join(faults)
