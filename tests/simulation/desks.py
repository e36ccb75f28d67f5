"""Reception: somebody signs in and works, as in the back office, in the language of their account."""

import re
from datetime import UTC, datetime, timedelta
from random import Random
from threading import Event
from typing import Any
from zoneinfo import ZoneInfo

from tests.simulation.browser import Browser, Form, Page
from tests.simulation.journal import Act, Journal
from tests.simulation.people import invent
from tests.simulation.portal import Portal

DESK = "/admin/appointments/"
VISIT = re.compile(r"/admin/appointments/(\w{10})/")
STEPS = {
    "book": 4,
    "walk_in": 3,
    "work_queue": 10,
    "call_next": 4,
    "answer_request": 5,
    "move": 4,
    "cancel": 2,
    "look_at_board": 2,
}
REFUSALS = ("We need a referral first.", "نحتاج إلى تحويل أولًا.")
UNDONE = 0.2  # how often a hand slips
# What a desk makes of a patient of today, by what is asked most.
LIKED = {"arrived": 8, "called": 5, "consulting": 4, "fulfilled": 6, "noshow": 1, "gone": 1, "booked": 1}


class Desk:
    """One person of reception. What others change meanwhile is refused, and then they go on with something else."""

    def __init__(self, portal: Portal, journal: Journal, *, name: str, dice: Random, day: str) -> None:
        self.portal, self.journal, self.name, self.dice, self.day = portal, journal, name, dice, day
        self.browser = Browser(portal.address, journal, who=name)
        self.callers = 0
        self.mine: list[str] = []  # references of visits that this desk has booked
        rows = portal.ask("SELECT id, time_zone FROM directory_location WHERE is_active ORDER BY id")
        self.zones = {row["id"]: ZoneInfo(row["time_zone"]) for row in rows}

    def sign_in(self) -> None:
        """Raises `RuntimeError` when the account does not open the back office."""
        form = self.browser.get("/admin/login/").form("password")
        if form is None:
            raise RuntimeError("There is no form to sign in.")
        page = self.browser.submit(form, username=self.name, password=self.portal.passwords[self.name])
        if page.form("password"):
            raise RuntimeError(f"{self.name} cannot sign in.")

    def live(self, over: Event) -> None:
        while not over.is_set():
            [step] = self.dice.choices(list(STEPS), weights=list(STEPS.values()))
            getattr(self, step)()
            over.wait(self.dice.uniform(0.1, 1.0))

    def look_at_board(self) -> None:
        self.browser.get(f"{DESK}board/")
        self.browser.get(DESK)

    def caller(self) -> dict[str, str]:
        """What is typed of a new caller; now and then somebody without an e-mail address."""
        self.callers += 1
        person = invent(self.dice, day=f"{self.name}.{self.day}", number=self.callers)
        email = person.email if self.dice.random() < 0.85 else ""
        contact = {"contact_name": person.name, "contact_phone": person.phone, "contact_email": email}
        return {**contact, "language": person.language}

    def book(self) -> None:
        self.take_caller(self.browser.get(f"{DESK}book/"))

    def walk_in(self) -> None:
        self.take_caller(self.browser.get(f"{DESK}book/"), walk_in="on")

    def take_caller(self, page: Page, **more: str) -> None:
        form = page.form("contact_name")
        if form is None:
            self.lost(page)
            return
        form.values.pop("time", None)
        typed = {**self.caller(), "service": self.dice.choice(form.options("service")), **more}
        page = self.browser.submit(form, **typed, do="times")
        form = page.form("time")
        times = [each for each in form.options("time") if not more or self.is_today(each)] if form else []
        if form is None or not times:
            self.journal.count("no time")
            return
        chosen = times[min(int(self.dice.expovariate(0.3)), len(times) - 1)]
        page = self.browser.submit(form, **typed, time=chosen, do="book")
        found = VISIT.search(page.path)
        if not found:
            self.journal.count("refused")
            return
        reference = found[1]
        self.mine.append(reference)
        self.journal.note(Act(self.name, "appointment.booked", reference, moment_of(chosen)))
        if more:
            self.journal.note(Act(self.name, "appointment.status", reference, to="arrived"))
        self.slip(page, reference)

    def is_today(self, time: str) -> bool:
        zone = self.zones[int(time.split(".")[1])]
        return moment_of(time).astimezone(zone).date() == datetime.now(zone).date()

    def queue(self) -> Page:
        return self.browser.get(f"{DESK}queue/", location=self.dice.choice(list(self.zones)))

    def work_queue(self) -> None:
        forms = [form for form in self.queue().forms("status") if VISIT.search(form.action)]
        if not forms:
            return
        form = self.dice.choice(forms)
        steps = [each for each in form.options("status") if each in LIKED]
        found = VISIT.search(form.action)
        if not steps or not found:
            return
        [status] = self.dice.choices(steps, weights=[LIKED[each] for each in steps])
        page = self.browser.submit(form, status=status)
        self.told(page, Act(self.name, "appointment.status", found[1], to=status))

    def call_next(self) -> None:
        forms = [form for form in self.queue().forms("seen") if form.action.endswith("/queue/next/")]
        if not forms:
            return
        form = self.dice.choice(forms)
        finished = form.options("finish")[:1]
        page = self.browser.submit(form, **({"finish": finished[0]} if finished else {}))
        if finished:
            self.told(page, Act(self.name, "appointment.status", finished[0], to="fulfilled"), may_slip=False)
        self.told(
            page, Act(self.name, "appointment.status", form.values["seen"][0], to="called"), may_slip=not finished
        )

    def answer_request(self) -> None:
        """Approve or refuse one of the requests that wait, the most urgent of them first, or another."""
        page = self.browser.get(f"{DESK}approvals/")
        answers = {"approve": "appointment.approved", "refuse": "appointment.refused"}
        [answer] = self.dice.choices(list(answers), weights=[2, 1])
        forms = [form for form in page.forms("csrfmiddlewaretoken") if form.action.endswith(f"/{answer}/")]
        if not forms:
            return
        form = forms[min(int(self.dice.expovariate(0.5)), len(forms) - 1)]
        found = VISIT.search(form.action)
        assert found
        reason = {f"{found[1]}-reason": self.dice.choice(REFUSALS)} if answer == "refuse" else {}
        page = self.browser.submit(form, **reason)
        self.told(page, Act(self.name, answers[answer], found[1]))

    def told(self, page: Page, act: Act, *, may_slip: bool = True) -> None:
        """Note `act` as the page says that it went."""
        said = [set(each.get("class") or ()) for each in page.all(".messages li")]
        if any("success" in words for words in said):
            self.journal.note(act)
            if may_slip:
                self.slip(page, act.reference)
        elif page.again or not said:
            self.journal.note(Act(act.who, act.verb, act.reference, act.starts_at, act.to, is_sure=False))
        else:
            self.journal.count("refused")

    def some_visit(self) -> Page | None:
        """One of one's own, or of the day's list."""
        listed = {
            found[1] for link in self.browser.get(DESK).all("a[href]") if (found := VISIT.search(str(link["href"])))
        }
        known = sorted(listed) + self.mine[-10:]
        return self.browser.get(f"{DESK}{self.dice.choice(known)}/") if known else None

    def move(self) -> None:
        page = self.some_visit()
        if page is None or not page.all(f'a[href="{page.path}move/"]'):
            return
        form = self.browser.get(f"{page.path}move/").form("length")
        if form is None:
            self.journal.count("refused")
            return
        [visit] = self.portal.ask(
            "SELECT service_id, reference FROM scheduling_appointment WHERE reference = %(reference)s",
            {"reference": page.path.rstrip("/").rpartition("/")[2]},
        )
        day = datetime.now(UTC).date() + timedelta(days=self.dice.randrange(4))
        times = self.browser.get(f"{DESK}book/times/", service=visit["service_id"], day=day.isoformat())
        values = [str(each["value"]) for each in times.all("input[name=time]")]
        if not values:
            self.journal.count("no time")
            return
        chosen = self.dice.choice(values)
        self.drag(form, chosen, visit["reference"])

    def drag(self, form: Form, chosen: str, reference: str) -> None:
        """As the board does: the answer is JSON."""
        practitioner, location, _moment = chosen.split(".")
        local = moment_of(chosen).astimezone(self.zones[int(location)])
        wanted = {"day": f"{local:%Y-%m-%d}", "time": f"{local:%H:%M}", "practitioner": practitioner, "tell": "on"}
        form.values.pop("room", None)
        page = self.browser.submit(form, **wanted, location=location, headers={"X-Requested-With": "XMLHttpRequest"})
        if page.status >= 400:
            if page.again or page.status >= 500:
                act = Act(self.name, "appointment.moved", reference, moment_of(chosen), is_sure=False)
                self.journal.note(act)
            self.journal.count("refused")
            return
        self.journal.note(Act(self.name, "appointment.moved", reference, moment_of(chosen)))
        found = re.search(r'name="deed" value="(\w+)"', page.answer.json()["undo"])
        if found and self.dice.random() < UNDONE:
            self.undo(found[1], self.browser.get(DESK).form("csrfmiddlewaretoken"), reference)

    def cancel(self) -> None:
        page = self.some_visit()
        form = page.form("reason") if page else None
        found = VISIT.search(page.path) if page else None
        if form is None or not found:
            return
        page = self.browser.submit(form, reason="The patient called to cancel")
        self.told(page, Act(self.name, "appointment.cancelled", found[1], to="cancelled"))

    def slip(self, page: Page, reference: str) -> None:
        """Take back what was just done, now and then."""
        form = page.form("deed")
        if form and self.dice.random() < UNDONE:
            self.undo(form.values["deed"][0], form, reference)

    def undo(self, deed: str, form: Form | None, reference: str) -> None:
        if form is None:
            return
        token = form.values["csrfmiddlewaretoken"]
        form.values, form.action = {"csrfmiddlewaretoken": token, "deed": [deed]}, f"{DESK}undo/"
        page = self.browser.submit(form, headers={"Accept": "application/json"})
        done = page.status < 400 and bool(page.answer.json()["undone"])
        if done or page.again or page.status >= 500:
            self.journal.note(Act(self.name, "appointment.undone", reference, is_sure=done))
        else:
            self.journal.count("refused")

    def report_sick(self, practitioner: int) -> None:
        """Take a doctor out of today at once, then work off the list until it is empty."""
        form = self.browser.get("/admin/leave/").form("practitioner")
        if form is None:
            self.journal.fault(f"{self.name} cannot report anybody sick")
            return
        page = self.browser.submit(form, practitioner=str(practitioner))
        for _attempt in range(5):
            form = page.form("visit")
            if form is None:
                return
            page = self.work_off(page, form)

    def work_off(self, page: Page, form: Form) -> Page:
        chosen: dict[str, Any] = {}
        for reference in form.values["visit"]:
            able = form.options(f"decision-{reference}")
            [decision] = self.dice.choices(able, weights=[6 if each == "moved" else 1 for each in able])
            if decision == "moved" and not form.options(f"time-{reference}"):
                decision = "cancelled"
            chosen[reference] = decision
        page = self.browser.submit(form, **{f"decision-{each}": decision for each, decision in chosen.items()})
        was_done = page.status < 400 and not page.again
        if was_done or page.again:
            for reference, decision in chosen.items():
                if decision == "cancelled":
                    act = Act(self.name, "appointment.cancelled", reference, to="cancelled", is_sure=False)
                    self.journal.note(act)
                elif decision in ("moved", "asked"):
                    self.journal.note(Act(self.name, f"appointment.{decision}", reference, is_sure=False))
                self.journal.count(f"sick: {decision}")
        return page

    def settle_message(self, reference: str, *, again: bool) -> None:
        """Decide about a message that was perhaps sent."""
        page = self.browser.get(f"/admin/outbox/{reference}/")
        ending = "/retry/" if again else "/discard/"
        for form in page.forms("csrfmiddlewaretoken"):
            if form.action.endswith(ending):
                self.browser.submit(form)
                return
        self.journal.fault(f"{self.name} cannot decide about the message {reference}")

    def lost(self, page: Page) -> None:
        what = "was signed out" if page.form("password") else f"sees no form at {page.path}"
        self.journal.fault(f"{self.name} {what}")


def moment_of(time: str) -> datetime:
    """When the time of a radio button begins, in UTC."""
    return datetime.fromtimestamp(int(time.rpartition(".")[2]), UTC)
