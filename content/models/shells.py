"""Pages about rows of the directory. What can be booked is the row; a page only adds words to it (decision 0026)."""

from typing import Any, ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from content.blocks import BodyBlock
from content.models.editorial import EditorialPage
from content.outline import parts_of


class WordsPage(EditorialPage):
    """An introduction and a body around what the directory says."""

    reserved = frozenset()  # these are the pages of those addresses

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    body = StreamField(BodyBlock(), verbose_name=_("body"), blank=True)

    class Meta:
        abstract = True

    @property
    def parts(self) -> list[Any]:
        return parts_of(self.body)


class ListPage(WordsPage):
    """The one list of its kind in a language, at an address that never changes."""

    fixed_slug: ClassVar[str]

    parent_page_types = ["home.HomePage"]
    max_count_per_parent = 1
    content_panels = [*EditorialPage.content_panels, FieldPanel("introduction"), FieldPanel("body")]

    class Meta:
        abstract = True

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.slug = self.fixed_slug
        super().full_clean(*args, **kwargs)


class RowPage(WordsPage):
    """The words of one language about one row, which gives the page its title and its address.

    `row_field` names the key to the row. `language` repeats the locale of the page, which stands in another table,
    so that the database can see that there is one page of a row in a language.
    """

    row_field: ClassVar[str]

    language = models.CharField(_("language"), max_length=10, editable=False)

    subpage_types: ClassVar[list[str]] = []

    class Meta:
        abstract = True

    @property
    def row(self) -> Any:
        return getattr(self, self.row_field) if getattr(self, f"{self.row_field}_id") else None

    def follow_row(self) -> None:
        """Take title, address and language from the row and the tree."""
        self.language = self.locale.language_code if self.locale_id else ""
        if self.row:
            with override(self.language or None):
                self.title = self.draft_title = self.row.name
            self.slug = self.row.slug

    def full_clean(self, *args: Any, **kwargs: Any) -> None:
        self.follow_row()
        super().full_clean(*args, **kwargs)

    def save(self, *args: Any, **kwargs: Any) -> Any:
        if not kwargs.get("update_fields"):
            self.follow_row()
        return super().save(*args, **kwargs)


def row_panels(name: str) -> list[Any]:
    """The panels of a page whose title comes from its row."""
    return [FieldPanel(name), FieldPanel("introduction"), FieldPanel("body")]


def one_page_each(name: str, constraint: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=[name, "language"],
        name=constraint,
        violation_error_message=_("There is a page about this in this language already."),
    )
