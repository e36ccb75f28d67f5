"""How the board of a large clinic feels: 40 columns and 600 visits on one day, on a slow computer."""

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import CDPSession, Page, sync_playwright

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.desk.board.asked import PEOPLE, ROOMS
from clinic.directory.enums import RoomKind
from clinic.lib import clock
from tests.accounts.cast import person
from tests.bench.figures import median
from tests.bench.progress import say
from tests.bench.slots import timed
from tests.bench.website import empty_clinic
from tests.browser.conftest import FLAGS
from tests.browser.program import CHROMIUM
from tests.browser.staff import Colleague
from tests.concurrency.server import serving
from tests.factories.directory import LocationFactory, RoomFactory, ServiceFactory, WorkingPractitionerFactory
from tests.factories.scheduling import AppointmentFactory, ReservationFactory

COLUMNS, VISITS = 40, 15  # of each column
BOARD = "appointments/board/"
ASKED = 30  # times
SLOWER = 4  # the processor of the browser, by how much
STEPS = 120  # of the mouse in one drag
# From the arrival of the data to the end of the frame that shows them.
WATCH_DRAWING = """
    const ask = window.fetch;
    window.fetch = async (...asked) => {
        const answer = await ask(...asked);
        if (!answer.url.includes("/board/data/")) return answer;
        const read = answer.text.bind(answer);
        answer.text = async () => {
            const text = await read();
            const begin = performance.now();
            requestAnimationFrame(() => setTimeout(() => (window.drawnIn ??= performance.now() - begin)));
            return text;
        };
        return answer;
    };
"""
WATCH_FRAMES = """
    window.frames_ = [];
    const note = (moment) => { window.frames_.push(moment); requestAnimationFrame(note); };
    requestAnimationFrame(note);
"""


def measure() -> dict[str, Any]:
    """The one request in ms, bytes and queries; drawing and dragging in ms on a processor `SLOWER` times slower."""
    with empty_clinic():
        user = full_day()
        figures: dict[str, Any] = {"by_practitioner": request(user, PEOPLE), "by_room": request(user, ROOMS)}
        # Playwright's loop runs in this thread, and the database is asked before and after.
        with serving(workers=1, threads=4, settings_module="config.settings.dev") as address, slow(address) as page:
            figures |= in_the_browser(page, address)
    return figures


def full_day() -> User:
    """600 visits of half an hour on `a_day`, each with a room; gives who looks at them."""
    say(f"Making {COLUMNS * VISITS} visits")
    location = LocationFactory(time_zone="UTC")
    service = ServiceFactory(room_kind=RoomKind.CONSULTATION)
    begin, _end = clock.day_bounds(a_day(), location.time_zone)
    for number in range(COLUMNS):
        doctor = WorkingPractitionerFactory(
            name_en=f"Dr. Salma Nasser {number}", services=[service], hours__location=location
        )
        room = RoomFactory(location=location)
        for place in range(VISITS):
            starts_at = begin + timedelta(hours=9, minutes=30 * place)
            visit = AppointmentFactory(
                practitioner=doctor,
                service=service,
                location=location,
                starts_at=starts_at,
            )
            ReservationFactory(
                resource=room,
                reason="appointment",
                appointment=visit,
                starts_at=visit.starts_at,
                ends_at=visit.ends_at,
            )
    return person("rania", role=Role.RECEPTIONIST)


def a_day() -> date:
    """Tomorrow: what is over cannot be dragged."""
    return clock.local_day(clock.now(), "UTC") + timedelta(days=1)


def request(user: User, by: str) -> dict[str, Any]:
    desk = Client(HTTP_HOST="localhost")
    desk.force_login(user)
    path = f"/admin/{BOARD}data/?day={a_day()}&by={by}"
    desk.get(path)  # the first one loads what is loaded once
    with CaptureQueriesContext(connection) as queries:
        answer = desk.get(path)
    asked_for = len(queries)  # before the next request clears them
    taken = [timed(lambda: desk.get(path)) for _ in range(ASKED)]
    return {
        "columns": len(answer.json()["columns"]),
        "blocks": len(answer.json()["blocks"]),
        "queries": asked_for,
        "bytes": len(answer.content),
        "gzip_bytes": len(gzip.compress(answer.content)),
        "median_ms": round(median(taken), 1),
    }


@contextmanager
def slow(address: str) -> Iterator[Page]:
    """The page of somebody who is signed in, on a processor as slow as that of an old desk."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        # The watching scripts are no part of the page that its policy knows.
        context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en", bypass_csp=True)
        context.add_init_script(WATCH_DRAWING)
        colleague = Colleague(context, site=address, language="en")
        colleague.signs_in("rania")
        context.new_cdp_session(colleague.page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        yield colleague.page
        browser.close()


def in_the_browser(page: Page, address: str) -> dict[str, Any]:
    page.goto(f"{address}/admin/{BOARD}?day={a_day()}")
    page.wait_for_function("window.drawnIn")
    shown = page.locator("a.iyada-block").count()
    drawn = page.evaluate("window.drawnIn")
    say(f"drawn in {drawn:.0f} ms")
    return {"drawn": shown, "drawn_ms": round(drawn), "drag": drag(page, page.context.new_cdp_session(page))}


def drag(page: Page, tool: CDPSession) -> dict[str, Any]:
    """A visit carried over the board and back. Work is that of the page in a frame, without waiting for the screen."""
    # Time of the processor, so that a busy moment of the machine does not count.
    tool.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.evaluate("document.querySelector('[data-scroll]').scrollTop = 0")
    box = page.locator("a.iyada-block").first.bounding_box()
    assert box
    x, y = box["x"] + 40, box["y"] + 10
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 10, y + 10)
    page.wait_for_selector(".iyada-block--carried")
    page.evaluate(WATCH_FRAMES)
    before = busy(tool)
    for end in ((x + 600, y + 350), (x + 40, y + 60)):
        page.mouse.move(*end, steps=STEPS // 2)
    worked = busy(tool) - before
    moments = page.evaluate("window.frames_")
    page.keyboard.press("Escape")
    page.mouse.up()
    gaps = [later - earlier for earlier, later in pairwise(moments)]
    return {
        "frames": len(gaps),
        "work_ms": round(worked * 1000 / len(gaps), 1),
        "median_frame_ms": round(median(gaps), 1),
        "longest_frame_ms": round(max(gaps), 1),
    }


def busy(tool: CDPSession) -> float:
    """Seconds that the page has worked until now."""
    metrics = tool.send("Performance.getMetrics")["metrics"]
    return float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


def table(figures: dict[str, Any]) -> str:
    lines = []
    for name in ("by_practitioner", "by_room"):
        row = figures[name]
        lines.append(
            f"{name.replace('_', ' '):16} {row['columns']} columns, {row['blocks']} blocks, {row['queries']} queries, "
            f"{row['bytes']:,} bytes ({row['gzip_bytes']:,} in gzip), {row['median_ms']} ms"
        )
    carried = figures["drag"]
    lines += [
        f"on a processor {SLOWER} times slower:",
        f"drawn            {figures['drawn']} visits in {figures['drawn_ms']} ms (goal 500)",
        f"dragging         {carried['work_ms']} ms of work in each of {carried['frames']} frames (goal 16)",
        f"                 median frame {carried['median_frame_ms']} ms, longest {carried['longest_frame_ms']} ms",
    ]
    return "\n".join(lines)
