"""Making two files of one person one, taking that back, and remembering that two people are two."""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from hashlib import sha256
from typing import Any, TypeVar

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Q
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clinic.audit.actions import record_event
from clinic.lib import clock
from clinic.lib.locks import StillBusy, in_transaction
from clinic.patients.followers import Follower, followers
from clinic.patients.models import Distinction, Merge, MovedRow, Patient
from clinic.patients.refusals import MergeRefused

Result = TypeVar("Result")

# What a merge may take from the merged patient.
DETAILS = ("name_en", "name_ar", "birth_date", "gender", "phone", "email", "language", "origin")


def digest_of(*patients: Patient) -> str:
    """What somebody saw of `patients`, in any order: another one when a detail has changed since."""
    seen = sorted((patient.pk, *(plain(patient, name) for name in DETAILS)) for patient in patients)
    return sha256(repr(seen).encode()).hexdigest()


def plain(patient: Patient, name: str) -> str:
    value = getattr(patient, name)
    return value.isoformat() if isinstance(value, date) else str(value or "")


def merge_patients(
    *, kept: Patient, merged: Patient, take: Collection[str], by: AbstractBaseUser | None, seen: str = ""
) -> Merge:
    """Make `merged` a sign to `kept`, and lead all that belongs to them there, in one transaction with its events.

    `take` are those of `DETAILS` that `kept` gets from `merged`. `seen` is the `digest_of` what was shown. Both, and
    whoever was merged into them before, are locked by their numbers; whoever books for them meanwhile waits, and
    books for `kept`. Raises `MergeRefused`; nothing is written then.
    """

    def merge() -> Merge:
        if kept.pk == merged.pk:
            raise MergeRefused("same")
        rows = lock(kept.pk, merged.pk)
        survivor, sign = rows[kept.pk], rows[merged.pk]
        if survivor.merged_into_id or sign.merged_into_id:
            raise MergeRefused("merged")
        if seen and seen != digest_of(survivor, sign):
            raise MergeRefused("changed")
        taken = {name: [plain(survivor, name), plain(sign, name)] for name in DETAILS if name in take}
        taken = {name: values for name, values in taken.items() if values[0] != values[1]}
        actor = by.pk if by else None
        done = Merge.objects.create(kept=survivor, merged=sign, taken=taken, done_at=clock.now(), done_by_id=actor)
        moved = [name for follower in followers() for name in lead(follower, done)]
        for name in taken:
            setattr(survivor, name, getattr(sign, name))
        survivor.save(update_fields=list(taken))
        sign.merged_into = survivor
        sign.save(update_fields=["merged_into"])
        tell("patient.merged", survivor, sign, by=by, moved=moved, fields=list(taken))
        tell("patient.merged_away", sign, survivor, by=by)
        return done

    return patiently(merge)


def undo_merge(*, merge: Merge, by: AbstractBaseUser | None) -> Merge:
    """Give the merged patient back what was theirs, and the kept one the details from before; nothing else moves.

    What came after the merge stays with the kept patient, and what is gone since stays gone. There is no time limit.
    Raises `MergeRefused`, with "undone", "merged_on", "details" or "rows" when something later stands against it;
    nothing is written then.
    """

    def undo() -> Merge:
        rows = lock(merge.kept_id, merge.merged_id)
        current = Merge.objects.select_for_update(no_key=True).get(pk=merge.pk)
        survivor, sign = rows[current.kept_id], rows[current.merged_id]
        if current.undone_at:
            raise MergeRefused("undone")
        if survivor.merged_into_id:
            raise MergeRefused("merged_on", name=survivor.name)
        changed = [name for name, (_was, left) in current.taken.items() if plain(survivor, name) != left]
        if changed:
            raise MergeRefused("details", name=survivor.name, fields=words_of(changed))
        restore_details(survivor, current.taken)
        # First, for what is written for a merged patient is led to the kept one.
        sign.merged_into = None
        sign.save(update_fields=["merged_into"])
        moved = [name for follower in followers() for name in lead_back(follower, current)]
        current.undone_at = clock.now()
        current.save(update_fields=["undone_at"])
        tell("patient.merge_undone", survivor, sign, by=by, moved=moved, fields=list(current.taken))
        tell("patient.merge_undone", sign, survivor, by=by, moved=moved, fields=[])
        return current

    return patiently(undo)


def tell_apart(*, first: Patient, second: Patient, by: AbstractBaseUser | None) -> Distinction:
    """Remember that these are two people, so that nobody is asked again. Twice is once."""

    def note() -> Distinction:
        low, high = sorted((first, second), key=lambda patient: patient.pk)
        made, is_new = Distinction.objects.get_or_create(first=low, second=high, defaults={"made_at": clock.now()})
        if is_new:
            tell("patient.told_apart", low, high, by=by)
            tell("patient.told_apart", high, low, by=by)
        return made

    return patiently(note)


def patiently(work: Callable[[], Result]) -> Result:
    """Do `work` in one transaction. Raises `MergeRefused` when a lock is not let go in time."""
    try:
        return in_transaction(work)
    except StillBusy:
        raise MergeRefused("busy") from None


def lock(*patients: int) -> Mapping[int, Patient]:
    """These rows, and those merged into them, in the order of their numbers, until the end of the transaction."""
    rows = Patient.objects.filter(Q(pk__in=patients) | Q(merged_into__in=patients))
    return {row.pk: row for row in rows.order_by("pk").select_for_update(no_key=True)}


def lead(follower: Follower, merge: Merge) -> list[str]:
    """Move what belongs to the merged patient, and note each row; their names for the event."""
    rows = list(follower.rows_of(merge.merged_id).select_for_update(no_key=True))
    MovedRow.objects.bulk_create(MovedRow(merge=merge, follower=follower.name, row=row.pk) for row in rows)
    follower.rows_of(merge.merged_id).update(**{follower.field: merge.kept_id})
    return [name_of(row) for row in rows]


def lead_back(follower: Follower, merge: Merge) -> list[str]:
    """Move exactly the noted rows back. Raises `MergeRefused` for one that belongs to a third patient by now."""
    noted = merge.rows.filter(follower=follower.name).values_list("row", flat=True)
    rows = list(follower.rows.filter(pk__in=list(noted)).select_for_update(no_key=True))
    lost = [row for row in rows if getattr(row, f"{follower.field}_id") != merge.kept_id]
    if lost:
        kind = capfirst(follower.model._meta.verbose_name_plural)
        raise MergeRefused("rows", rows=f"{kind} ({len(lost)})")
    follower.rows.filter(pk__in=[row.pk for row in rows]).update(**{follower.field: merge.merged_id})
    return [name_of(row) for row in rows]


def restore_details(patient: Patient, taken: Mapping[str, list[str]]) -> None:
    for name, (was, _left) in taken.items():
        field: Any = Patient._meta.get_field(name)
        setattr(patient, name, field.to_python(was or None) if field.null else was)
    patient.save(update_fields=list(taken))


def words_of(fields: Collection[str]) -> str:
    """Names of fields for people."""
    # Translators: between the words of a list
    return _(", ").join(str(Patient._meta.get_field(name).verbose_name) for name in fields)  # type: ignore[union-attr]


def name_of(row: Any) -> str:
    return str(getattr(row, "reference", row.pk))


def tell(verb: str, patient: Patient, other: Patient, *, by: AbstractBaseUser | None, **detail: list[str]) -> None:
    record_event(
        verb, subject_type="patient", subject=patient.reference, by=by, detail={"other": other.reference, **detail}
    )
