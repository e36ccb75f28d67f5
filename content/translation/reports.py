"""The report "Translation status": a row for each subject and each language that it was not written in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from typing import Any

import django_filters
from django.forms import CheckboxSelectMultiple
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, get_page_models
from wagtail.permissions import page_permission_policy

from content.translation.panels import address
from content.translation.permits import languages_to_add, may
from content.translation.statuses import LANGUAGES, Status, subjects_of, translated_models


@dataclass(frozen=True, slots=True)
class Row:
    source: Any
    translation: Any | None
    code: str
    status: Status
    label: str  # of the model, as in the filter
    may_start: bool
    may_edit: bool

    @property
    def title(self) -> str:
        return self.source.get_admin_display_title() if isinstance(self.source, Page) else str(self.source)

    @property
    def kind(self) -> str:
        model = self.source.cached_content_type.model_class() if isinstance(self.source, Page) else type(self.source)
        return capfirst(str((model or Page)._meta.verbose_name))

    @property
    def language(self) -> str:
        return str(LANGUAGES[self.code])

    @property
    def status_text(self) -> str:
        return str(self.status.label)

    @property
    def next(self) -> str:
        """The address of the next step that this person may take; empty where there is none."""
        if self.translation is None:
            return f"{address('start', self.source)}?language={self.code}" if self.may_start else ""
        return address("beside", self.translation) if self.may_edit else ""

    @property
    def source_published(self) -> datetime | None:
        return self.source.last_published_at

    @property
    def translation_published(self) -> datetime | None:
        return self.translation.last_published_at if self.translation else None


def rows_for(user: Any) -> list[Row]:
    """Every row that `user` may know of. A constant number of queries for each kind of content."""
    return [row for model in translated_models() for row in rows_of(model, user)]


def rows_of(model: type[Any], user: Any) -> Iterator[Row]:
    """Drafts of others are shown to those only who may change them; what is published, to all who write."""
    members: Any = model.objects.select_related("locale", *(["content_type"] if model is Page else []))
    if model is Page:
        members = members.filter(depth__gt=1).order_by("path")
        mine = page_permission_policy.instances_user_has_any_permission_for(user, ["change", "publish"])
        editable = set(mine.values_list("pk", flat=True))
    else:
        members = list(members)
        editable = {member.pk for member in members if may(user, "change", member)}
    addable = languages_to_add(model, user)
    for subject in subjects_of(model, members).values():
        source = subject.source
        known = source.live or source.pk in editable
        for language in LANGUAGES:
            translation = subject.member(language)
            if language == subject.source_language or not (known or (translation and translation.pk in editable)):
                continue
            yield Row(
                source=source,
                translation=translation,
                code=language,
                status=subject.status(language),
                label=source.cached_content_type.model if model is Page else model._meta.model_name,
                may_start=known and language in addable,
                may_edit=bool(translation and translation.pk in editable),
            )


def all_kinds() -> list[tuple[str, str]]:
    """Every type of page that can be created, and every kind of snippet."""
    found = [model for model in get_page_models() if model is not Page] + translated_models()[1:]
    named = [(str(model._meta.model_name), capfirst(str(model._meta.verbose_name))) for model in found]
    return sorted(named, key=lambda each: each[1])


class TranslationFilterSet(WagtailFilterSet):
    """Read by the view itself: the rows stand in no table."""

    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=Status.choices, widget=CheckboxSelectMultiple
    )
    language = django_filters.MultipleChoiceFilter(
        label=_("Language"), choices=list(LANGUAGES.items()), widget=CheckboxSelectMultiple
    )
    kind = django_filters.MultipleChoiceFilter(label=_("Type"), choices=all_kinds, widget=CheckboxSelectMultiple)

    class Meta:
        model = Page
        fields: list[str] = []


class RowTitleColumn(Column):
    """The title of the source, and where one goes on from here."""

    cell_template_name = "translation/row_title.html"

    def get_cell_context_data(self, instance: Row, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        return context | {"row": instance, "next": instance.next}


class RowStatusColumn(Column):
    cell_template_name = "translation/row_status.html"


class TranslationReport(ReportView):
    page_title = _("Translation status")
    header_icon = "globe"
    index_url_name = "translation:report"
    index_results_url_name = "translation:report_results"
    results_template_name = "translation/report_results.html"
    filterset_class = TranslationFilterSet
    permission_policy = page_permission_policy
    any_permission_required = {"add", "change", "publish"}
    is_searchable = False
    export_filename = "translation-status"
    list_export = ["title", "kind", "language", "status_text", "source_published", "translation_published"]
    export_headings = {
        "title": _("Title"),
        "kind": _("Type"),
        "language": _("Language"),
        "status_text": _("Status"),
        "source_published": _("Source published"),
        "translation_published": _("Translation published"),
    }

    columns = [
        RowTitleColumn("title", label=_("Title"), sort_key="title"),
        Column("kind", label=_("Type"), sort_key="kind"),
        Column("language", label=_("Language")),
        RowStatusColumn("status", label=_("Status"), sort_key="status"),
        DateColumn("source_published", label=_("Source published"), sort_key="source_published"),
        DateColumn("translation_published", label=_("Translation published"), sort_key="translation_published"),
    ]

    def get_queryset(self) -> list[Row]:
        rows = rows_for(self.request.user)
        if self.filters and self.filters.is_valid():
            chosen = self.filters.form.cleaned_data
            wanted = {name: set(chosen.get(name) or ()) for name in ("status", "language", "kind")}
            rows = [row for row in rows if matches(row, wanted)]
        return self.order_queryset(rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"languages": list(LANGUAGES.items())}

    def get_filtered_queryset(self) -> list[Row]:
        return self.get_queryset()

    def order_queryset(self, rows: list[Row]) -> list[Row]:
        name = (self.ordering or "").removeprefix("-")
        if not name:
            return rows
        value = attrgetter(name)
        given = [row for row in rows if value(row) is not None]
        rest = [row for row in rows if value(row) is None]
        return [*sorted(given, key=value, reverse=self.ordering.startswith("-")), *rest]


def matches(row: Row, wanted: dict[str, set[str]]) -> bool:
    values = {"status": row.status.value, "language": row.code, "kind": row.label}
    return all(not choices or values[name] in choices for name, choices in wanted.items())
