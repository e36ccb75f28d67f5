"""The first view of a page is light enough for an old phone with one bar of signal, and does not jump."""

from collections import Counter

import pytest
from playwright.sync_api import Browser

from tests.browser.whole.clinic import SETTLED, StarterClinic

FIRST_VIEW = 150 * 1024  # bytes over the wire, fonts among them
SCRIPTS = 30 * 1024
STILL = 0.02  # of the cumulative layout shift, of which 0.1 is called good
SHIFTS = """
    () => new Promise(resolve => {
        let sum = 0;
        new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value; })
            .observe({type: "layout-shift", buffered: true});
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
    })
"""


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_first_view_of_each_kind_of_page_is_light(clinic: StarterClinic, chromium: Browser, language: str) -> None:
    faults = []
    for place in clinic.places():
        if place.language != language:
            continue
        weights, shift = first_view(chromium, f"{clinic.address}{place.path}")
        if sum(weights.values()) > FIRST_VIEW or weights["Script"] > SCRIPTS:
            faults.append(f"{place.path} weighs {dict(weights)}")
        if shift > STILL:
            faults.append(f"{place.path} jumps by {shift:.3f}")
    assert not faults, "\n".join(faults)


def first_view(chromium: Browser, address: str) -> tuple[Counter[str], float]:
    """Bytes over the wire by kind of resource, as Chromium counts them, and the layout shift, of a first visit."""
    context = chromium.new_context(viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True)
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    kinds: dict[str, str] = {}
    weights: Counter[str] = Counter()
    wire.on("Network.responseReceived", lambda event: kinds.update({event["requestId"]: event["type"]}))
    wire.on(
        "Network.loadingFinished",
        lambda event: weights.update({kinds.get(event["requestId"], "Other"): int(event["encodedDataLength"])}),
    )
    page.goto(address, wait_until="load")
    page.wait_for_function(SETTLED)
    shift = float(page.evaluate(SHIFTS))
    context.close()
    return weights, shift
