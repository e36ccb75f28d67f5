"""All pages below the home pages, published in both languages and tied to each other."""

from functools import cache

from wagtail.models import Locale, Page

from home.models import HomePage
from home.starter.files import data_names, read_data
from home.starter.homes import fill_homes, load_homes
from home.starter.kinds import FOLDERS, Entry, set_linked_fields, set_plain_fields
from home.starter.ledger import Ledger, stable_id
from home.starter.library import Library
from home.starter.locales import load_locales
from home.starter.people import Moment
from home.starter.streams import Streams

Created = list[tuple[str, Entry, Page]]


def load_pages(ledger: Ledger, *, moment: Moment) -> None:
    """Create each page that was never loaded, then fill in and publish what was created.

    First all pages, then their words: pages link to each other.
    """
    locales = load_locales()
    homes = load_homes(ledger, locales)
    created: Created = []
    for entry in entries():
        if not entry.is_demo:
            created += create(ledger, entry, homes, moment=moment)
    pages, library = {language: page_ids(locale) for language, locale in locales.items()}, Library(ledger)
    fresh = fill_homes(ledger, homes, library=library, pages=pages)
    for language, entry, page in created:
        set_linked_fields(page, entry, Streams(language, pages=pages[language], images=library))
        publish(page)
    for home in fresh:
        publish(home)


@cache
def entries() -> tuple[Entry, ...]:
    """Every page of the seed files: parents before their children, in the order in which they stand."""
    found = [
        Entry(folder, file.removeprefix("pages/"), read_data(file)) for folder in FOLDERS for file in data_names(folder)
    ]
    return tuple(sorted(found, key=lambda entry: (entry.parent != "", int(entry.data.get("order", 0)))))


def create(ledger: Ledger, entry: Entry, homes: dict[str, HomePage | None], *, moment: Moment) -> Created:
    """The pages of `entry` as drafts without a body; none where it was loaded before or where its parent is gone."""
    if ledger.has(entry.key):
        return []
    made: Created = []
    if not Page.objects.filter(translation_key=stable_id(entry.key)).exists():
        for language, home in homes.items():
            parent = parent_of(entry, home) if home and language in entry.languages else None
            if parent:
                page = entry.model(locale=parent.locale, translation_key=stable_id(entry.key), live=False)
                page.slug = entry.name.rpartition("/")[2]
                if set_plain_fields(page, entry, language, today=moment.today):
                    made.append((language, entry, parent.add_child(instance=page)))
    ledger.write([entry.key], created=len(made))
    return made


def parent_of(entry: Entry, home: HomePage) -> Page | None:
    if not entry.parent:
        return Page.objects.get(pk=home.pk)
    return Page.objects.filter(locale=home.locale, translation_key=stable_id(f"page:{entry.parent}")).first()


def page_ids(locale: Locale) -> dict[str, int]:
    """The ids of the pages of one language, by name as the seed files call them."""
    names = {stable_id(entry.key): entry.name for entry in entries()}
    found = Page.objects.filter(locale=locale, translation_key__in=names)
    return {names[page.translation_key]: page.pk for page in found}


def publish(page: Page) -> None:
    """Check `page` as its editor would and publish it. Raises `ValidationError` for a wrong seed file."""
    page.refresh_from_db(fields=["numchild"])  # it may have got children since it was made
    page.full_clean()
    page.save_revision().publish()
