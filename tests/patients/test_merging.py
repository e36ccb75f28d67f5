"""Two files of one person become one, nothing is lost on the way, and the way back is exact."""

from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from clinic.audit.models import AuditEvent
from clinic.patients import actions
from clinic.patients.actions import digest_of, merge_patients, tell_apart, undo_merge
from clinic.patients.followers import followers
from clinic.patients.matching import matches, matches_of
from clinic.patients.models import Merge, MovedRow, Patient
from clinic.patients.queries import find_patients, known_by
from clinic.patients.refusals import MergeRefused
from clinic.scheduling.models import Appointment
from tests.factories.patients import PatientFactory
from tests.factories.scheduling import AppointmentFactory
from tests.factories.waitlist import WaitlistEntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def known() -> Patient:
    return PatientFactory(name_en="Layla Haddad", name_ar="", phone="+962791234567", email="old@patients.example")


@pytest.fixture
def newcomer(known: Patient) -> Patient:
    return PatientFactory(
        name_en="", name_ar="ليلى حداد", phone=known.phone, email="new@patients.example", origin="site"
    )


def refusal(**asked: Any) -> MergeRefused:
    with pytest.raises(MergeRefused) as refused:
        merge_patients(by=None, **{"take": [], **asked})
    return refused.value


def undo_refusal(merge: Merge) -> MergeRefused:
    with pytest.raises(MergeRefused) as refused:
        undo_merge(merge=merge, by=None)
    return refused.value


def settle() -> None:
    """What is asked at the commit only is asked now."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


@transaction.atomic
def point(patient: Patient, target: Patient) -> None:
    Patient.objects.filter(pk=patient.pk).update(merged_into=target)
    settle()


def state() -> list[Any]:
    people: list[Any] = list(Patient.objects.values_list())
    visits: list[Any] = list(Appointment.objects.order_by("pk").values_list("pk", "patient"))
    return people + visits


def test_every_table_of_patients_follows_them_into_a_merge() -> None:
    """Whoever adds a foreign key to a patient says `follow` in `ready()`, and makes the triggers."""
    known_names = {follower.name for follower in followers()}
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal")
        triggers = set(cursor.fetchall())
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if field.related_model is not Patient or model in apps.get_app_config("patients").get_models():
                continue
            table = model._meta.db_table
            assert f"{model._meta.label_lower}.{field.name}" in known_names
            assert field.column == "patient_id"
            assert {(table, "follows_its_patient"), ("patients_patient", f"leaves_no_{table}")} <= triggers


def test_what_belongs_to_the_one_belongs_to_the_other_then(known: Patient, newcomer: Patient) -> None:
    visits = AppointmentFactory.create_batch(2, patient=newcomer)
    entry = WaitlistEntryFactory(patient=newcomer)
    merge = merge_patients(kept=known, merged=newcomer, take={"name_ar", "email"}, by=None)
    settle()
    known.refresh_from_db()
    newcomer.refresh_from_db()
    entry.refresh_from_db()
    assert set(known.appointments.all()) == set(visits)
    assert (entry.patient, newcomer.merged_into) == (known, known)
    assert (known.name_ar, known.email, known.phone) == ("ليلى حداد", "new@patients.example", "+962791234567")
    event = AuditEvent.objects.get(verb="patient.merged")
    assert event.subject == known.reference
    assert set(event.detail["moved"]) == {*(visit.reference for visit in visits), entry.reference}
    assert "new@" not in str(event.detail)
    assert merge.rows.count() == 3


def test_undone_everything_is_as_it_was(known: Patient, newcomer: Patient) -> None:
    AppointmentFactory(patient=known)
    AppointmentFactory.create_batch(2, patient=newcomer)
    before = state()
    merge = merge_patients(kept=known, merged=newcomer, take=actions.DETAILS, by=None)
    later = AppointmentFactory(patient=known)
    undo_merge(merge=merge, by=None)
    settle()
    later.refresh_from_db()
    assert later.patient == known
    later.reservations.all().delete()
    later.delete()
    assert state() == before
    assert undo_refusal(merge).code == "undone"


def test_what_is_written_for_a_merged_patient_is_the_kept_ones(known: Patient, newcomer: Patient) -> None:
    merge_patients(kept=known, merged=newcomer, take=[], by=None)
    visit, entry = AppointmentFactory(patient=newcomer), WaitlistEntryFactory(patient=newcomer)
    for row in (visit, entry):
        row.refresh_from_db()
        assert row.patient == known


def test_who_was_merged_before_comes_along_and_goes_back(known: Patient, newcomer: Patient) -> None:
    third = PatientFactory()
    first = merge_patients(kept=newcomer, merged=third, take=[], by=None)
    second = merge_patients(kept=known, merged=newcomer, take=[], by=None)
    settle()
    third.refresh_from_db()
    assert third.merged_into == known
    refused = undo_refusal(first)
    assert (refused.code, newcomer.name in refused.message) == ("merged_on", True)
    undo_merge(merge=second, by=None)
    undo_merge(merge=first, by=None)
    settle()
    assert not Patient.objects.exclude(merged_into=None).exists()


def test_a_detail_that_was_changed_since_is_not_lost(known: Patient, newcomer: Patient) -> None:
    merge = merge_patients(kept=known, merged=newcomer, take=["email", "name_ar"], by=None)
    Patient.objects.filter(pk=known.pk).update(email="third@patients.example")
    refused = undo_refusal(merge)
    assert refused.code == "details"
    assert "e-mail" in refused.message
    Patient.objects.filter(pk=known.pk).update(email="new@patients.example")
    assert undo_merge(merge=merge, by=None).undone_at


def test_a_visit_that_is_somebody_elses_by_now_is_told(known: Patient, newcomer: Patient) -> None:
    visit = AppointmentFactory(patient=newcomer)
    merge = merge_patients(kept=known, merged=newcomer, take=[], by=None)
    Appointment.objects.filter(pk=visit.pk).update(patient=PatientFactory())
    refused = undo_refusal(merge)
    assert (refused.code, "Appointments (1)" in refused.message) == ("rows", True)


def test_what_is_gone_since_stays_gone(known: Patient, newcomer: Patient) -> None:
    entry = WaitlistEntryFactory(patient=newcomer)
    merge = merge_patients(kept=known, merged=newcomer, take=[], by=None)
    entry.delete()
    assert undo_merge(merge=merge, by=None).undone_at


def test_nobody_is_merged_with_themselves_twice_or_unseen(known: Patient, newcomer: Patient) -> None:
    assert refusal(kept=known, merged=known).code == "same"
    seen = digest_of(known, newcomer)
    assert seen == digest_of(newcomer, known)
    Patient.objects.filter(pk=newcomer.pk).update(phone="")
    assert refusal(kept=known, merged=newcomer, seen=seen).code == "changed"
    merge_patients(kept=known, merged=newcomer, take=[], by=None)
    assert refusal(kept=PatientFactory(), merged=newcomer).code == "merged"
    assert Merge.objects.count() == 1


def test_nothing_moves_when_the_event_cannot_be_written(
    known: Patient, newcomer: Patient, monkeypatch: pytest.MonkeyPatch
) -> None:
    AppointmentFactory(patient=newcomer)
    before = state()

    def fail(*args: object, **details: object) -> None:
        raise RuntimeError("no room for events")

    monkeypatch.setattr(actions, "record_event", fail)
    with pytest.raises(RuntimeError):
        merge_patients(kept=known, merged=newcomer, take=["email"], by=None)
    assert state() == before
    assert not MovedRow.objects.exists()


def test_the_database_refuses_two_steps_and_what_is_left_behind(known: Patient, newcomer: Patient) -> None:
    third = PatientFactory()
    AppointmentFactory(patient=third)
    for row, target in ((third, known), (known, known)):
        with pytest.raises(IntegrityError):
            point(row, target)
    merge_patients(kept=known, merged=newcomer, take=[], by=None)
    for row, target in ((known, PatientFactory()), (PatientFactory(), newcomer), (known, newcomer)):
        with pytest.raises(IntegrityError):
            point(row, target)


def test_old_names_numbers_and_links_find_the_kept_file(known: Patient, newcomer: Patient) -> None:
    Patient.objects.filter(pk=newcomer.pk).update(phone="+962780000001", name_ar="نسرين الصباغ")
    newcomer.refresh_from_db()
    merge_patients(kept=known, merged=newcomer, take=[], by=None)
    everybody = Patient.objects.filter(merged_into=None)
    for text in (newcomer.file_number, "0780000001", "Nisreen Sabbagh", "new@patients.example"):
        assert list(find_patients(text, among=everybody)) == [known]
    assert known_by(newcomer.reference, among=everybody) == known
    assert known_by("no such", among=everybody) is None


@pytest.mark.parametrize(
    ("details", "is_found"),
    [
        ({"name_ar": "ليلى حداد"}, True),
        ({"name_en": "Leila Hadad"}, True),
        ({"name_en": "LAYLA"}, True),
        ({"name_en": "Layla Haddad", "phone": "", "email": "OLD@patients.example"}, True),
        ({"name_en": "Layla Haddad", "birth_date": "1990-02-02"}, False),
        ({"name_en": "Layla Haddad", "phone": "+962780000000"}, False),
        ({"name_en": "Omar Haddad"}, False),
        ({"name_en": "Layla Haddad", "origin": "desk"}, False),
    ],
)
def test_who_booked_on_the_site_and_is_perhaps_known_is_told(
    known: Patient, details: dict[str, str], is_found: bool
) -> None:
    Patient.objects.filter(pk=known.pk).update(birth_date="1990-01-01")
    typed = {"name_en": "", "name_ar": "", "phone": known.phone, "email": "", "origin": "site"}
    newcomer = PatientFactory(**typed | details)
    everybody = Patient.objects.all()
    found = [(match.newcomer, match.known) for match in matches(among=everybody, at_most=9)]
    assert found == ([(newcomer, known)] if is_found else [])
    for patient in (known, newcomer):
        assert bool(matches_of(patient, among=everybody)) == is_found


def test_who_was_found_to_be_two_people_is_never_asked_again(known: Patient, newcomer: Patient) -> None:
    everybody = Patient.objects.filter(merged_into=None)
    assert matches(among=everybody, at_most=9)
    tell_apart(first=newcomer, second=known, by=None)
    tell_apart(first=known, second=newcomer, by=None)
    assert not matches(among=everybody, at_most=9)
    assert AuditEvent.objects.filter(verb="patient.told_apart").count() == 2
    # Nor when one of the two becomes another file of the same person.
    other = PatientFactory(name_en="Layla Haddad", phone=known.phone)
    merge_patients(kept=other, merged=known, take=[], by=None)
    assert not matches(among=everybody, at_most=9)
