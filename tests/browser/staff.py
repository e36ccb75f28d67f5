"""A person of the staff at a browser: each method is one thing that a person does or sees."""

from django.conf import settings
from playwright.sync_api import BrowserContext, Locator, Page, expect

from clinic.accounts.models import User
from tests.accounts.cast import PASSWORD
from tests.desk.conftest import signed_in


class Colleague:
    """Works at `site`, an address, in `language`; every page is checked for what all must keep."""

    def __init__(self, context: BrowserContext, *, site: str, language: str) -> None:
        self.page: Page = context.new_page()
        self.site = site
        self.language = language
        self.faults: list[str] = []
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.on("response", lambda answer: self.faults.append(answer.url) if answer.status >= 500 else None)

    def signs_in(self, username: str, password: str = PASSWORD) -> None:
        self.opens("")
        self.page.locator("[name=username]").fill(username)
        self.page.locator("[name=password]").fill(password)
        with self.page.expect_navigation():  # a password takes its time
            self.page.keyboard.press("Enter")
        expect(self.page.locator("[name=password]")).to_have_count(0)
        self.sees_a_sound_page()

    def is_signed_in(self, user: User) -> None:
        """As after the form, without its two pages."""
        session = signed_in(user).cookies[settings.SESSION_COOKIE_NAME].value
        self.page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": self.site}])

    def opens(self, path: str) -> int:
        """Open a page of the back office; the answer is its status."""
        answer = self.page.goto(f"{self.site}/admin/{path}")
        assert answer
        self.sees_a_sound_page()
        return answer.status

    def presses(self, selector: str) -> None:
        self.page.locator(selector).first.click()
        self.sees_a_sound_page()

    def submits(self, selector: str) -> None:
        """Press what leads to another page, and wait for that."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()
        self.sees_a_sound_page()

    def tabs_to(self, selector: str, *, at_most: int = 60) -> None:
        for _press in range(at_most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("selector => document.activeElement.matches(selector)", selector):
                return
        raise AssertionError(f"{selector} cannot be reached by the keyboard")

    def types(self, selector: str, text: str) -> None:
        """By keyboard alone: move to the field and write."""
        self.tabs_to(selector)
        self.page.keyboard.type(text)

    def sees_a_sound_page(self) -> None:
        """Right language and direction, nothing wider than the screen, no fault of a script or of the server."""
        self.page.wait_for_load_state()
        root = self.page.locator("html")
        expect(root).to_have_attribute("lang", self.language)
        expect(root).to_have_attribute("dir", "rtl" if self.language == "ar" else "ltr")
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wide) <= 0, f"{self.page.url} is wider than the screen"
        assert not self.faults

    def visit_of(self, name: str) -> Locator:
        """The line of a patient's visit in a list."""
        return self.page.locator(".iyada-row", has_text=name)

    def sees_in_history(self, words: str) -> None:
        expect(self.page.locator(".iyada-history")).to_contain_text(words)
