"""The starter clinic, running: its addresses, its staff, and one page of each kind."""

import json
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.faults.site import SupervisedSite

LANGUAGES = ("en", "ar")
SETTLED = "() => document.fonts.status === 'loaded' && !document.querySelector('[aria-busy=true]')"
# The steps of a booking and what no tree of pages knows, below the language.
VIEWS = (
    "doctors/?language=ar",
    "doctors/?language=ar&order=soonest",
    "search/?q=heart",
    "search/?q=xyzzy",
    "book/",
    "book/family-consultation/month/",
    "book/family-consultation/day/",
    "book/family-consultation/waitlist/",
    "widget/family-consultation/",
    "no-such-page/",
)

ONE_PAGE_OF_EACH_TYPE = """
    SELECT DISTINCT ON (locale.language_code, type.model) locale.language_code, type.model, page.url_path
    FROM wagtailcore_page page
    JOIN wagtailcore_locale locale ON locale.id = page.locale_id
    JOIN django_content_type type ON type.id = page.content_type_id
    WHERE page.live AND page.depth > 1
    ORDER BY locale.language_code, type.model, page.depth, page.path
"""


@dataclass(frozen=True, slots=True)
class Place:
    """An address of the public site: `kind` is the model of a page, or the path of a view."""

    language: str
    kind: str
    path: str


class StarterClinic:
    def __init__(self, site: SupervisedSite) -> None:
        self.site = site
        self.address = f"http://localhost:{site.port}"

    def password(self, username: str) -> str:
        """As the first start has made it for this machine."""
        accounts = json.loads((self.site.data_dir / "accounts.json").read_text())
        return next(str(account["password"]) for account in accounts if account["username"] == username)

    def show(self, page: Page, path: str) -> None:
        """Open the page and wait until nothing more will come: fonts, and free times that are fetched into it."""
        page.goto(f"{self.address}{path}", wait_until="load")
        page.wait_for_function(SETTLED)

    def pages(self) -> list[Place]:
        """One published page of each type in each language, whatever types there are."""
        rows = self.site.query(ONE_PAGE_OF_EACH_TYPE)
        # The first part of a stored path is the root of the tree, which the address calls by its language.
        return [
            Place(str(language), str(model), f"/{language}/{str(path).split('/', 2)[2]}")
            for language, model, path in rows
        ]

    def views(self) -> list[Place]:
        return [Place(language, view, f"/{language}/{view}") for language in LANGUAGES for view in VIEWS]

    def places(self) -> list[Place]:
        return [*self.pages(), *self.views()]
