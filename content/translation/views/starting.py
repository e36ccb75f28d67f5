"""The first step of a translation, and its confirmation."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.admin.admin_url_finder import AdminURLFinder

from content.translation.bases import bring_up_to_date
from content.translation.drafts import published_words, start_translation
from content.translation.marks import changes_between, more_than_words, old_texts
from content.translation.panels import address
from content.translation.permits import find, may, may_read, may_start
from content.translation.statuses import LANGUAGES, Status, Subject
from content.translation.texts import texts_of


def editor_of(request: HttpRequest, instance: Any) -> HttpResponseRedirect:
    return HttpResponseRedirect(AdminURLFinder(request.user).get_edit_url(instance) or "/admin/")


def find_translation(request: HttpRequest, label: str, pk: str) -> tuple[Any, Subject]:
    """A translation that this person may change, of a source that they may read; 404 for an original."""
    translation, subject = find(label, pk)
    if not may(request.user, "change", translation):
        raise PermissionDenied
    if translation.pk == subject.source.pk:
        raise Http404
    if not may_read(request.user, subject.source):
        raise PermissionDenied
    return translation, subject


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, label: str, pk: str) -> HttpResponse:
    """`?language=`: make a draft with the words of the source, and open it."""
    source, subject = find(label, pk)
    language = request.GET.get("language", "")
    if language not in LANGUAGES:
        raise Http404
    if there := subject.member(language):
        return editor_of(request, there)
    if not may_start(request.user, source, language):
        raise PermissionDenied
    if request.method == "POST":
        copy = start_translation(subject.source, language, by=request.user)
        messages.success(request, _("A draft was made. It still has the words of its source."))
        return HttpResponseRedirect(address("beside", copy))
    back = AdminURLFinder(request.user).get_edit_url(source)
    context = {"source": source, "language": LANGUAGES[language], "back": back}
    return render(request, "translation/start.html", context)


def start_page(request: HttpRequest, pk: int) -> HttpResponse:
    return lead_to_start(request, "wagtailcore.page", str(pk))


def start_snippet(request: HttpRequest, app_label: str, model_name: str, pk: str) -> HttpResponse:
    return lead_to_start(request, f"{app_label}.{model_name}", pk)


def lead_to_start(request: HttpRequest, label: str, pk: str) -> HttpResponse:
    """Into the first language in which the subject is lacking; to its editor where none is."""
    instance, subject = find(label, pk)
    lacking = [language for language in LANGUAGES if subject.status(language) == Status.MISSING]
    if not lacking:
        return editor_of(request, instance)
    return HttpResponseRedirect(f"{address('start', instance)}?language={lacking[0]}")


def changes(request: HttpRequest, label: str, pk: str) -> HttpResponse:
    """What was published in the source since this translation was made or last found right."""
    translation, subject = find_translation(request, label, pk)
    language = translation.locale.language_code
    basis = subject.basis(language)
    before = old_texts(basis)
    source = published_words(subject.source)
    found = changes_between(before, texts_of(source)) if before is not None else []
    context = {
        "translation": translation,
        "source": source,
        "source_language": LANGUAGES[subject.source_language],
        "source_code": subject.source_language,
        "changes": found,
        "known": before is not None,
        "more": not found and more_than_words(basis and basis.revision, source.live_revision),
        "is_behind": subject.has_changes(language),
        "as_of": subject.as_of(language),
        "confirm": address("confirm", translation),
        "beside": address("beside", translation),
        "edit": AdminURLFinder(request.user).get_edit_url(translation),
        "published": source.last_published_at.isoformat() if source.last_published_at else "",
    }
    return render(request, "translation/changes.html", context)


@require_POST
def confirm(request: HttpRequest, label: str, pk: str) -> HttpResponse:
    """ "I have looked, and nothing needs to change." Refused where the source was published again meanwhile."""
    translation, subject = find_translation(request, label, pk)
    published = subject.source.last_published_at
    if not published or request.POST.get("published") != published.isoformat():
        messages.error(request, _("The source was published again meanwhile. Look once more at what changed."))
        return HttpResponseRedirect(address("changes", translation))
    bring_up_to_date(subject, translation.locale.language_code, by=request.user)
    messages.success(request, _("Marked as up to date with its source."))
    return editor_of(request, translation)
