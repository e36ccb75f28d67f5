"""Searching the site. What people look for is their own affair: it is neither kept nor logged here."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Paginator
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from clinic.directory.queries import offered_specialties
from content.search.enums import Kind
from content.search.excerpts import excerpt, marked
from content.search.finding import Findings, Hit, Tier, find, suggest
from content.search.question import ask
from content.search.words import spelled

ON_A_PAGE = 10
SECONDS = 60  # for which a browser may keep suggestions


@dataclass(frozen=True, slots=True)
class Shown:
    """One result, its words marked."""

    kind: Kind
    label: Promise | str
    title: SafeString
    path: str
    excerpt: SafeString


@never_cache
@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """`?q=` what to look for, `&kind=` of which kind alone, `&page=`. Without words, the empty search."""
    question = ask(request.GET.get("q", ""))
    kind = Kind(request.GET["kind"]) if request.GET.get("kind") in Kind.values else None
    number = page_number(request.GET.get("page", ""))
    context = {
        "noindex": True,
        "question": question,
        "chosen": kind,
        "description": _("Search doctors, services and pages of the clinic."),
        "specialties": offered_specialties(),  # asked for only where nothing is found
    }
    try:
        found = find(question, language=language(), kind=kind, start=(number - 1) * ON_A_PAGE, size=ON_A_PAGE)
    except OperationalError:  # the two seconds are over
        return render(request, "search/results.html", context | {"is_busy": True})
    total = found.counts.get(kind, 0) if kind else found.total
    paginator = Paginator(range(total), ON_A_PAGE)
    try:
        page = paginator.page(number)
    except EmptyPage:
        page = paginator.page(1)
        found = find(question, language=language(), kind=kind, size=ON_A_PAGE)
    context |= {
        "shown": [shown(hit, found) for hit in found.hits],
        "results": page,
        "total": total,
        "kinds": [(each, each.label, found.counts[each]) for each in Kind if each in found.counts],
        "all_kinds": found.total,
        "is_loose": found.tier == Tier.ANY_WORD,
        "corrected": corrected(found) if found.tier == Tier.MISTYPED else "",
        "query": query(question.text, kind),
        "heading": results_found(total),
    }
    return render(request, "search/results.html", context)


@require_safe
def suggestions(request: HttpRequest) -> JsonResponse:
    """`{"suggestions": [{"title", "kind", "url"}]}` for `?q=`, at most seven, the best first."""
    try:
        found = suggest(ask(request.GET.get("q", "")), language=language())
    except OperationalError:
        found = []
    response = JsonResponse(
        {"suggestions": [{"title": hit.title, "kind": str(hit.kind.label), "url": hit.path} for hit in found]}
    )
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, private=True, max_age=SECONDS)
    return response


def language() -> str:
    return get_language() or "en"


def page_number(text: str) -> int:
    """The page in `text`; the first one for what is no number of a page that there could be."""
    return int(text) if text.isascii() and text.isdigit() and 1 <= len(text) <= 3 and int(text) else 1


def results_found(count: int) -> str:
    if not count:
        return _("Nothing found")
    return ngettext("%(count)s result", "%(count)s results", count) % {"count": count}


def shown(hit: Hit, found: Findings) -> Shown:
    return Shown(
        hit.kind, hit.kind.label, marked(hit.title, found.roots), hit.path, excerpt(hit.summary, hit.body, found.roots)
    )


def corrected(found: Findings) -> str:
    """The question with mistyped words replaced, spelled as the results spell them."""
    texts = [text for hit in found.hits for text in (hit.title, hit.summary, hit.body)]
    written = {bare: word for text in reversed(texts) for word, bare in spelled(text)}
    meant = {wrong: written.get(right, right) for wrong, right in found.question.corrections.items()}
    return " ".join(meant.get(bare, word) for word, bare in spelled(found.question.text))


def query(text: str, kind: Kind | None) -> str:
    """What stands before the number of a page in links of the pagination."""
    return urlencode({"q": text} | ({"kind": kind.value} if kind else {})) + "&"
