import pytest
from django.utils import translation

from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from clinic.audit.words import SENTENCES, field_name, kind_of, model_of, tell, verbs, who
from clinic.directory.models import Practitioner


def event(verb: str, subject_type: str = "appointment", **detail: object) -> AuditEvent:
    return AuditEvent(verb=verb, subject_type=subject_type, subject="K7QMW4TZDH", detail=detail)


def test_a_change_of_status_reads_as_words() -> None:
    assert tell(event("appointment.status", **{"from": "booked", "to": "noshow"})) == "No-show (before: Booked)"


def test_a_role_is_told_in_the_language_of_the_reader() -> None:
    given = event("user.role_given", "user", role="nurse")
    assert tell(given) == "Role given: Nurse"
    with translation.override("ar"):
        assert tell(given) == "أُسند الدور: ممرّض"


def test_fields_are_told_by_their_names_on_the_form() -> None:
    told = tell(event("practitioner.changed", "practitioner", fields=["name_ar", "working_hours"]))
    assert told == "Entry changed: name in Arabic, working hours"


def test_a_verb_without_words_and_a_detail_that_is_missing_are_no_faults() -> None:
    assert tell(event("something.new")) == "something.new"
    assert tell(event("user.role_given")) == "Role given: —"
    assert tell(AuditEvent(verb="appointment.booked", subject_type="gone", detail=[])) == "Booked (—)"
    assert kind_of(event("x", "gone")) == "gone"


def test_an_event_without_a_person_is_of_a_visitor_or_the_system() -> None:
    assert who(event("appointment.booked")) == "Visitor or system"


def test_kinds_and_fields_are_those_of_our_models() -> None:
    assert model_of("user") is User
    assert model_of("directory.practitioner") is Practitioner
    assert field_name("nothing", Practitioner) == "nothing"


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_verb_can_be_chosen_and_told_in_either_language(language: str) -> None:
    with translation.override(language):
        assert {verb for verb, _words in verbs()} == set(SENTENCES)
        for verb in SENTENCES:
            assert "%(" not in tell(event(verb)) + dict(verbs())[verb]
