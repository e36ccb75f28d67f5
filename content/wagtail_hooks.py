from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page

from content.enquiries.sheet import only_for_readers
from content.models.shells import RowPage
from content.richtext import PublishedPageLinkHandler

hooks.register("filter_form_submissions_for_user", only_for_readers)


@hooks.register("before_copy_page")
def refuse_a_second_page_of_a_row(request: HttpRequest, page: Page) -> HttpResponseRedirect | None:
    """There is one page about a doctor, service or location in a language, so there is nothing to copy."""
    if not issubclass(page.specific_class or Page, RowPage):
        return None
    messages.error(request, _("There is only one page about this in each language, so it cannot be copied."))
    return HttpResponseRedirect(reverse("wagtailadmin_explore", args=[page.get_parent().pk]))


@hooks.register("register_rich_text_features", order=100)
def link_to_what_is_published(features: Any) -> None:
    """After Wagtail's own, which links to drafts as well."""
    features.register_link_type(PublishedPageLinkHandler)
