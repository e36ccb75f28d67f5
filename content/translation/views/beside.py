"""Source and translation side by side, text by text."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from wagtail.admin.admin_url_finder import AdminURLFinder

from content.translation.drafts import ChangedMeanwhile, Locked, published_words, words_now, write_draft
from content.translation.forms import WordsForm
from content.translation.marks import old_texts
from content.translation.panels import address, live_address
from content.translation.statuses import LANGUAGES
from content.translation.texts import texts_of
from content.translation.views.starting import find_translation

MEANWHILE = gettext_lazy(
    "Somebody has saved another draft meanwhile. Nothing was written over: your words stand below. "
    "Compare them with the newest draft in the editor; saving again replaces it."
)
LOCKED = gettext_lazy("This translation is locked or waits for approval, so nothing was saved. Your words stand below.")


@require_http_methods(["GET", "POST"])
def beside(request: HttpRequest, label: str, pk: str) -> HttpResponse:
    translation, subject = find_translation(request, label, pk)
    language = translation.locale.language_code
    source, draft = published_words(subject.source), words_now(translation)
    texts, own = texts_of(source), texts_of(draft)
    newest = translation.latest_revision_id
    if request.method == "POST":
        form = WordsForm(texts, own, request.POST, language=language)
        if form.is_valid() and save(request, form, translation, source):
            messages.success(request, _("The draft was saved. Publish it in the editor."))
            return HttpResponseRedirect(address("beside", translation))
        if form.errors:
            messages.error(request, _("The draft was not saved: some of the words need another look."))
        # Whoever saves again after a refusal does so knowingly.
        form.data = typed = request.POST.copy()
        typed["seen"] = str(newest or "")
    else:
        form = WordsForm(texts, own, language=language, initial={"seen": newest})
    context: dict[str, Any] = {
        "form": form,
        "pairs": form.pairs(old_texts(subject.basis(language)), subject.source_language),
        "translation": translation,
        "status": subject.status(language),
        "language": LANGUAGES[language],
        "code": language,
        "source": source,
        "source_language": LANGUAGES[subject.source_language],
        "source_code": subject.source_language,
        "source_live": live_address(request, source),
        "edit": AdminURLFinder(request.user).get_edit_url(translation),
        "changes": address("changes", translation) if subject.has_changes(language) else "",
        "po": address("po", translation),
        "media": form.media,
    }
    return render(request, "translation/beside.html", context, status=200)


def save(request: HttpRequest, form: WordsForm, translation: Any, source: Any) -> bool:
    """Whether the draft was saved; what refused it is said in the form."""
    words = form.words()
    if not words:
        return True
    try:
        write_draft(translation, words, source=source, by=request.user, seen=form.cleaned_data["seen"])
    except ChangedMeanwhile:
        form.add_error(None, ValidationError(MEANWHILE))
    except Locked:
        form.add_error(None, ValidationError(LOCKED))
    except ValidationError as fault:
        form.add_error(None, ValidationError(fault.messages))
    else:
        return True
    return False
