"""Pages that are not for everybody: behind a password, or for those who are signed in."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from wagtail.models import Page, PageViewRestriction

# The pages whose restrictions hold for one: itself, what it stands below, and what an alias among them repeats.
KEPT = """
    WITH RECURSIVE kept(id, alias_of_id) AS (
        SELECT id, alias_of_id FROM wagtailcore_page WHERE path = ANY(%s)
        UNION
        SELECT original.id, original.alias_of_id
        FROM wagtailcore_page original JOIN kept ON original.id = kept.alias_of_id
    )
    SELECT id FROM kept
"""


def restrictions_of(page: Page) -> QuerySet[PageViewRestriction]:
    """What somebody must fulfil to see `page`. As Wagtail's, which needs a query for each alias and two more."""
    steps = range(page.steplen, len(page.path) + 1, page.steplen)
    return PageViewRestriction.objects.filter(page_id__in=RawSQL(KEPT, [[page.path[:end] for end in steps]]))  # noqa: S611 - a parameter


def is_restricted() -> Exists:
    """Whether a page, or what it stands below, is not for everybody. Wagtail's `public()` needs a second query.

    An alias, and an alias of an alias, is restricted as its original is.
    """
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    own, repeated = Q(below__startswith=F("page__path")), Q(below__startswith=F("page__aliases__path"))
    twice = Q(below__startswith=F("page__aliases__aliases__path"))
    return Exists(PageViewRestriction.objects.alias(below=here).filter(own | repeated | twice))
