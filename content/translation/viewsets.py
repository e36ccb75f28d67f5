"""Every page of the site, in the explorer and in the editor."""

from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from content.translation.columns import TranslationColumn
from content.translation.panels import TranslatedPageEditView


class TranslatedIndexView(ExplorableIndexView):
    base_columns = [*ExplorableIndexView.base_columns, TranslationColumn()]


class TranslatedPageViewSet(PageViewSet):
    """Stands in for Wagtail's own, which serves every type of page that has none of its own."""

    model = Page
    index_view_class = TranslatedIndexView
    edit_view_class = TranslatedPageEditView


translated_pages = TranslatedPageViewSet()
