"""What kind of page a seed file describes, and how its entries become fields."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Field, ForeignKey
from wagtail.fields import StreamField
from wagtail.models import Page

from content import models as content
from content.models import ClinicImage, FormField, FormPage
from home.starter.streams import Streams

# Folders of `site/seed/`, and of what kind their pages are where a file does not say it.
FOLDERS = {
    "pages": "StandardPage",
    "services": "ServicePage",
    "doctors": "DoctorPage",
    "locations": "LocationPage",
    "news": "ArticlePage",
    "health": "HealthTopicPage",
}
KINDS = {
    "contact": "ContactPage",
    "doctors-index": "DoctorsIndexPage",
    "faq": "FaqPage",
    "form": "FormPage",
    "health-index": "HealthIndexPage",
    "legal": "LegalPage",
    "locations-index": "LocationsIndexPage",
    "news-index": "NewsIndexPage",
    "services-index": "ServicesIndexPage",
}
# Entries that are no fields of their page.
ABOUT_THE_FILE = {"kind", "order", "parent", "languages", "state", "form_fields", "slug"}


@dataclass(frozen=True, slots=True)
class Entry:
    """A page of the seed files: `name` as links call it ("about", "news/flu"), `data` as it stands in its file."""

    folder: str
    name: str
    data: Mapping[str, Any]

    @property
    def key(self) -> str:
        return f"page:{self.name}"

    @property
    def type_name(self) -> str:
        return KINDS[self.data["kind"]] if "kind" in self.data else FOLDERS[self.folder]

    @property
    def model(self) -> type[Page]:
        found: type[Page] = getattr(content, self.type_name)
        return found

    @property
    def parent(self) -> str:
        """The name of the page above; empty for the home page."""
        return str(self.data.get("parent", "" if self.folder == "pages" else self.folder))

    @property
    def languages(self) -> list[str]:
        return list(self.data.get("languages", ["en", "ar"]))

    @property
    def is_demo(self) -> bool:
        """Whether it shows a state that only a demonstration wants, as a draft."""
        return "state" in self.data


def needs_other_pages(field: Field[Any, Any]) -> bool:
    return isinstance(field, StreamField) or (
        isinstance(field, ForeignKey) and issubclass(field.related_model, Page | ClinicImage)
    )


def set_plain_fields(page: Page, entry: Entry, language: str, *, today: date) -> bool:
    """Words, days (counted from `today`) and rows of the directory; False where such a row is gone."""
    for name, value in entry.data.items():
        if name in ABOUT_THE_FILE:
            continue
        field = page._meta.get_field(name)
        if needs_other_pages(field):
            continue
        if isinstance(field, ForeignKey):
            model: Any = field.related_model  # of the directory, whose rows all have a slug
            row = model.objects.filter(slug=value).first()
            if row is None and not field.null:
                return False
            setattr(page, name, row)
        elif isinstance(field, DateField):
            setattr(page, name, today + timedelta(days=value))
        else:
            setattr(page, name, value.get(language, "") if isinstance(value, dict) else value)
    return True


def set_linked_fields(page: Page, entry: Entry, streams: Streams) -> None:
    """Bodies, pictures and links: when every page exists."""
    for name, value in entry.data.items():
        if name in ABOUT_THE_FILE or not needs_other_pages(field := page._meta.get_field(name)):
            continue
        if isinstance(field, StreamField):
            setattr(page, name, streams.build(f"{entry.key}:{name}", value))
        elif issubclass(field.related_model, ClinicImage):
            setattr(page, name, streams.images[value])
        else:
            setattr(page, f"{name}_id", streams.pages.get(value))
    if isinstance(page, FormPage):
        page.form_fields = [
            FormField(
                sort_order=number,
                **{part: each.get(streams.language) if isinstance(each, dict) else each for part, each in row.items()},
            )
            for number, row in enumerate(entry.data["form_fields"])
        ]
