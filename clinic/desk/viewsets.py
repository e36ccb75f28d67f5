"""The desk's pages and its entry in the menu."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.permissions import policy_registry

from clinic.desk.approvals import requests_for
from clinic.desk.views.approvals import ApprovalsView, ApproveView, RefuseView
from clinic.desk.views.board import BoardBookView, BoardDataView, BoardView
from clinic.desk.views.booking import BookView
from clinic.desk.views.day import DayView
from clinic.desk.views.finding import FindPatientsView, SimilarPatientsView, TimesView
from clinic.desk.views.merging import CompareView, MergeWithView, ToMatchView, UndoMergeView
from clinic.desk.views.move import MoveView
from clinic.desk.views.patient import PatientView
from clinic.desk.views.queue import CallAgainView, CallNextView, LateView, QueueView
from clinic.desk.views.undo import UndoView
from clinic.desk.views.visit import CancelView, StepView, VisitView
from clinic.desk.views.waiting import ScreensView
from clinic.desk.views.waitlist import WaitlistAddView, WaitlistAnswerView, WaitlistView
from clinic.lib import clock
from clinic.patients.models import Patient
from clinic.scheduling.models import Appointment


class AppointmentsItem(MenuItem):
    def is_shown(self, request: object) -> bool:
        policy = policy_registry.get_by_type(Appointment)
        return bool(policy.user_has_permission(getattr(request, "user", None), "view"))


class RequestsItem(MenuItem):
    """With the number of requests that wait for whoever looks."""

    def is_shown(self, request: Any) -> bool:
        return bool(policy_registry.get_by_type(Appointment).user_has_permission(request.user, "change"))

    def render_component(self, request: Any) -> Any:
        item = super().render_component(request)
        if count := requests_for(request.user, now=clock.now()).count():
            item.label = _("To approve (%(count)d)") % {"count": count}
        return item


class MatchingItem(MenuItem):
    def is_shown(self, request: object) -> bool:
        policy = policy_registry.get_by_type(Patient)
        return bool(policy.user_has_permission(getattr(request, "user", None), "merge"))


class DeskViewSet(ViewSet):
    """Each view asks for its own permission: the admin itself asks only whether somebody may sign in."""

    name = "desk"
    url_prefix = "appointments"
    icon = "calendar"
    menu_label = gettext_lazy("Appointments")
    menu_name = "appointments"
    menu_order = 10
    menu_item_class = AppointmentsItem
    add_to_admin_menu = True

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", self.construct_view(DayView), name="index"),
            path("board/", self.construct_view(BoardView), name="board"),
            path("board/data/", self.construct_view(BoardDataView), name="board_data"),
            path("board/book/", self.construct_view(BoardBookView), name="board_book"),
            path("book/", self.construct_view(BookView), name="book"),
            path("book/times/", self.construct_view(TimesView), name="times"),
            path("book/patients/", self.construct_view(FindPatientsView), name="find_patients"),
            path("book/similar/", self.construct_view(SimilarPatientsView), name="similar_patients"),
            path("undo/", self.construct_view(UndoView), name="undo"),
            path("queue/", self.construct_view(QueueView), name="queue"),
            path("queue/next/", self.construct_view(CallNextView), name="call_next"),
            path("queue/late/", self.construct_view(LateView), name="late"),
            path("queue/screens/", self.construct_view(ScreensView), name="screens"),
            path("approvals/", self.construct_view(ApprovalsView), name="approvals"),
            path("waitlist/", self.construct_view(WaitlistView), name="waitlist"),
            path("waitlist/new/", self.construct_view(WaitlistAddView), name="waitlist_add"),
            path("waitlist/<slug:reference>/", self.construct_view(WaitlistAnswerView), name="waitlist_answer"),
            path("<slug:reference>/", self.construct_view(VisitView), name="visit"),
            path("<slug:reference>/move/", self.construct_view(MoveView), name="move"),
            path("<slug:reference>/step/", self.construct_view(StepView), name="step"),
            path("<slug:reference>/again/", self.construct_view(CallAgainView), name="call_again"),
            path("<slug:reference>/approve/", self.construct_view(ApproveView), name="approve"),
            path("<slug:reference>/refuse/", self.construct_view(RefuseView), name="refuse"),
            path("<slug:reference>/cancel/", self.construct_view(CancelView), name="cancel"),
        ]


class PatientFileViewSet(ViewSet):
    """The page of one patient, and two files that are one person's; the list of patients is in clinic.patients."""

    name = "desk_patients"
    url_prefix = "patient"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("match/", self.construct_view(ToMatchView), name="to_match"),
            path("<slug:reference>/", self.construct_view(PatientView), name="patient"),
            path("<slug:reference>/merge/", self.construct_view(MergeWithView), name="merge_with"),
            path("<slug:reference>/merge/<slug:other>/", self.construct_view(CompareView), name="compare"),
            path("<slug:reference>/merge/<slug:merge>/undo/", self.construct_view(UndoMergeView), name="undo_merge"),
        ]
