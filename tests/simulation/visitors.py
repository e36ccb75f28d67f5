"""Visitors: they look around, book, press twice, change their minds by the links of their mail, and wait in line."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from random import Random
from threading import Event

from tests.simulation.browser import Browser, Form, Page
from tests.simulation.journal import Act, Journal
from tests.simulation.mailbox import LINK, Letter, Mailbox
from tests.simulation.people import invent
from tests.simulation.portal import Portal

SERVICE = re.compile(r"^/(?:en|ar)/book/([-\w]+)/$")
CONFLICT, GONE = 409, 410
STEPS = {
    "look_around": 2,
    "book": 6,
    "ask": 3,
    "type_code": 4,
    "move": 3,
    "cancel": 2,
    "join_waitlist": 2,
    "answer_offer": 4,
    "confirm": 2,
}
# What the clinic approves first.
ON_REQUEST = "SELECT slug FROM directory_service WHERE needs_approval AND is_public ORDER BY slug"
CODE = re.compile(r"\b\d{6}\b")
LOOKED_AT = ("", "doctors/", "services/", "book/", "news/", "contact/")


@dataclass(frozen=True, slots=True)
class Question:
    """A form that asks for the code that was mailed after `asked_at`, to book a visit at `starts_at`."""

    form: Form
    starts_at: datetime
    asked_at: datetime


class Visitor:
    """One person with one browser and one mailbox. The dice decide what they do, not when the server answers."""

    def __init__(
        self, portal: Portal, journal: Journal, mailbox: Mailbox, *, dice: Random, day: str, number: int
    ) -> None:
        self.journal, self.mailbox, self.dice = journal, mailbox, dice
        self.person = invent(dice, day=day, number=number)
        self.browser = Browser(portal.address, journal, who=self.person.email)
        self.answered: set[str] = set()  # offers and reminders that were dealt with
        self.on_request = [row["slug"] for row in portal.ask(ON_REQUEST)]
        self.question: Question | None = None  # of a form that waits for the code in one's mail
        self.mine: set[str] = set()  # references of visits that are not cancelled, as far as this person knows

    @property
    def home(self) -> str:
        return f"/{self.person.language}/"

    def live(self, over: Event) -> None:
        while not over.is_set():
            [step] = self.dice.choices(list(STEPS), weights=list(STEPS.values()))
            getattr(self, step)()
            over.wait(self.dice.uniform(0.2, 1.5))
        self.browser.close()

    def look_around(self) -> None:
        self.browser.get(self.home + self.dice.choice(LOOKED_AT))

    def choose_service(self) -> str:
        page = self.browser.get(f"{self.home}book/")
        found = {match[1] for link in page.all("a[href]") if (match := SERVICE.match(str(link["href"])))}
        return self.dice.choice(sorted(found))

    def book(self) -> None:
        self.book_one(self.choose_service())

    def ask(self) -> None:
        """For a visit that the clinic has to approve."""
        if self.on_request:
            self.book_one(self.dice.choice(self.on_request))

    def book_one(self, service: str) -> None:
        times = self.browser.get(f"{self.home}book/{service}/")
        slot = self.choose_slot(times)
        if not slot:
            return
        form = times.form("slot")
        assert form
        page = self.browser.submit(form, slot=slot)
        if page.status == CONFLICT:  # somebody was faster: take what is offered instead, once
            slot, form = self.choose_slot(page), page.form("slot")
            if not slot or form is None:
                self.journal.count("refused")
                return
            page = self.browser.submit(form, slot=slot)
        details = page.form("phone")
        if page.status >= 400 or details is None:
            self.journal.count("refused")
            return
        self.send_details(details)

    def send_details(self, form: Form) -> None:
        sent = {**self.person.contact, "note": ""}
        asked_at = datetime.now(UTC)
        page = self.browser.submit(form, **sent)
        starts_at = read_instant(form.values["start"][0])
        question = page.form("code")
        if question:  # so many visits have this address by now
            self.question = Question(question, starts_at, asked_at)
            self.journal.count("asked for a code")
            return
        reference = self.is_shown(page, starts_at)
        if reference and self.dice.random() < 0.2:  # an impatient finger
            repeated = reference_of(self.browser.submit(form, **sent))
            if repeated != reference:
                self.journal.fault(
                    f"{self.person.email}: pressing twice booked {reference} and then {repeated or 'nothing'}"
                )

    def is_shown(self, page: Page, starts_at: datetime) -> str:
        """The reference of the visit that was booked; empty when none was."""
        reference = reference_of(page)
        if not reference:
            self.journal.count("refused")
            return ""
        self.mine.add(reference)
        self.journal.note(Act(self.person.email, "appointment.booked", reference, starts_at))
        return reference

    def type_code(self) -> None:
        """When it has come."""
        if self.question is None:
            return
        for letter in reversed(self.mailbox.letters_to(self.person.email)):
            found = CODE.search(letter.text)
            if found and not LINK.search(letter.text) and letter.written_at > self.question.asked_at:
                page = self.browser.submit(self.question.form, code=found[0])
                self.is_shown(page, self.question.starts_at)
                self.question = None
                return

    def choose_slot(self, page: Page) -> str:
        """Mostly one of the first: the day's rush is for the same times. Empty when there is none."""
        slots = [str(each["value"]) for each in page.all("button[name=slot]")]
        return slots[min(int(self.dice.expovariate(0.2)), len(slots) - 1)] if slots else ""

    def newest(self, purpose: str) -> tuple[str, str]:
        """A visit of one's own with the link for `purpose` of its newest mail; empty without any."""
        links = {}
        for letter in self.mailbox.letters_to(self.person.email):
            reference = self.visit_in(letter)
            if reference in self.mine and letter.link(purpose):
                links[reference] = letter.link(purpose)
        return self.dice.choice(sorted(links.items())) if links else ("", "")

    def visit_in(self, letter: Letter) -> str:
        """The reference stands at the beginning of each token."""
        found = re.search(r"/book/(?:visit|move|cancel)/(\w{10})\.", letter.text)
        return found[1] if found else ""

    def move(self) -> None:
        reference, link = self.newest("move")
        if not link:
            return
        times = self.browser.get(link)
        slot, form = self.choose_slot(times), times.form("slot")
        if not slot or form is None:
            return
        question = self.browser.get(form.action, slot=slot)
        form = question.form("revision")
        if form is None:
            self.journal.count("refused")
            return
        page = self.browser.submit(form)
        moved = page.status < 400 and reference_of(page) == reference
        if moved or page.status >= 500:
            starts_at = read_instant(slot.rpartition("~")[2])
            self.journal.note(Act(self.person.email, "appointment.moved", reference, starts_at, is_sure=moved))
        else:
            self.journal.count("refused")

    def cancel(self) -> None:
        reference, link = self.newest("cancel")
        if not link:
            return
        form = self.browser.get(link).form("reason")
        if form is None:
            return
        page = self.browser.submit(form, reason="")
        if page.status == CONFLICT:
            self.journal.count("refused")
            return
        self.mine.discard(reference)
        act = Act(self.person.email, "appointment.cancelled", reference, to="cancelled", is_sure=page.status < 400)
        self.journal.note(act)

    def confirm(self) -> None:
        for letter in self.mailbox.letters_to(self.person.email):
            link = letter.link("confirm")
            if not link or letter.message in self.answered:
                continue
            self.answered.add(letter.message)
            form = self.browser.get(link).form("revision")
            if form:
                page = self.browser.submit(form)
                if page.status < 400:
                    self.journal.note(Act(self.person.email, "appointment.confirmed", self.visit_in(letter)))
            return

    def join_waitlist(self) -> None:
        page = self.browser.get(f"{self.home}book/{self.choose_service()}/waitlist/")
        form = page.form("first_day")
        if form is None:
            return
        page = self.browser.submit(form, **self.person.contact)
        self.journal.count("waitlist.joined" if "/book/waitlist/" in page.path else "refused")

    def answer_offer(self) -> None:
        for letter in self.mailbox.letters_to(self.person.email):
            link = letter.link("offer")
            if not link or letter.message in self.answered:
                continue
            self.answered.add(letter.message)
            form = self.browser.get(link).form("answer")
            if form is None:
                return
            answer = self.dice.choice(("accept", "accept", "decline", "leave"))
            page = self.browser.submit(form, answer=answer)
            if answer == "accept" and (visit := self.visit_page(page)):
                reference = reference_of(visit)
                self.mine.add(reference)
                self.journal.note(Act(self.person.email, "appointment.booked", reference))
            self.journal.count(f"offer: {answer}" if page.status < 400 else "refused")
            return

    def visit_page(self, page: Page) -> Page | None:
        """The visit to which an accepted offer has led, also when its button was pressed twice."""
        if "/book/visit/" in page.path:
            return page
        links = page.all('a[href*="/book/visit/"]')
        return self.browser.get(str(links[0]["href"])) if links else None


def reference_of(page: Page) -> str:
    """The reference that the page shows, as it is stored."""
    return re.sub(r"\W", "", page.text(".receipt__reference"))


def read_instant(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)
