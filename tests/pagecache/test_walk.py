"""Each kind of page is stored in both languages, and each table that it reads makes it old when a row changes.

Walked over what there is: a new page type, or a new public address, is asked for here by itself, or this test
fails. Where a changed row has words, and the page shows them, the next request shows the new ones.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db.models import CharField, Field, Model, TextField
from django.urls import URLPattern, get_resolver, reverse
from django.utils.translation import override
from wagtail.models import Page, get_page_models

from content.pagecache.tables import UNSEEN_COLUMNS
from home.models import HomePage
from tests.factories import content as factories
from tests.factories.directory import ServiceFactory, WorkingPractitionerFactory
from tests.factories.home import AnnouncementFactory, PartnerFactory
from tests.home.website import Website
from tests.pagecache.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)
PREFIX = "iyada:pages:entry:http://testserver"
WORD = "Zanzibar"
# A form is for one visitor: its token is his.
NOT_STORED = {"FormPage"}
VIEWS = {"booking:doctors", "booking:doctor", "booking:services", "booking:service"}
# The other addresses under a language, and why they are not in the walk.
OTHER_VIEWS = {
    "wagtail_serve": "the pages of the walk",
    **dict.fromkeys(("booking:doctor_times", "booking:next_free", "booking:month", "booking:day"), "free times"),
    **dict.fromkeys(("booking:widget", "booking:widget_times"), "free times in the frame of another site"),
    **dict.fromkeys(("booking:start", "booking:times", "booking:hold", "booking:details"), "one visitor's booking"),
    **dict.fromkeys(("booking:visit", "booking:calendar", "booking:cancel"), "one visitor's visit"),
    **dict.fromkeys(("booking:confirm", "booking:move"), "one visitor's visit"),
    **dict.fromkeys(("booking:waitlist", "booking:waiting", "booking:offer"), "one visitor's place in the waitlist"),
    "booking:feed": "one practitioner's calendar",
    **dict.fromkeys(("search:results", "search:suggestions"), "one visitor's words"),
    **dict.fromkeys(("wagtailcore_authenticate_with_password", "wagtailcore_login"), "forms"),
}


def page_factories() -> dict[type[Page], Any]:
    return {
        each._meta.model: each
        for each in vars(factories).values()
        if isinstance(each, type)
        and hasattr(each, "_meta")
        and each._meta.model
        and issubclass(each._meta.model, Page)
        and each.__module__ == factories.__name__
    }


def public_views() -> Iterator[str]:
    """The name of each address under a language."""

    def walk(patterns: Any, place: str, space: str) -> Iterator[tuple[str, str]]:
        for each in patterns:
            here = f"{place}{each.pattern}"
            if isinstance(each, URLPattern):
                yield here, f"{space}{each.name}"
            else:
                yield from walk(each.url_patterns, here, f"{each.namespace}:" if each.namespace else space)

    for place, name in walk(get_resolver().url_patterns, "", ""):
        if place.startswith("en/"):
            yield name


def in_order(models: Any) -> list[type[Page]]:
    """Parents first."""
    waiting, ready = list(models), [HomePage]
    while waiting:
        fit = [each for each in waiting if set(each.allowed_parent_page_models()) & {*ready, Page}]
        assert fit, waiting
        ready += fit
        waiting = [each for each in waiting if each not in fit]
    return ready[1:]


def open_whole_site(website: Website) -> tuple[list[str], set[str]]:
    """The addresses of one page of each type and of the views, in both languages; and the types without factory."""
    AnnouncementFactory(message="Closed on Friday", live=True)
    PartnerFactory(live=True)
    doctor, service = WorkingPractitionerFactory(slug="dr-walk"), ServiceFactory(slug="a-walk")
    doctor.services.set([service])
    doctor.save()
    rows = {"DoctorPage": {"practitioner": doctor}, "ServicePage": {"service": service}}
    made: dict[type[Page], Page] = {HomePage: website.homes["en"]}
    made_by = page_factories()
    pages: list[Page] = [*website.homes.values()]
    for model in in_order(set(made_by) - {HomePage}):
        parents = [made[each] for each in model.allowed_parent_page_models() if each in made]
        parent = parents[0] if parents else None
        fields = rows.get(model.__name__, {})
        slug = getattr(model, "fixed_slug", f"walk-{len(made)}")
        page: Page = website.page(slug, factory=made_by[model], parent=parent, **fields)
        made[model] = page
        if model.__name__ not in NOT_STORED:
            pages += [page, website.translate(page)]
    addresses = [page.specific.get_full_url() for page in pages]
    for language in ("en", "ar"):
        with override(language):
            addresses += [reverse("booking:doctors"), reverse("booking:services")]
            addresses += [reverse("booking:doctor", args=["dr-walk"]), reverse("booking:service", args=["a-walk"])]
    lacking = {model.__name__ for model in get_page_models() if model is not Page} - {each.__name__ for each in made}
    return list(dict.fromkeys(address.removeprefix("http://testserver") for address in addresses)), lacking


def tables_of(memory: Any, address: str) -> set[str]:
    stamp = memory.hget(f"{PREFIX}{address}", "stamp").decode()
    return {line.split()[0].removeprefix("t:") for line in stamp.splitlines() if line.startswith("t:")}


def touch(model: type[Model]) -> bool:
    """Write a column of a row that readers may see, with the value that it has; whether there is a row."""
    row = model._base_manager.first()
    if row is None:
        return False
    names = [field for field in model._meta.local_fields if isinstance(field, Field) and not field.primary_key]
    field = next((each for each in names if each.column not in UNSEEN_COLUMNS), model._meta.pk)
    model._base_manager.filter(pk=row.pk).update(**{field.name: getattr(row, field.attname)})
    return True


def words_of(row: Model, shown: str) -> dict[str, str]:
    """The columns of words of `row` whose value stands in the page `shown`, with that value."""
    found = {}
    for field in row._meta.local_fields:
        words = type(field) in (CharField, TextField) and not field.choices and not field.unique
        value = getattr(row, field.attname) if words and field.column not in UNSEEN_COLUMNS else None
        if isinstance(value, str) and " " in value and value in shown:
            found[field.name] = value
    return found


def test_every_public_address_is_in_the_walk_or_has_a_reason_not_to_be() -> None:
    assert set(public_views()) == VIEWS | set(OTHER_VIEWS)


def test_every_kind_of_page_is_stored_and_becomes_old_with_each_table_that_it_reads(
    website: Website, visitor: Visitor, memory: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG", "content.pagecache.front")  # says why a page was not stored
    addresses, lacking = open_whole_site(website)
    assert lacking == set(), "these page types have no factory in tests/factories/content.py"
    for address in addresses * 2:  # the first round may make rows, as those of settings
        visitor.get(address)
    shown: dict[str, str] = {}
    for address in addresses:
        answer = visitor.get(address)
        reasons = [each for each in caplog.messages if each.startswith("Not stored")]
        assert (answer.status, answer.cache) == (200, "hit"), (address, reasons)
        shown[address] = answer.text
    read = {address: tables_of(memory, address) for address in addresses}
    by_table = {model._meta.db_table: model for model in apps.get_models(include_auto_created=True)}
    untouched, seen = set(), set()
    for table in sorted(set().union(*read.values()) & set(by_table)):
        model = by_table[table]
        if not touch(model):
            untouched.add(table)
            continue
        for address in addresses:
            expected = "miss" if table in read[address] else "hit"
            assert visitor.get(address).cache == expected, (table, address)
    for table in sorted(set(by_table) & set().union(*read.values()) - untouched):
        readers = [address for address in addresses if table in read[address]]
        if any(new_words_are_shown(by_table[table], visitor, address, shown[address]) for address in readers):
            seen.add(table)
    # Every page shows its own table, and the frame's.
    assert "wagtailcore_page" not in untouched
    assert all("home_sitenavigation" in tables for tables in read.values())
    # That words were looked for at all: titles, introductions, the banner, doctors, services.
    assert {"home_announcement", "directory_practitioner", "directory_service"} <= seen, seen


def new_words_are_shown(model: type[Model], visitor: Visitor, address: str, shown: str) -> bool:
    """Change each column of words of a row that the page shows, one by one; whether it then shows the new ones.

    All rows that say the same are changed, as the two languages of a page do here. Where the old words stay, the
    page has them from another table, as the name of a doctor, which his page repeats for the tree.
    """
    candidates: Any = (words_of(row, shown) for row in model._base_manager.all())
    found: dict[str, str] = next(filter(None, candidates), {})
    seen = False
    for name, value in found.items():
        visitor.get(address)
        model._base_manager.filter(**{name: value}).update(**{name: WORD})
        answer = visitor.get(address)
        assert answer.cache == "miss", (model, name, address)
        assert WORD in answer.text or value in answer.text, (model, name, value, address)
        seen = seen or WORD in answer.text
        model._base_manager.filter(**{name: WORD}).update(**{name: value})
    return seen
