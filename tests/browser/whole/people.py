"""Those who write the site and those who read it, each at a browser of their own."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, ViewportSize, expect

from tests.browser.staff import Colleague
from tests.browser.visitors import Visitor
from tests.browser.whole.clinic import StarterClinic

DESKTOP: ViewportSize = {"width": 1280, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}
# Milliseconds. The clock looks every fifteen seconds at what is due, and then has to do it.
DUE = 60_000
UNTIL_THE_PAGE_SAYS = """
    async ([path, words, there, due]) => {
        const end = Date.now() + due;
        while (Date.now() < end) {
            if ((await (await fetch(path)).text()).includes(words) === there) return true;
            await new Promise(again => setTimeout(again, 500));
        }
        return false;
    }
"""


class Writer(Colleague):
    """Somebody who writes the public site, in front of an editor of Wagtail in English."""

    def adds_a_block(self, field: str, kind: str) -> None:
        """At the end of the StreamField `field`; `kind` as the picker calls it."""
        self.page.locator(f"[data-contentpath={field}] button[title='Insert a block']").last.click()
        self.page.locator(".w-combobox__option", has_text=kind).first.click()

    def opens_the_panel(self, name: str) -> Locator:
        """One of those beside the editor: "status", "translation", "checks", "preview"."""
        self.page.locator(f"[data-side-panel-toggle={name}]").first.click()
        panel = self.page.locator(f"[data-side-panel={name}]")
        expect(panel).to_be_visible()
        return panel

    def chooses(self, action: str) -> None:
        """One of the actions at the foot of the editor: "save", "submit", "publish", "approve"."""
        self.opens_the_actions()
        with self.page.expect_navigation():
            self.action(action).click()
        self.sees_a_sound_page()

    def opens_the_actions(self) -> None:
        more = self.page.locator("footer .w-dropdown__toggle")
        if more.count():
            more.first.click()

    def action(self, name: str) -> Locator:
        selectors = {
            "save": ".action-save",
            "submit": "[name=action-submit]",
            "publish": "[name=action-publish]",
            "approve": "[data-workflow-action-name=approve]",
        }
        return self.page.locator(f"footer {selectors[name]}").first

    def schedules(self, *, appears: str, expires: str) -> None:
        """Both as "2026-11-21 10:30", in the clinic's own time; kept with the draft."""
        self.opens_the_panel("status").get_by_role("button", name="Set schedule").click()
        for field, moment in (("go_live_at", appears), ("expire_at", expires)):
            self.page.locator(f"[name={field}]").fill(moment)
            self.page.keyboard.press("Tab")  # closes the calendar, which lies over the button
        with self.page.expect_navigation():
            self.page.get_by_role("button", name="Save schedule").press("Enter")
        self.sees_a_sound_page()


class Reader(Visitor):
    """A visitor who also looks at where each page came from."""

    def asks_for(self, path: str) -> str:
        """Open a page; the answer is what its `X-Cache` says."""
        answer = self.page.goto(f"{self.site}/{self.language}/{path}")
        assert answer
        assert answer.status == 200
        self.sees_a_page_in_their_language()
        return str(answer.headers["x-cache"])

    def waits_for(self, words: str, *, path: str, there: bool = True) -> None:
        """Until the page says `words`, or says them no more; it is asked for again and again."""
        self.opens("")
        assert self.page.evaluate(UNTIL_THE_PAGE_SAYS, [f"/{self.language}/{path}", words, there, DUE])
        self.opens(path)


@contextmanager
def writer(chromium: Browser, clinic: StarterClinic, username: str, *, language: str = "en") -> Iterator[Writer]:
    context = chromium.new_context(viewport=DESKTOP, locale=language, reduced_motion="reduce")
    person = Writer(context, site=clinic.address, language=language)
    person.signs_in(username, clinic.password(username))
    yield person
    context.close()


@contextmanager
def reader(
    chromium: Browser, clinic: StarterClinic, *, language: str, screen: ViewportSize = DESKTOP
) -> Iterator[Reader]:
    context = chromium.new_context(viewport=screen, locale=language, reduced_motion="reduce")
    yield Reader(context, site=clinic.address, language=language)
    context.close()
