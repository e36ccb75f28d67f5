"""What every page of text shows around its text."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from content.crumbs import crumbs_to
from content.models.seo import SeoPage
from content.outline import headings, parts_of
from content.routes import RESERVED_SLUGS


class EditorialPage(SeoPage):
    """A page below a home page. Its templates are given the way to it, the `parts` of its body and their `headings`."""

    reserved = RESERVED_SLUGS
    is_narrow = False  # whether the title stands above a text without a side column

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug in self.reserved and self.depth in {None, 3}:
            raise ValidationError({"slug": _("“%(slug)s” is an address of the booking pages.") % {"slug": self.slug}})

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        parts = parts_of(getattr(self, "body", None) or [])
        return {
            **super().get_context(request, *args, **kwargs),
            "crumbs": crumbs_to(self, request=request),
            "parts": parts,
            "headings": headings(parts),
        }
