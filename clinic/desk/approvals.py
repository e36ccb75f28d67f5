"""What visitors asked for and the clinic has not answered yet, as a desk reads it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from clinic.desk.forms.changes import RefuseForm
from clinic.desk.queries import reserved_places, visits_for
from clinic.desk.rows import local
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.models import Appointment

# The patient reads them, so each is offered in the language of the patient.
REASONS = (
    _("We need a referral first. Please send it to us, and ask again."),
    _("For this we would like to see you at another time of day."),
    _("Another service fits better. Please call us, and we will find it together."),
)


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request with its moments on the wall clock of its location; `minutes` are left to answer it."""

    visit: Appointment
    starts: datetime
    ends: datetime
    asked: datetime
    answer_by: datetime
    minutes: int
    refuse: RefuseForm
    reasons: Sequence[str]

    @property
    def places(self) -> list[str]:
        return [place.resource.name for place in reserved_places(self.visit)]

    @property
    def is_urgent(self) -> bool:
        return self.minutes < 60


def requests_for(user: Any, *, now: datetime) -> QuerySet[Appointment]:
    """What `user` may still approve or refuse, the most urgent first."""
    waiting = visits_for(user, "change").filter(status=AppointmentStatus.PENDING, approve_by__gt=now)
    return waiting.order_by("approve_by", "starts_at", "pk")


def lines_of(visits: Iterable[Appointment], *, now: datetime, refused: RefuseForm | None = None) -> list[RequestLine]:
    """`refused` is the form that was sent about one of them and could not be accepted."""
    return [line_of(visit, now=now, refused=refused) for visit in visits]


def line_of(visit: Appointment, *, now: datetime, refused: RefuseForm | None = None) -> RequestLine:
    zone = ZoneInfo(visit.location.time_zone)
    starts, ends = local(visit)
    answer_by = visit.approve_by or visit.starts_at
    is_the_one = refused is not None and refused.prefix == visit.reference
    return RequestLine(
        visit=visit,
        starts=starts,
        ends=ends,
        asked=visit.created_at.astimezone(zone),
        answer_by=answer_by.astimezone(zone),
        minutes=int((answer_by - now).total_seconds() // 60),
        refuse=refused if is_the_one and refused else form_for(visit),
        reasons=reasons_in(visit.language),
    )


def form_for(visit: Appointment, data: Any = None) -> RefuseForm:
    return RefuseForm(
        data,
        prefix=visit.reference,
        initial={"revision": visit.revision},
        language=visit.get_language_display(),
    )


def reasons_in(language: str) -> list[str]:
    with translation.override(language):
        return [str(reason) for reason in REASONS]
