"""Weekly hours for a span of days, saved only when somebody has seen which visits they leave no room for."""

from collections.abc import Callable, Collection, Sequence
from typing import TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db import IntegrityError, connection, transaction

from clinic.audit.actions import record_event
from clinic.directory.models import HoursTemplate, Practitioner, TemplateHours, TemplateUse
from clinic.directory.workdays import Draft
from clinic.lib import clock
from clinic.scheduling.actions.locks import StillBusy, in_transaction
from clinic.scheduling.actions.refusals import HoursRefused
from clinic.scheduling.actions.seats import lock_for
from clinic.scheduling.models import Appointment
from clinic.scheduling.outside import outside_of_draft, outside_without

Result = TypeVar("Result")
Seen = Collection[tuple[str, int]]  # reference and revision of each visit that somebody saw


def save_template(*, draft: Draft, seen: Seen, by: AbstractBaseUser | None) -> HoursTemplate:
    """Save the template of `draft`, new or changed, with its hours and those who follow it: all or nothing.

    Visits outside of the new hours stay until somebody moves them. Raises `HoursRefused`: "changed" when one of
    them is not among `seen`, "overlap" when somebody, or the doors, have another template in these days.
    """

    def save() -> HoursTemplate:
        lock_everybody()
        outside = outside_of_draft(draft, now=clock.now())
        check_seen(outside, seen)
        template = draft.template
        is_new = template.pk is None
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                _write(draft)
                # Now, and not at commit, where nobody could be told.
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        except IntegrityError as fault:
            if is_new:
                template.pk = None
            if getattr(fault.__cause__, "sqlstate", None) != "23P01":  # exclusion_violation
                raise
            raise HoursRefused("overlap") from None
        _record("hourstemplate.created" if is_new else "hourstemplate.changed", template, by=by, affected=len(outside))
        return template

    return _all_or_nothing(save)


def delete_template(*, template: HoursTemplate, seen: Seen, by: AbstractBaseUser | None) -> None:
    """Bring the usual hours back. Raises `HoursRefused` ("changed") as `save_template` does."""

    def delete() -> None:
        lock_everybody()
        current = HoursTemplate.objects.filter(pk=template.pk).first()
        if current is None:
            return
        outside = outside_without(current, now=clock.now())
        check_seen(outside, seen)
        _record("hourstemplate.deleted", current, by=by, affected=len(outside))
        current.delete()

    _all_or_nothing(delete)


def lock_everybody() -> None:
    """A template may concern anybody at its location, as a closure does: nobody is booked while it is written."""
    lock_for([], others=list(Practitioner.objects.order_by("pk").values_list("pk", flat=True)))


def check_seen(outside: Sequence[Appointment], seen: Seen) -> None:
    known = set(seen)
    unseen = [visit.pk for visit in outside if (visit.reference, visit.revision) not in known]
    if unseen:
        raise HoursRefused("changed", visits=unseen)


def _write(draft: Draft) -> None:
    template = draft.template
    template.save()
    template.hours.all().delete()
    TemplateHours.objects.bulk_create(
        TemplateHours(template=template, weekday=weekday, starts=starts, ends=ends)
        for weekday, spans in draft.hours.items()
        for starts, ends in spans
    )
    template.uses.exclude(practitioner__in=draft.practitioners).delete()
    kept = set(template.uses.values_list("practitioner", flat=True))
    TemplateUse.objects.bulk_create(
        TemplateUse(
            template=template,
            practitioner_id=practitioner,
            location=template.location,
            first_day=template.first_day,
            last_day=template.last_day,
        )
        for practitioner in sorted(set(draft.practitioners) - kept)
    )


def _record(verb: str, template: HoursTemplate, *, by: AbstractBaseUser | None, affected: int) -> None:
    record_event(
        verb,
        subject_type="hourstemplate",
        subject=str(template.pk),
        by=by,
        detail={
            "first": template.first_day.isoformat(),
            "last": template.last_day.isoformat(),
            "people": template.uses.count(),
            "affected": affected,
        },
    )


def _all_or_nothing(work: Callable[[], Result]) -> Result:
    try:
        return in_transaction(work)
    except StillBusy:
        raise HoursRefused("busy") from None
