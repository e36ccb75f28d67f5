"""The two languages of the site, and the placeholder that Wagtail puts where the home page will be."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Locale, Page


def load_locales() -> dict[str, Locale]:
    """The locale of each language of the settings, created where it is missing."""
    return {code: Locale.objects.get_or_create(language_code=code)[0] for code, _name in settings.LANGUAGES}


def placeholder() -> Page | None:
    """The page "Welcome to your new Wagtail site!", while it is still a bare page without children."""
    bare = ContentType.objects.get_for_model(Page)
    return Page.objects.filter(depth=2, content_type=bare, slug="home", numchild=0).first()
