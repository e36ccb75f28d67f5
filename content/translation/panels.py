"""The other language beside the editor of a page or snippet."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.admin.views.pages.edit import EditView as PageEditView
from wagtail.models import Page
from wagtail.snippets.views.snippets import EditView as SnippetEditView

from content.translation.permits import label_of, may, may_read, may_start
from content.translation.statuses import LANGUAGES, Status, Subject, subject_of


def address(view: str, instance: Any) -> str:
    return reverse(f"translation:{view}", args=[label_of(instance), instance.pk])


def edit_address(user: Any, instance: Any) -> str:
    """Empty for who may not change it."""
    return AdminURLFinder(user).get_edit_url(instance) or "" if may(user, "change", instance) else ""


def live_address(request: HttpRequest, instance: Any) -> str:
    return (instance.get_url(request) or "") if isinstance(instance, Page) and instance.live else ""


def side_of(subject: Subject, language: str, *, request: HttpRequest) -> dict[str, Any]:
    """What the panel says of one language: its state, and where to go from here."""
    user, member = request.user, subject.member(language)
    side: dict[str, Any] = {
        "code": language,
        "name": LANGUAGES[language],
        "status": subject.status(language),
        "is_source": member is not None and member.pk == subject.source.pk,
        "member": member,
    }
    if member is None:
        if may_start(user, subject.source, language):
            side["start"] = f"{address('start', subject.source)}?language={language}"
        return side
    mine = may(user, "change", member)
    side |= {"edit": edit_address(user, member), "live": live_address(request, member)}
    if not side["is_source"] and mine and may_read(user, subject.source):
        side |= {"beside": address("beside", member), "po": address("po", member)}
        if subject.has_changes(language):
            side["changes"] = address("changes", member)
    return side


class TranslationSidePanel(BaseSidePanel):
    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        aria_label = _("Show the translation")
        icon_name = "globe"
        counter_classname = "w-bg-critical-200"

        def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["count"] = self.panel.waiting
            return context

    name = "translation"
    title = _("Translation")
    template_name = "translation/side_panel.html"
    order = 150

    def __init__(self, instance: Any, request: HttpRequest) -> None:
        super().__init__(instance, request)
        self.subject = subject_of(instance)
        self.own = instance.locale.language_code

    @property
    def waiting(self) -> int:
        """How many languages of this subject ask for work: shown on the button."""
        return sum(self.subject.status(language) in {Status.MISSING, Status.OLDER} for language in LANGUAGES)

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(parent_context)
        others = [language for language in LANGUAGES if language != self.own]
        sides = [side_of(self.subject, language, request=self.request) for language in (self.own, *others)]
        source = self.subject.source
        return context | {
            "own": sides[0],
            "others": sides[1:],
            "source_language": LANGUAGES.get(self.subject.source_language, ""),
            "changed_on": source.last_published_at if self.subject.has_changes(self.own) else None,
            "languages": settings.LANGUAGES,
        }


class WithTranslation:
    """For the edit view of a page or a snippet."""

    def get_side_panels(self) -> Any:
        panels: Any = super().get_side_panels()  # type: ignore[misc]
        view: Any = self
        if not getattr(view, "expects_json_response", False):
            panels.append(TranslationSidePanel(getattr(view, "page", None) or view.object, view.request))
        return panels


class TranslatedPageEditView(WithTranslation, PageEditView):
    pass


class TranslatedSnippetEditView(WithTranslation, SnippetEditView):
    pass
