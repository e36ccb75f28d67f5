"""What editors write about the doctors of the directory; views of booking show it with what they know themselves."""

from typing import Any

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from clinic.booking.views import doctors as views
from content.models.shells import ListPage, RowPage, one_page_each, row_panels


class DoctorsIndexPage(ListPage):
    fixed_slug = "doctors"
    subpage_types = ["content.DoctorPage"]
    template = "booking/doctors.html"
    page_description = _("The list of all doctors. Whom it lists comes from the directory.")

    class Meta:
        verbose_name = _("doctors page")
        verbose_name_plural = _("doctors pages")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return views.doctors(request, shell=self)


class DoctorPage(RowPage):
    practitioner = models.ForeignKey(
        "directory.Practitioner",
        on_delete=models.SET_NULL,
        null=True,
        related_name="pages",
        verbose_name=_("practitioner"),
    )

    row_field = "practitioner"
    parent_page_types = ["content.DoctorsIndexPage"]
    template = "booking/doctor.html"
    page_description = _("More about one doctor. Name, portrait, specialties and hours come from the directory.")
    content_panels = row_panels("practitioner")

    class Meta:
        verbose_name = _("doctor page")
        verbose_name_plural = _("doctor pages")
        constraints = [one_page_each("practitioner", "one_page_of_a_doctor_in_a_language")]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return views.doctor(request, self.row.slug, shell=self)
