"""Everybody gets through: small screens, large text, keyboards, still screens and colours of one's own."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.whole.clinic import StarterClinic

WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
CUT_OFF = """
    () => [...document.querySelectorAll("main h1, main h2, main h3, main p, main li, main a, main button, header a")]
        .filter(each => {
            const style = getComputedStyle(each);
            return style.overflow !== "visible" && style.clip === "auto" && style.clipPath === "none"
                && each.clientWidth > 0 && each.scrollWidth > each.clientWidth + 1;
        }).map(each => each.outerHTML.slice(0, 120))
"""
MOVING = """
    () => document.getAnimations().filter(each => each.effect.getComputedTiming().duration > 10)
        .map(each => each.animationName || each.transitionProperty)
"""
FOCUS = """
    () => {
        const element = document.activeElement;
        if (!element || element === document.body) return null;
        const shown = node => {
            const style = getComputedStyle(node);
            return style.outlineStyle !== "none" && style.outlineWidth !== "0px";
        };
        const box = element.getBoundingClientRect();
        const x = Math.min(Math.max(box.x + box.width / 2, 1), innerWidth - 2);
        const y = Math.min(Math.max(box.y + Math.min(box.height, innerHeight) / 2, 1), innerHeight - 2);
        const top = document.elementFromPoint(x, y);
        return {
            words: element.outerHTML.slice(0, 120),
            outlined: shown(element) || [...document.querySelectorAll(":has(:focus-visible)")].some(shown),
            visible: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
            covered: !top || !(
                element.contains(top) || top.contains(element) || top.closest("label")?.control === element
            ),
            index: [...document.querySelectorAll("*")].indexOf(element),
        };
    }
"""


# Width in pixels, size of text in percent, and what that is.
SCREENS = ((320, 100, "a screen of 320 pixels"), (640, 100, "a zoom of 200 %"), (640, 200, "text of twice the size"))


def test_nothing_is_cut_off_or_scrolls_sideways(clinic: StarterClinic, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    faults = []
    for place in clinic.places():
        clinic.show(page, place.path)
        for width, text, screen in SCREENS:
            page.set_viewport_size({"width": width, "height": 640})
            page.evaluate(f"document.documentElement.style.fontSize = '{text}%'")
            if (wider := page.evaluate(WIDER)) > 0:
                faults.append(f"{place.path}: {wider} px too wide on {screen}")
            faults += [f"{place.path}: cut off on {screen}: {words}" for words in page.evaluate(CUT_OFF)]
    context.close()
    assert not faults, "\n".join(faults)


# Colours of one's own change no order, and the styles of both languages are the same.
@pytest.mark.parametrize(("forced_colors", "languages"), [("none", ["en", "ar"]), ("active", ["ar"])])
def test_the_keyboard_reaches_everything_in_order_and_shows_where_it_is(
    clinic: StarterClinic, chromium: Browser, forced_colors: str, languages: list[str]
) -> None:
    context = chromium.new_context(
        viewport={"width": 1280, "height": 800}, forced_colors=forced_colors, reduced_motion="reduce"
    )
    page = context.new_page()
    faults: list[str] = []
    for place in clinic.pages():
        if place.language not in languages:
            continue
        clinic.show(page, place.path)
        faults += [f"{place.path}: {fault}" for fault in faults_of_the_round(page)]
    context.close()
    assert not faults, "\n".join(faults)


def faults_of_the_round(page: Page) -> list[str]:
    """Press the tabulator once through the page; what is not seen, hidden behind something, or out of order."""
    faults, last = [], -1
    for _press in range(200):
        page.keyboard.press("Tab")
        focus = page.evaluate(FOCUS)
        if focus is None or focus["index"] <= last:
            if focus and last >= 0 and focus["index"] > 60:
                faults.append(f"out of order: {focus['words']}")
            return faults
        last = focus["index"]
        faults += [f"{name}: {focus['words']}" for name in ("outlined", "visible") if not focus[name]]
        faults += [f"covered: {focus['words']}"] if focus["covered"] else []
    return [*faults, "the round does not end"]


def test_nothing_moves_for_those_who_asked_for_stillness(clinic: StarterClinic, chromium: Browser) -> None:
    context = chromium.new_context(viewport={"width": 390, "height": 844}, reduced_motion="reduce")
    page = context.new_page()
    faults = []
    for place in clinic.places():
        page.goto(f"{clinic.address}{place.path}")
        page.hover("main a, main button")
        faults += [f"{place.path}: {name} moves" for name in page.evaluate(MOVING)]
    context.close()
    assert not faults, "\n".join(faults)
