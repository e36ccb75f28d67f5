"""PO files out and in: of one translation, and of everything in a language that waits for its words."""

import re
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page
from wagtail.permissions import page_permission_policy

from content.translation.catalogues import Unreadable, catalogue, read_catalogue, read_entries
from content.translation.drafts import (
    ChangedMeanwhile,
    Locked,
    published_words,
    start_translation,
    words_now,
    write_draft,
)
from content.translation.forms import CatalogueForm
from content.translation.panels import address
from content.translation.permits import find, may, may_read, may_start
from content.translation.reports import rows_for
from content.translation.statuses import LANGUAGES, Status, Subject, subjects_for, translated_models
from content.translation.texts import texts_of
from content.translation.views.starting import find_translation

UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def po_response(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/x-gettext-translation; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.po"'
    return response


@require_http_methods(["GET", "POST"])
def po(request: HttpRequest, label: str, pk: str) -> HttpResponse:
    """GET: the file of one translation, or with `?import` the form to bring it back. POST: into a draft."""
    translation, subject = find_translation(request, label, pk)
    language = translation.locale.language_code
    if request.method == "GET" and "import" not in request.GET:
        texts = texts_of(published_words(subject.source)), texts_of(words_now(translation))
        text = catalogue(
            [(str(translation.translation_key), *texts)], language=language, source_language=subject.source_language
        )
        return po_response(text, f"{getattr(translation, 'slug', translation._meta.model_name)}-{language}")
    form = CatalogueForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        faults = bring_in(request, form, language, only={str(translation.translation_key): subject})
        if not faults and not form.errors:
            return HttpResponseRedirect(address("beside", translation))
    context = {
        "form": form,
        "faults": faults,
        "language": LANGUAGES[language],
        "title": str(translation),
        "back": AdminURLFinder(request.user).get_edit_url(translation),
        "download": address("po", translation),
    }
    return render(request, "translation/import.html", context)


def language_asked(request: HttpRequest) -> str:
    if not page_permission_policy.user_has_any_permission(request.user, {"add", "change", "publish"}):
        raise PermissionDenied
    language = request.GET.get("language", "")
    if language not in LANGUAGES:
        raise Http404
    return language


@require_safe
def export_many(request: HttpRequest) -> HttpResponse:
    """`?language=`: one file with everything that is missing, a draft, or older than its source."""
    language = language_asked(request)
    waiting = [row for row in rows_for(request.user) if row.code == language and row.status != Status.CURRENT]
    subjects = []
    for row in waiting:
        if may_read(request.user, row.source) and (row.may_edit or row.may_start):
            own = texts_of(words_now(row.translation)) if row.translation else []
            subjects.append((str(row.source.translation_key), texts_of(published_words(row.source)), own))
    others = [code for code in LANGUAGES if code != language]
    return po_response(catalogue(subjects, language=language, source_language=others[0]), f"untranslated-{language}")


@require_http_methods(["GET", "POST"])
def import_many(request: HttpRequest) -> HttpResponse:
    """`?language=`: a file with any number of subjects; drafts are made where there are none yet."""
    language = language_asked(request)
    form = CatalogueForm(request.POST or None, request.FILES or None)
    faults: list[str] = []
    if request.method == "POST" and form.is_valid():
        faults = bring_in(request, form, language)
    context = {
        "form": form,
        "faults": faults,
        "language": LANGUAGES[language],
        "download": f"../export/?language={language}",
    }
    return render(request, "translation/import.html", context)


def bring_in(
    request: HttpRequest, form: CatalogueForm, language: str, *, only: dict[str, Subject] | None = None
) -> list[str]:
    """Write what is sound into drafts and say how many there are; what was left out, with its reason."""
    try:
        entries = read_catalogue(form.cleaned_data["file"].read(), language=language)
    except Unreadable as fault:
        form.add_error("file", ValidationError(str(fault)))
        return []
    subjects = only if only is not None else subjects_named(entries)
    faults, done = [], 0
    for key, theirs in entries.items():
        if key not in subjects:
            faults.append(_("“%(words)s”: this file holds words of another page.") % {"words": theirs[0].msgid[:60]})
            continue
        faults += (left_out := bring_in_subject(request.user, subjects[key], language, theirs))[1]
        done += left_out[0]
    if done:
        text = ngettext("%(number)s text was saved in a draft.", "%(number)s texts were saved in drafts.", done)
        messages.success(request, text % {"number": done})
    elif not faults:
        form.add_error("file", ValidationError(_("There is no translated text in this file.")))
    return faults


def subjects_named(keys: Any) -> dict[str, Subject]:
    """The subjects with these translation keys, whatever they are."""
    found: dict[str, Subject] = {}
    valid = [key for key in keys if UUID.fullmatch(key)]
    for model in translated_models():
        rows = list(model.objects.filter(translation_key__in=valid))
        found |= {str(key): subject for key, subject in subjects_for(rows).items()}
    return found


def bring_in_subject(user: Any, subject: Subject, language: str, entries: list[Any]) -> tuple[int, list[str]]:
    """How many texts were written, and what was not."""
    source, translation = subject.source, subject.member(language)
    name = source.get_admin_display_title() if isinstance(source, Page) else str(source)
    if language == subject.source_language or not may_read(user, source):
        return 0, [_("%(title)s: not yours to translate.") % {"title": name}]
    published = published_words(source)
    reading = read_entries(entries, texts_of(published))
    faults = [f"{name} › {fault}" for fault in reading.faults]
    if not reading.words:
        return 0, faults
    if translation is None and may_start(user, source, language):
        translation = start_translation(source, language, by=user)
    if translation is None or not may(user, "change", translation):
        return 0, [_("%(title)s: not yours to translate.") % {"title": name}]
    found, fault = write_words(user, find_again(translation), reading.words, published)
    if fault:
        return 0, [f"{name}: {fault}"]
    return len(found), [*faults, *(f"{name} › {path}" for path in reading.words if path not in found)]


def write_words(user: Any, translation: Any, words: dict[str, str], source: Any) -> tuple[set[str], str]:
    """The paths that were written, or why none was."""
    try:
        seen = translation.latest_revision_id
        return write_draft(translation, words, source=source, by=user, seen=seen), ""
    except ChangedMeanwhile:
        return set(), _("somebody has saved another draft just now. Try again.")
    except Locked:
        return set(), _("locked, or waits for approval.")
    except ValidationError as fault:
        return set(), " ".join(fault.messages)


def find_again(translation: Any) -> Any:
    """The row as it is now, as its own class."""
    return find(
        "wagtailcore.page" if isinstance(translation, Page) else translation._meta.label_lower, str(translation.pk)
    )[0]
