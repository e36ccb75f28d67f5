"""The history of a visit in words: who did what, when and why, with the messages that it caused."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from clinic.audit import words
from clinic.audit.models import AuditEvent
from clinic.desk.queries import history_of
from clinic.lib import clock
from clinic.messaging.models import Message
from clinic.messaging.registry import UnknownKind, kind_of
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.messages import SUBJECT_TYPE
from clinic.scheduling.models import Appointment

BOOKINGS = ("appointment.booked", "appointment.requested")


@dataclass(frozen=True, slots=True)
class Chapter:
    """`when` is on the wall clock of the location; `who` is empty for what happened by itself."""

    when: datetime
    what: str
    who: str
    why: str = ""


def story_of(visit: Appointment) -> list[Chapter]:
    """What happened to `visit`, the newest first, in the reader's language; two queries."""
    zone = ZoneInfo(visit.location.time_zone)
    chapters = [*told_by_events(visit, zone), *told_by_messages(visit, zone)]
    return sorted(chapters, key=lambda chapter: chapter.when, reverse=True)


def told_by_events(visit: Appointment, zone: ZoneInfo) -> Iterator[Chapter]:
    """The reasons stand in the visit alone, never in the trail; each belongs to the latest event that it fits."""
    reasons = {
        "appointment.cancelled": visit.cancel_reason,
        "appointment.refused": visit.cancel_reason,
        "appointment.moved": visit.overbooked,
    }
    if visit.overbooked:
        reasons["appointment.booked"] = visit.overbooked
    for event in history_of(visit):
        why = reasons.pop(event.verb, "")
        if event.verb == "appointment.moved" and why:
            reasons.pop("appointment.booked", None)
        yield Chapter(when=event.occurred_at.astimezone(zone), what=sentence(event, zone), who=actor(event), why=why)


def sentence(event: AuditEvent, zone: ZoneInfo) -> str:
    if event.verb == "appointment.moved":
        return moved(event.detail, zone) or words.tell(event)
    if event.verb in BOOKINGS and (starts := moment(event.detail.get("starts_at"), zone)):
        return _("%(booked)s for %(time)s") % {"booked": words.tell(event), "time": spoken(starts)}
    return words.tell(event)


def moved(detail: dict[str, Any], zone: ZoneInfo) -> str:
    """From when to when; of another length alone, until when. Empty where an older event does not say."""
    before, after = moment(detail.get("from"), zone), moment(detail.get("starts_at"), zone)
    old_end, new_end = moment(detail.get("until"), zone), moment(detail.get("ends_at"), zone)
    if before is None or after is None:
        return ""
    if before != after:
        return _("Moved from %(before)s to %(after)s") % {"before": spoken(before), "after": spoken(after)}
    if old_end and new_end and old_end != new_end:
        return _("Ends at %(after)s instead of %(before)s") % {
            "before": isolated(clock.shown(old_end)),
            "after": isolated(clock.shown(new_end)),
        }
    return _("Given to another person or place")


def actor(event: AuditEvent) -> str:
    """The person's name as it was then. What nobody of the staff did, the patient did online, or a rule by itself."""
    if event.actor_name:
        return event.actor_name
    if event.verb in BOOKINGS and event.detail.get("source") == BookingSource.SITE:
        return pgettext("who did it", "The patient, on the site")
    return pgettext("who did it", "The patient online, or by itself")


def told_by_messages(visit: Appointment, zone: ZoneInfo) -> Iterator[Chapter]:
    """A message at the moment when it left, or when it was written while it has not."""
    for message in Message.objects.filter(subject_type=SUBJECT_TYPE, subject=visit.reference):
        told = _("%(channel)s “%(subject)s”: %(status)s") % {
            "channel": message.get_channel_display(),
            "subject": label_of(message),
            "status": message.get_status_display(),
        }
        yield Chapter(when=(message.sent_at or message.created_at).astimezone(zone), what=told, who="")


def label_of(message: Message) -> str:
    try:
        return str(kind_of(message.kind).label)
    except UnknownKind:
        return message.kind


def moment(text: Any, zone: ZoneInfo) -> datetime | None:
    """The local time of an event's detail; None for what is none."""
    try:
        return datetime.fromisoformat(text).astimezone(zone)
    except (TypeError, ValueError):
        return None


def spoken(local: datetime) -> str:
    """A day and a time of the wall clock, as text. Django's own filter would bring it to UTC."""
    return f"{date_format(local.date(), 'DATE_FORMAT')} {isolated(clock.shown(local))}"


def isolated(text: str) -> str:
    """Left to right in either language."""
    return f"\u2066{text}\u2069"
