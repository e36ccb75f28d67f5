"""The pictures of the documents, taken from the starter clinic.

`./run test tests/browser/whole -k "is_taken" --keep-screens -n 0` writes them into `docs/img/`; without the
option they are taken and thrown away, which shows that they could be.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.whole.clinic import StarterClinic
from tests.browser.whole.people import DESKTOP, PHONE, Writer, writer
from tests.browser.whole.pictures import take


@dataclass(frozen=True, slots=True)
class Screen:
    """What a visitor sees at `path`; `options` are those of a browser's context."""

    name: str
    path: str
    options: dict[str, Any] = field(default_factory=dict)


SCREENS = [
    Screen("home-en", "/en/", {"viewport": DESKTOP}),
    Screen("home-ar", "/ar/", {"viewport": DESKTOP}),
    Screen("home-ar-dark", "/ar/", {"viewport": PHONE, "device_scale_factor": 2, "color_scheme": "dark"}),
    Screen("doctor-en", "/en/doctors/layla-haddad/", {"viewport": DESKTOP}),
    Screen("article-ar", "/ar/news/flu-vaccination/", {"viewport": DESKTOP}),
    Screen("health-en", "/en/health/fever-in-children/", {"viewport": DESKTOP}),
]
A_TRANSLATED_PAGE = """
    SELECT source.id, translation.id FROM wagtailcore_page source
    JOIN wagtailcore_page translation USING (translation_key)
    WHERE source.slug = %s AND source.locale_id < translation.locale_id
"""


@pytest.mark.usefixtures("prepared")
@pytest.mark.parametrize("screen", SCREENS, ids=lambda screen: screen.name)
def test_what_visitors_see_is_taken(clinic: StarterClinic, chromium: Browser, folder: Path, screen: Screen) -> None:
    context = chromium.new_context(reduced_motion="reduce", **screen.options)
    page = context.new_page()
    answer = page.goto(f"{clinic.address}{screen.path}")
    assert answer
    assert answer.status == 200
    take(page, folder / f"{screen.name}.webp")
    context.close()


@pytest.fixture
def lina(clinic: StarterClinic, chromium: Browser) -> Iterator[Writer]:
    """The publisher, at her desk."""
    with writer(chromium, clinic, "publisher") as person:
        yield person


def first_page(lina: Writer, clinic: StarterClinic) -> None:
    lina.opens("")


def translation_panel(lina: Writer, clinic: StarterClinic) -> None:
    lina.opens(f"pages/{a_translated_page(clinic)[0]}/edit/")
    expect(lina.opens_the_panel("translation")).to_contain_text("Arabic")


def side_by_side(lina: Writer, clinic: StarterClinic) -> None:
    lina.opens(f"translation/wagtailcore.page/{a_translated_page(clinic)[1]}/beside/")
    expect(lina.page.locator(".beside__pair").first).to_be_visible()


def content_report(lina: Writer, clinic: StarterClinic) -> None:
    lina.opens("reports/attention/")
    expect(lina.page.locator("main table")).to_be_visible()


def translation_report(lina: Writer, clinic: StarterClinic) -> None:
    lina.opens("translation/")


def a_translated_page(clinic: StarterClinic) -> tuple[object, ...]:
    return clinic.site.query(A_TRANSLATED_PAGE, "your-visit")[0]


@pytest.mark.parametrize(
    ("name", "goes_there"),
    [
        ("editor-first-page", first_page),
        ("editor-translation", translation_panel),
        ("editor-side-by-side", side_by_side),
        ("editor-content-report", content_report),
        ("editor-translation-report", translation_report),
    ],
)
def test_what_editors_see_is_taken(
    clinic: StarterClinic, lina: Writer, folder: Path, name: str, goes_there: Callable[[Writer, StarterClinic], None]
) -> None:
    goes_there(lina, clinic)
    take(lina.page, folder / f"{name}.webp")
