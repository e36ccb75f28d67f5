"""Where a link leads: exactly one of a page, a part of the site, an address and a phone number."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.models import Page

from clinic.lib.phone import to_e164
from content.routes import route_choices

TARGETS = ("page", "route", "address", "phone")


class Targets:
    """The pages of links that are read together: loaded in one query when the first of them is looked at."""

    def __init__(self, keys: Iterable[int]) -> None:
        self.keys = set(keys)

    @cached_property
    def pages(self) -> dict[int, Page]:
        return Page.objects.in_bulk(self.keys)


class LinkValue(blocks.StructValue):
    """A link whose page is loaded when it is looked at. `page_pk` is known without: visitors are shown translations."""

    targets: Targets | None = None
    page_pk: int | None = None

    def await_page(self, pk: int, targets: Targets) -> None:
        self.page_pk, self.targets = pk, targets

    def _load(self) -> None:
        if self.targets and self.page_pk:
            self["page"] = self.targets.pages.get(self.page_pk)

    def __setitem__(self, key: str, value: Any) -> None:
        if key == "page":
            self.targets = self.page_pk = None
        super().__setitem__(key, value)

    def __getitem__(self, key: str) -> Any:
        if key == "page":
            self._load()
        return super().__getitem__(key)

    def get(self, key: str, default: Any = None) -> Any:
        if key == "page":
            self._load()
        return super().get(key, default)

    def items(self) -> Any:
        self._load()
        return super().items()

    def values(self) -> Any:
        self._load()
        return super().values()

    def __eq__(self, other: object) -> bool:
        self._load()
        if isinstance(other, LinkValue):
            other._load()
        return bool(super().__eq__(other))

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = None  # type: ignore[assignment]


class LinkBlock(blocks.StructBlock):
    """Label and target. An empty label shows the title of the page in the reader's language."""

    label = blocks.CharBlock(
        label=_("Label"),
        required=False,
        default="",
        max_length=60,
        help_text=_("Leave empty to show the title of the page."),
    )
    page = blocks.PageChooserBlock(label=_("Page"), required=False)
    route = blocks.ChoiceBlock(label=_("Part of the site"), choices=route_choices, required=False, default="")
    address = blocks.URLBlock(
        label=_("Web address"), required=False, default="", help_text=_("As in https://example.org")
    )
    phone = blocks.CharBlock(label=_("Phone"), required=False, default="", max_length=24)

    class Meta:
        required = True
        value_class = LinkValue
        icon = "link"
        label = _("Link")
        label_format = "{label} {page} {route} {address} {phone}"
        preview_value = {"label": _("Book an appointment"), "route": "book"}

    def to_python(self, value: Mapping[str, Any]) -> blocks.StructValue:
        return self.bulk_to_python([value])[0]

    def bulk_to_python(self, values: list[Mapping[str, Any]]) -> list[blocks.StructValue]:
        """What is stored, with its pages not loaded yet."""
        targets = Targets(key for value in values if (key := value.get("page")))
        links: list[blocks.StructValue] = super().bulk_to_python([{**value, "page": None} for value in values])
        for link, value in zip(links, values, strict=True):
            if key := value.get("page"):
                link.await_page(key, targets)
        return links

    def clean(self, value: Mapping[str, Any]) -> blocks.StructValue:
        cleaned = super().clean(value)
        given = [target for target in TARGETS if cleaned.get(target)]
        if not given:
            if self.meta.required and not self.is_deferred_validation:
                raise StructBlockValidationError(
                    non_block_errors=[ValidationError(_("Choose a page, a part of the site, an address or a phone."))]
                )
            return cleaned
        if len(given) > 1:
            fault = ValidationError(_("A link leads to one place only: leave the other fields empty."))
            raise StructBlockValidationError(dict.fromkeys(given[1:], fault))
        if given == ["address"] and not cleaned.get("label"):
            raise StructBlockValidationError({"label": ValidationError(_("Say in words where the address leads."))})
        if given == ["phone"]:
            try:
                cleaned["phone"] = to_e164(cleaned["phone"])
            except ValidationError as fault:
                raise StructBlockValidationError({"phone": fault}) from None
        return cleaned


class FooterLinkBlock(LinkBlock):
    """A link with a key by which programs find it, as in "privacy"."""

    key = blocks.RegexBlock(
        r"^[a-z0-9-]{1,40}$",
        label=_("Key"),
        required=False,
        default="",
        help_text=_("A name for programs, of small letters, digits and hyphens; the same in both languages."),
        error_messages={"invalid": _("Use small letters, digits and hyphens.")},
    )

    class Meta:
        label = _("Footer link")
