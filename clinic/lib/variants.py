"""Pages that are another page with a query: the second of a list, a list with a filter.

Only they are kept by the page cache under their own address; without it anybody could have one page stored under a
thousand of them.
"""

from django.http import HttpRequest

VARIANT = "iyada.variant"  # in the environment of the request


def is_variant(request: HttpRequest, *names: str) -> None:
    """Say that the answer is what the parameters `names` ask for. With any other in the query it is not kept."""
    if set(request.GET) <= set(names):
        request.META[VARIANT] = "1"
