"""What editors have written about a list or a row that the views of this app show, and whom they show it to.

Pages stand above this app, so it cannot ask for them: the room of the pages says at start how they are found.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse

# Of "services", "doctors" or a row of one of them by its slug: the published page in the active language, or None.
Finder = Callable[[str, str], Any]
View = Callable[..., HttpResponse]
# What a visitor is answered at such an address: with the view, or with a question for the password of its page.
Guard = Callable[[HttpRequest, str, str, Callable[[], HttpResponse]], HttpResponse]

finders: list[Finder] = []
guards: list[Guard] = []


def register_finder(finder: Finder) -> None:
    finders[:] = [finder]


def register_guard(guard: Guard) -> None:
    guards[:] = [guard]


def shell_of(kind: str, slug: str = "") -> Any:
    """The page about the list `kind`, or about its row `slug`; None where there is none."""
    return finders[0](kind, slug) if finders else None


def behind_its_page(kind: str) -> Callable[[View], View]:
    """For the view of the list `kind` or of one of its rows: who may not read the page about it does not get it.

    A page that is handed to the view has been asked for already.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, slug: str = "", *, shell: Any = None) -> HttpResponse:
            def serve() -> HttpResponse:
                return view(request, *([slug] if slug else []), shell=shell)

            return serve() if shell or not guards else guards[0](request, kind, slug, serve)

        return answer

    return decorate
