"""The words that mean the same, as editors list them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from content.search.models import Synonyms


class SynonymsViewSet(SnippetViewSet):
    model = Synonyms
    icon = "search"
    menu_label = _("Search words")
    menu_name = "search-words"
    list_display = ["words"]
    search_fields = ["words"]
    panels = [FieldPanel("words")]
