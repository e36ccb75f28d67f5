"""Two files of one person: finding them, seeing them side by side, making them one, and taking that back."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View

from clinic.desk.caller import search
from clinic.desk.forms.merging import MergeForm
from clinic.desk.queries import patients_for
from clinic.desk.views.reach import DeskView
from clinic.patients.actions import digest_of, merge_patients, tell_apart, undo_merge
from clinic.patients.followers import followers
from clinic.patients.matching import matches
from clinic.patients.models import Merge, Patient
from clinic.patients.queries import known_by
from clinic.patients.refusals import MergeRefused

AT_MOST = 50


class MergingView(DeskView):
    """For those who may merge patients; they see both of them, or neither."""

    model = Patient
    permission_required = "merge"
    header_icon = "group"
    page_title: str | Promise = gettext_lazy("Merge patients")
    kwargs: dict[str, Any]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        way = {"url": reverse("patients:index"), "label": _("Patients")}
        return [*self.breadcrumbs_items, way, {"url": "", "label": self.get_page_title()}]

    def get_patient(self, name: str = "reference") -> Patient:
        patient = known_by(self.kwargs[name], among=patients_for(self.request.user))
        if patient is None:
            raise Http404
        return patient


class ToMatchView(MergingView, TemplateView):
    """Who booked on the site and is perhaps a patient already."""

    template_name = "desk/to_match.html"
    page_title = gettext_lazy("People to match")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = matches(among=patients_for(self.request.user), at_most=AT_MOST + 1)
        return super().get_context_data(matches=found[:AT_MOST], has_more=len(found) > AT_MOST, **kwargs)


class MergeWithView(MergingView, TemplateView):
    """Looks for the other file of a patient."""

    template_name = "desk/merge_with.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        patient, query = self.get_patient(), self.request.GET.get("q", "")
        found = search(query, among=patients_for(self.request.user).exclude(pk=patient.pk))
        return super().get_context_data(patient=patient, query=query, found=found, **kwargs)


@dataclass(frozen=True, slots=True)
class Belonging:
    """How much of one kind belongs to each of the two."""

    label: str
    numbers: tuple[int, int]


class CompareView(MergingView, TemplateView):
    """Two patients side by side, and the question whether they are one person."""

    template_name = "desk/compare.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        first, second = self.get_patient(), self.get_patient("other")
        if first == second:
            messages.info(request, MergeRefused("same").message)
            return to_patient(first)
        return self.show(MergeForm(first, second))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        first, second = self.get_patient(), self.get_patient("other")
        if request.POST.get("do") == "apart" and first != second:
            tell_apart(first=first, second=second, by=self.request.user)
            done = _("%(one)s and %(other)s are two people. Nobody will be asked again.")
            messages.success(request, done % {"one": first.name, "other": second.name})
            return HttpResponseRedirect(reverse("desk_patients:to_match"))
        form = MergeForm(first, second, request.POST)
        if not form.is_valid():
            return self.show(form, fault=_("Choose which file stays, and one of each pair of details."), status=422)
        try:
            merge_patients(
                kept=form.kept,
                merged=form.merged,
                take=form.take,
                by=self.request.user,
                seen=form.cleaned_data["seen"],
            )
        except MergeRefused as refusal:
            return self.show_again(request.POST.copy(), refusal)
        done = _("The two files are one now. It can be undone on this page at any time.")
        messages.success(request, done)
        return to_patient(form.kept)

    def show_again(self, data: QueryDict, refusal: MergeRefused) -> HttpResponse:
        """The two as they are now, with what was chosen."""
        first, second = self.get_patient(), self.get_patient("other")
        if first == second:
            messages.error(self.request, refusal.message)
            return to_patient(first)
        data["seen"] = digest_of(first, second)
        return self.show(MergeForm(first, second, data), fault=refusal.message, status=409)

    def show(self, form: MergeForm, *, fault: str = "", status: int = 200) -> HttpResponse:
        belongings = list(belonging_to(*form.people))
        return self.render_to_response(
            self.get_context_data(form=form, fault=fault, belongings=belongings), status=status
        )


class UndoMergeView(MergingView, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        merge = Merge.objects.filter(reference=kwargs["merge"]).select_related("kept", "merged").first()
        if merge is None or known_by(merge.kept.reference, among=patients_for(request.user)) is None:
            raise Http404
        try:
            undo_merge(merge=merge, by=self.request.user)
        except MergeRefused as refusal:
            messages.error(request, refusal.message)
        else:
            done = _("Undone: %(one)s and %(other)s are two files again. What was booked since stays with the first.")
            messages.success(request, done % {"one": merge.kept.name, "other": merge.merged.name})
        return to_patient(merge.kept)


def belonging_to(first: Patient, second: Patient) -> Iterator[Belonging]:
    """What would move; one query for each kind."""
    for follower in followers():
        rows = follower.rows_of(first.pk, second.pk).order_by()
        counts = dict(rows.values_list(follower.field).annotate(Count("pk")))
        label = _("Files merged before") if follower.model is Patient else follower.model._meta.verbose_name_plural
        yield Belonging(str(capfirst(label)), (counts.get(first.pk, 0), counts.get(second.pk, 0)))


def to_patient(patient: Patient) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("desk_patients:patient", args=[patient.reference]))
