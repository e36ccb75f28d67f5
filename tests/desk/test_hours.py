"""Special hours at the desk: nothing is saved before it was seen, and nobody follows two at once."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from clinic.audit.models import AuditEvent
from clinic.directory.models import HoursTemplate, TemplateUse
from clinic.scheduling.availability import free_slots
from tests.accounts.cast import person
from tests.desk.conftest import Clinic, signed_in
from tests.factories.directory import HoursTemplateFactory, LocationFactory, OpeningHoursFactory, TemplateUseFactory

HOURS = "/admin/special-hours/"
MONDAY = date(2026, 11, 23)


@pytest.fixture
def office(db: None) -> Client:
    return signed_in(person("amal", role=Role.ADMINISTRATOR))


def new(clinic: Clinic) -> str:
    return f"{HOURS}new/?location={clinic.location.slug}"


def typed(clinic: Clinic, **more: Any) -> dict[str, Any]:
    return {
        "name_en": "Ramadan",
        "name_ar": "رمضان",
        "first_day": "2026-11-23",
        "last_day": "2026-12-22",
        "day1_starts1": "12:00",
        "day1_ends1": "15:00",
        "practitioners": [clinic.salma.pk],
        "keeps_days": "on",
        "do": "look",
        **more,
    }


def hours_offered(clinic: Clinic, *, day: date = MONDAY) -> set[tuple[int, str]]:
    slots = free_slots(
        service=clinic.service, first_day=day, days=1, now=datetime(2026, 11, 20, tzinfo=UTC), ignore_notice=True
    )
    zone = clinic.location.time_zone
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT who, to_char(at AT TIME ZONE %s, 'HH24') FROM unnest(%s::bigint[], %s::timestamptz[]) s (who, at)",
            [zone, [slot.practitioner_id for slot in slots], [slot.starts_at for slot in slots]],
        )
        return set(cursor.fetchall())


def test_the_visits_without_room_are_shown_and_nothing_is_saved(office: Client, clinic: Clinic) -> None:
    visit = clinic.visit()  # at eleven
    page = office.post(new(clinic), typed(clinic)).text
    assert "1 visit lies outside of these hours" in page
    assert f'value="{visit.reference}.0"' in page
    assert not HoursTemplate.objects.exists()


def test_saved_hours_replace_the_usual_ones_in_their_days_and_the_list_is_worked_off(
    office: Client, clinic: Clinic
) -> None:
    visit = clinic.visit()
    sent = typed(clinic, do="save", seen=[f"{visit.reference}.0"])
    answer = office.post(new(clinic), sent)
    template = HoursTemplate.objects.get()
    assert answer["Location"] == f"{HOURS}{template.pk}/"
    offered = hours_offered(clinic)
    assert {hour for who, hour in offered if who == clinic.salma.pk} == {"12", "13", "14"}
    assert "09" in {hour for who, hour in offered if who == clinic.omar.pk}
    # A day off in the template, and the day after its last one.
    assert clinic.salma.pk not in {who for who, _hour in hours_offered(clinic, day=date(2026, 11, 24))}
    assert (clinic.salma.pk, "09") in hours_offered(clinic, day=date(2026, 12, 23))
    page = office.get(answer["Location"]).text
    assert f"/admin/appointments/{visit.reference}/move/" in page
    assert AuditEvent.objects.get(subject_type="hourstemplate").detail["affected"] == 1


def test_a_visit_that_nobody_has_seen_stops_the_saving(office: Client, clinic: Clinic) -> None:
    visit = clinic.visit()
    answer = office.post(new(clinic), typed(clinic, do="save"))
    assert answer.status_code == 409
    assert visit.reference in answer.text
    assert "رمضان" in answer.text
    assert not HoursTemplate.objects.exists()


def test_nobody_follows_two_templates_on_one_day(office: Client, clinic: Clinic) -> None:
    office.post(new(clinic), typed(clinic, do="save"))
    again = typed(clinic, do="save", first_day="2026-12-22", last_day="2026-12-30")
    answer = office.post(new(clinic), again)
    assert answer.status_code == 409
    assert "Other special hours" in answer.text
    office.post(new(clinic), again | {"practitioners": [clinic.omar.pk]})
    assert HoursTemplate.objects.count() == 2
    # The same for whoever writes without the form, and where the days of a template move.
    later = HoursTemplate.objects.get(first_day=date(2026, 12, 22))
    TemplateUseFactory(template=later, practitioner=clinic.salma)
    with pytest.raises(IntegrityError), transaction.atomic():
        connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    TemplateUse.objects.filter(template=later, practitioner=clinic.salma).delete()


def test_who_follows_a_template_follows_its_days(clinic: Clinic) -> None:
    template = HoursTemplateFactory(location=clinic.location, practitioners=[clinic.salma])
    HoursTemplate.objects.filter(pk=template.pk).update(last_day=date(2026, 12, 1))
    assert TemplateUse.objects.get().last_day == date(2026, 12, 1)
    with pytest.raises(IntegrityError), transaction.atomic():
        TemplateUse.objects.update(last_day=date(2026, 12, 2))


def test_a_location_may_keep_visits_within_its_opening_hours(clinic: Clinic) -> None:
    OpeningHoursFactory(location=clinic.location, weekday=1, starts=time(8), ends=time(11))
    assert (clinic.salma.pk, "16") in hours_offered(clinic)
    clinic.location.keeps_to_hours = True
    clinic.location.save()
    assert {hour for _who, hour in hours_offered(clinic)} == {"09", "10"}
    HoursTemplateFactory(location=clinic.location, for_doors=True, hours=[(1, time(14), time(16))])
    assert {hour for _who, hour in hours_offered(clinic)} == {"14", "15"}


def test_a_location_without_opening_hours_cannot_keep_to_them(office: Client, clinic: Clinic) -> None:
    fields = {
        "name_en": "A",
        "name_ar": "أ",
        "city_en": "Amman",
        "city_ar": "عمّان",
        "address_en": "1",
        "address_ar": "١",
    }
    rows = {f"opening_hours-{name}_FORMS": number for name, number in (("TOTAL", 0), ("INITIAL", 0))}
    sent = {**fields, **rows, "phone": "+96265550100", "slug": "a", "time_zone": "Asia/Amman", "keeps_to_hours": "on"}
    assert "Enter the opening hours" in office.post("/admin/location/new/", sent).text


def test_deleted_hours_give_the_usual_ones_back(office: Client, clinic: Clinic) -> None:
    template = HoursTemplateFactory(
        location=clinic.location, practitioners=[clinic.salma], hours=[(1, time(18), time(20))]
    )
    evening = clinic.visit(minutes=8 * 60)  # at six
    address = f"{HOURS}{template.pk}/delete/"
    assert evening.reference in office.get(address).text
    assert office.post(address).status_code == 409
    office.post(address, {"seen": f"{evening.reference}.0"})
    assert not HoursTemplate.objects.exists()
    assert (clinic.salma.pk, "09") in hours_offered(clinic)


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ({"last_day": "2026-11-22"}, "The last day must not come before the first."),
        ({"first_day": "2026-11-01", "last_day": "2026-11-22"}, "This time is already over."),
        ({"last_day": "2028-11-22"}, "Special hours last a year at most."),
        ({"day1_ends1": ""}, "Enter both times, or neither."),
        ({"day1_ends1": "11:00"}, "The end must come after the start."),
        ({"day1_starts2": "14:00", "day1_ends2": "16:00"}, "These hours overlap those before them."),
        ({"day1_starts1": "", "day1_ends1": ""}, "Enter the hours of one day at least."),
        ({"practitioners": []}, "Choose who follows these hours."),
        ({"practitioners": ["x"]}, "is not a valid value."),
    ],
)
def test_a_fault_is_explained_and_what_was_typed_stays(
    office: Client, clinic: Clinic, fault: dict[str, Any], words: str
) -> None:
    answer = office.post(new(clinic), typed(clinic) | fault)
    assert answer.status_code == 422
    assert words in answer.text
    assert "رمضان" in answer.text


def test_reception_reads_the_list_and_changes_nothing(desk: Client, clinic: Clinic) -> None:
    template = HoursTemplateFactory(location=clinic.location, practitioners=[clinic.salma])
    visit = clinic.visit()
    assert visit.reference in desk.get(f"{HOURS}{template.pk}/").text
    assert desk.post(f"{HOURS}{template.pk}/", typed(clinic, do="save")).status_code == 404
    assert desk.get(new(clinic)).status_code == 302
    assert desk.get(f"{HOURS}{template.pk}/delete/").status_code == 302
    doctor = signed_in(person("salma", role=Role.CLINICIAN))
    assert doctor.get(f"{HOURS}{template.pk}/").status_code == 302


def test_the_list_asks_as_often_for_three_as_for_one(
    office: Client, clinic: Clinic, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    office.get(HOURS)
    HoursTemplateFactory(location=clinic.location)
    with django_assert_num_queries(14) as one:
        office.get(HOURS)
    for month in (1, 2):
        HoursTemplateFactory(location=LocationFactory(), first_day=date(2027, month, 1), last_day=date(2027, month, 9))
    with django_assert_num_queries(len(one)):
        office.get(HOURS)


def test_new_hours_without_a_location_lead_to_the_list_with_a_button_for_each(office: Client, clinic: Clinic) -> None:
    for asked in ("", "?location=nowhere"):
        answer = office.get(f"{HOURS}new/{asked}", follow=True)
        assert answer.redirect_chain == [(HOURS, 302)]
        assert new(clinic) in answer.text.replace("&amp;", "&")


@pytest.mark.parametrize(("language", "words"), [("en", "We could not find this page"), ("ar", "لم نجد هذه الصفحة")])
def test_what_is_not_in_the_back_office_is_told_in_the_language_of_its_reader(
    clinic: Clinic, language: str, words: str
) -> None:
    user = person("rania", role=Role.RECEPTIONIST)
    UserProfile.objects.create(user=user, preferred_language=language)
    answer = signed_in(user).get(f"{HOURS}0/")
    assert answer.status_code == 404
    assert words in answer.text
    assert 'href="/admin/appointments/"' in answer.text
