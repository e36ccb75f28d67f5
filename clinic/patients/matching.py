"""Who is perhaps registered twice: somebody who booked on the site, and a patient whom the clinic knows already."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from clinic.patients.models import Patient

# `s` booked on the site and was never checked, `p` is known, or booked earlier. They gave the same phone or e-mail and
# much the same name; a date of birth that both gave is the same; and nobody has found them to be two people, nor those
# who were merged into them.
PAIRS = """
    SELECT s.id AS newcomer, p.id AS known
    FROM patients_patient s
    JOIN patients_patient p ON {same}
    WHERE s.origin = 'site' AND s.merged_into_id IS NULL AND p.merged_into_id IS NULL
        AND p.id <> s.id AND (p.origin <> 'site' OR p.id < s.id)
        AND coalesce(s.birth_date = p.birth_date, true)
        AND patients_alike(s.search_sounds, p.search_sounds)
        AND NOT EXISTS (
            SELECT FROM patients_distinction d
            JOIN patients_patient a ON a.id = d.first_id
            JOIN patients_patient b ON b.id = d.second_id
            WHERE (coalesce(a.merged_into_id, a.id), coalesce(b.merged_into_id, b.id)) IN ((s.id, p.id), (p.id, s.id))
        )
        {only}
"""
SAME = ("s.phone <> '' AND p.phone = s.phone", "s.email <> '' AND upper(p.email) = upper(s.email)")
EVERYBODY = " UNION ".join(PAIRS.format(same=same, only="") for same in SAME)
OF_ONE = " UNION ".join(
    PAIRS.format(same=same, only=only) for same in SAME for only in ("AND s.id = %(one)s", "AND p.id = %(one)s")
)


@dataclass(frozen=True, slots=True)
class Match:
    """Perhaps one person."""

    newcomer: Patient
    known: Patient


def matches(*, among: QuerySet[Patient], at_most: int) -> list[Match]:
    """The people to match, the newest first; two queries."""
    return found(f"{EVERYBODY} ORDER BY newcomer DESC, known LIMIT %(most)s", {"most": at_most}, among=among)


def matches_of(patient: Patient, *, among: QuerySet[Patient]) -> list[Match]:
    """Those in which `patient` is one of the two; two queries, or one when there are none."""
    return found(f"{OF_ONE} ORDER BY newcomer DESC, known LIMIT 5", {"one": patient.pk}, among=among)


def found(statement: str, values: dict[str, int], *, among: QuerySet[Patient]) -> list[Match]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        pairs: Sequence[tuple[int, int]] = cursor.fetchall()
    if not pairs:
        return []
    people = {each.pk: each for each in among.filter(pk__in={pk for pair in pairs for pk in pair})}
    return [Match(people[one], people[other]) for one, other in pairs if one in people and other in people]
