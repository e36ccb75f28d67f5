"""What editors write about the services of the directory; views of booking show it with what they know themselves."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from clinic.booking.views import services as views
from content.models.shells import ListPage, RowPage, one_page_each, row_panels


class ServicesIndexPage(ListPage):
    fixed_slug = "services"
    subpage_types = ["content.ServicePage"]
    template = "booking/services.html"
    page_description = _("The list of all services. What it lists comes from the directory.")

    class Meta:
        verbose_name = _("services page")
        verbose_name_plural = _("services pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return views.services(request, shell=self)


class ServicePage(RowPage):
    service = models.ForeignKey(
        "directory.Service", on_delete=models.SET_NULL, null=True, related_name="pages", verbose_name=_("service")
    )

    row_field = "service"
    parent_page_types = ["content.ServicesIndexPage"]
    template = "booking/service.html"
    page_description = _("More about one service. Name, length and doctors come from the directory.")
    content_panels = row_panels("service")

    class Meta:
        verbose_name = _("service page")
        verbose_name_plural = _("service pages")
        constraints = [one_page_each("service", "one_page_of_a_service_in_a_language")]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return views.service(request, self.row.slug, shell=self)
