"""A visitor at a browser: each method is one thing that a person does or sees."""

import re

from django.core import mail
from playwright.sync_api import BrowserContext, Page, expect

from clinic.messaging.delivery import deliver_due
from clinic.scheduling.models import Appointment


class Visitor:
    """Walks through `site`, an address, in `language`; every page is checked for what all must keep."""

    def __init__(self, context: BrowserContext, *, site: str, language: str) -> None:
        self.page: Page = context.new_page()
        self.site = site
        self.language = language
        self.faults: list[str] = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("response", lambda answer: self.faults.append(answer.url) if answer.status >= 500 else None)

    def opens(self, path: str) -> None:
        self.page.goto(f"{self.site}/{self.language}/{path}")
        self.sees_a_page_in_their_language()

    def sees_a_page_in_their_language(self) -> None:
        """Right language and direction, one first heading, nothing wider than the screen, no fault of a script."""
        root = self.page.locator("html")
        expect(root).to_have_attribute("lang", self.language)
        expect(root).to_have_attribute("dir", "rtl" if self.language == "ar" else "ltr")
        expect(self.page.locator("h1")).to_have_count(1)
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wide) <= 0, f"{self.page.url} is wider than the screen"
        assert not self.faults

    def presses(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.page.wait_for_load_state()
        self.sees_a_page_in_their_language()

    def types(self, **fields: str) -> None:
        for name, text in fields.items():
            self.page.locator(f"[name={name}]").fill(text)

    def tabs_to(self, selector: str, *, at_most: int = 120) -> None:
        """Press the tabulator until the element has the focus, which must be visible."""
        for _press in range(at_most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                outline = self.page.evaluate(
                    "() => { const seen = element => getComputedStyle(element).outlineStyle !== 'none';"
                    " const element = document.activeElement;"
                    " return seen(element) || [...document.querySelectorAll(':has(:focus-visible)')].some(seen); }"
                )
                assert outline, f"{selector} has the focus and does not show it"
                return
        raise AssertionError(f"{selector} cannot be reached by the keyboard")

    def presses_enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.sees_a_page_in_their_language()

    def sees(self, text: str | re.Pattern[str]) -> None:
        expect(self.page.locator("main")).to_contain_text(text)

    def sees_the_reference_of(self, appointment: Appointment) -> None:
        expect(self.page.locator(".receipt__reference")).to_have_text(appointment.spoken_reference)


def the_only_appointment() -> Appointment:
    return Appointment.objects.select_related("service", "practitioner").get()


def link_to(purpose: str) -> str:
    """The path in the last mail that leads to a `purpose`: "cancel", "move"."""
    deliver_due()
    found = re.search(rf"https?://[^/\s]+(/\w\w/book/{purpose}/[^\s\"<>]+)", str(mail.outbox[-1].body))
    assert found, mail.outbox[-1].body
    return found[1]
