"""Pages that are not for everybody: behind a password, or for those who are signed in."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef
from wagtail.models import PageViewRestriction


def is_restricted() -> Exists:
    """Whether a page, or what it stands below, is not for everybody. Wagtail's `public()` needs a second query."""
    here = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    above = PageViewRestriction.objects.alias(below=here).filter(below__startswith=F("page__path"))
    return Exists(above)
