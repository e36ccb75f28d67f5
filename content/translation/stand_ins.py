"""What visitors get for a page that is not published in their language: its words in the other language.

The one rule, for pages: `/ar/about/` answers with the English page `/en/about/` inside the Arabic frame, with a
notice, not for search engines, as long as that page is not published in Arabic. See docs/decisions/0028.
"""

from collections.abc import Sequence

from django.db.models import Q, TextField, Value
from django.db.models.functions import Concat
from django.http import HttpRequest
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult


def find_stand_in(home: Page, parts: Sequence[str]) -> Page | None:
    """The published page that stands at this path below the home page of another language.

    `parts` are those of the address below `home`.
    """
    below = Value("".join(f"{part}/" for part in parts))
    places = (
        home.get_translations()
        .filter(alias_of__isnull=True)
        .values_list(Concat("url_path", below, output_field=TextField()), flat=True)
    )
    return Page.objects.live().filter(url_path__in=places, alias_of__isnull=True).select_related("locale").first()


def is_redirected(request: HttpRequest) -> bool:
    """Whether a redirect of the clinic leads on from the address asked for, to a page that is published or elsewhere.

    Such a redirect knows better than the path: it is what a page that was moved or given a new slug left behind.
    """
    asked = request.get_full_path()
    paths = {
        Redirect.normalise_path(address, decode_unicode=decoded)
        for address in (asked, asked.partition("?")[0])
        for decoded in (True, False)
    }
    leads_on = Q(redirect_page__live=True) | Q(redirect_page__isnull=True) & ~Q(redirect_link="")
    return Redirect.get_for_site(Site.find_for_request(request)).filter(leads_on, old_path__in=paths).exists()


def route_stand_in(home: Page, request: HttpRequest, parts: Sequence[str]) -> RouteResult | None:
    """What a home page that has nothing at this address leads to; None where no other language has either.

    None too where a redirect leads on from here: Wagtail's middleware answers with it.

    Where the page is published in the asked language under another slug, `request.published_at` says where.
    """
    found = find_stand_in(home, parts)
    if found is None or is_redirected(request):
        return None
    own = found.get_translations().live().filter(locale_id=home.locale_id, alias_of__isnull=True).first()
    if own is not None:
        request.published_at = own.get_url(request)  # type: ignore[attr-defined]
    return found.specific.route(request, [])


def stand_in_path(page: Page, language: str, request: HttpRequest | None = None) -> str:
    """Where a published `page` is shown to readers of a `language` in which it is not published; "" nowhere."""
    address = page.get_url(request) or ""
    own = f"/{page.locale.language_code}/"
    # Another host would come as a whole address; the site has one.
    return f"/{language}/{address.removeprefix(own)}" if address.startswith(own) else ""
