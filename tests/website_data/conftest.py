from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile

from clinic.accounts.enums import Scope
from clinic.accounts.keys import make_key
from home.models import Partner
from home.website_data.store import KEYS, hits_key
from tests.factories.content import ClinicImageFactory
from tests.factories.home import PartnerFactory
from tests.home.website import Website, open_website

HERO = {
    "title": "Good care",
    "text": "Find a doctor.",
    "button": {"label": "Book", "route": "book"},
    "image": None,
}


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    yield
    cache.delete_many([*KEYS, *map(hits_key, KEYS)])


@pytest.fixture
def website(db: None) -> Website:
    cache.delete_many([*KEYS, *map(hits_key, KEYS)])
    site = open_website()
    link = {"type": "link", "value": {"label": "Doctors", "route": "doctors"}}
    about = {"type": "link", "value": {"label": "Ministry", "address": "https://moh.example/"}}
    group = {"type": "group", "value": {"label": "More", "links": [item(about["value"])], "sections": []}}
    foot = {"label": "Doctors", "route": "doctors", "key": "doctors"}
    site.show(menu=[link, group], footer=[{"type": "column", "value": {"heading": "Clinic", "links": [item(foot)]}}])
    home = site.homes["en"]
    home.hero = [("hero", HERO)]
    home.search_description = "A clinic in Amman."
    home.save_revision().publish()
    return site


def item(value: dict[str, Any]) -> dict[str, Any]:
    return {"type": "item", "value": value, "id": "6f1c0a39-0f5b-4a3a-9f0a-6c2a5d1f0b11"}


@pytest.fixture
def partner(website: Website) -> Partner:
    logo = ClinicImageFactory.create(
        file=ContentFile(b'<svg xmlns="http://www.w3.org/2000/svg"/>', name="logo.svg"), width=4, height=2
    )
    return PartnerFactory.create(name="Takaful", logo=logo, url="https://takaful.example/")


@pytest.fixture
def key(db: None) -> str:
    return make_key(name="Kiosk", scopes=[Scope.REBUILD_WEBSITE_DATA], expires_at=None, by=None)[1]
