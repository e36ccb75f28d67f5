"""What the page of booking for a caller asks for while somebody types."""

from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.generic import TemplateView, View

from clinic.desk.caller import as_choice, search, similar
from clinic.desk.forms.booking import WhatForm
from clinic.desk.queries import patients_for
from clinic.desk.times import clinic_today, times_of
from clinic.desk.views.reach import DeskView


class TimesView(DeskView, TemplateView):
    """The free times as a piece of the page, for its script. Nothing personal is asked or told."""

    permission_required = "add"
    template_name = "desk/times.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = WhatForm(self.request.GET)
        times = times_of(form, self.request.GET)
        return {"times": times, "what": form, "today": clinic_today(), "chosen": self.request.GET.get("time", "")}


class FindPatientsView(DeskView, View):
    """The patients that a desk may mean, as JSON. By POST, so that names and phones stay out of logs."""

    permission_required = "add"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        found = search(request.POST.get("query", ""), among=patients_for(request.user))
        return JsonResponse({"patients": [as_choice(patient) for patient in found]})


class SimilarPatientsView(DeskView, View):
    """Who is perhaps the person that is being typed, as JSON. By POST, for the same reason."""

    permission_required = "add"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
        found = similar(
            name=request.POST.get("contact_name", ""),
            phone=request.POST.get("contact_phone", ""),
            email=request.POST.get("contact_email", ""),
            among=patients_for(request.user),
        )
        return JsonResponse({"patients": [as_choice(patient) for patient in found]})
