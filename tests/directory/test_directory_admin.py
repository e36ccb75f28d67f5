from datetime import date, time
from typing import Any
from unittest import mock

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.enums import Role
from clinic.audit.models import AuditEvent
from clinic.directory.models import Closure, Location, Practitioner, Room, Service, WorkingHours
from clinic.lib import clock
from tests.accounts.cast import person
from tests.factories.directory import (
    ClosureFactory,
    DeviceFactory,
    LocationFactory,
    PractitionerFactory,
    ReminderRuleFactory,
    RoomFactory,
    ServiceFactory,
    SpecialtyFactory,
    WorkingHoursFactory,
)
from tests.factories.scheduling import AppointmentFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def admin(client: Client) -> Client:
    client.force_login(person("admin", role=Role.ADMINISTRATOR))
    return client


def rows(prefix: str, *lines: dict[str, Any], initial: int = 0) -> dict[str, Any]:
    """A management form and `lines` as a browser sends them."""
    data = {f"{prefix}-TOTAL_FORMS": len(lines), f"{prefix}-INITIAL_FORMS": initial}
    data |= {f"{prefix}-MIN_NUM_FORMS": 0, f"{prefix}-MAX_NUM_FORMS": 1000}
    for number, line in enumerate(lines):
        data |= {f"{prefix}-{number}-{name}": value for name, value in {"id": "", "DELETE": "", **line}.items()}
    return data


def practitioner_form(*hours: dict[str, Any], extra: tuple[dict[str, Any], ...] = (), **changes: Any) -> dict[str, Any]:
    fields = {
        "name_en": "Dr. Huda Saleh",
        "name_ar": "د. هدى صالح",
        "slug": "huda-saleh",
        "gender": "female",
        "seats": 1,
        "is_active": "on",
        "languages": ["ar", "en"],
    }
    return {**fields, **rows("working_hours", *hours), **rows("extra_hours", *extra), **changes}


def monday(location: Location, starts: str, ends: str, **more: Any) -> dict[str, Any]:
    return {"weekday": 1, "location": location.pk, "starts": starts, "ends": ends, **more}


def test_a_practitioner_is_added_in_both_languages_with_hours(admin: Client) -> None:
    place, specialty, service = LocationFactory(), SpecialtyFactory(), ServiceFactory()
    data = practitioner_form(
        monday(place, "09:00", "12:00"),
        monday(place, "13:00", "17:00"),
        extra=({"day": "2026-12-05", "location": place.pk, "starts": "09:00", "ends": "12:00"},),
        specialties=[specialty.pk],
        services=[service.pk],
    )
    assert admin.post("/admin/practitioner/new/", data).status_code == 302
    huda = Practitioner.objects.get(slug="huda-saleh")
    assert (huda.name_ar, huda.languages) == ("د. هدى صالح", ["ar", "en"])
    assert [row.starts for row in huda.working_hours.all()] == [time(9), time(13)]
    assert huda.extra_hours.count() == 1
    assert list(huda.services.all()) == [service]
    event = AuditEvent.objects.get(verb="practitioner.created")
    assert "working_hours" in event.detail["fields"]


def test_the_form_stands_in_two_columns_each_in_its_direction(admin: Client) -> None:
    page = admin.get("/admin/practitioner/new/").text
    for field, attributes in (("name_en", 'lang="en" dir="ltr"'), ("name_ar", 'lang="ar" dir="rtl"')):
        assert f'name="{field}"' in page
        assert attributes in page


def test_overlapping_hours_name_the_row(admin: Client) -> None:
    place = LocationFactory()
    data = practitioner_form(
        monday(place, "09:00", "12:00"), monday(place, "11:00", "13:00"), specialties=[SpecialtyFactory().pk]
    )
    answer = admin.post("/admin/practitioner/new/", data)
    assert answer.status_code == 200
    assert "These hours overlap row 1: Monday, \u206609:00–12:00\u2069." in answer.text
    assert not Practitioner.objects.exists()


def test_hours_in_force_at_different_times_do_not_overlap(admin: Client) -> None:
    place = LocationFactory()
    data = practitioner_form(
        monday(place, "09:00", "12:00", valid_until="2026-11-30"),
        monday(place, "09:00", "12:00", valid_from="2026-12-01"),
        specialties=[SpecialtyFactory().pk],
    )
    assert admin.post("/admin/practitioner/new/", data).status_code == 302


def test_a_row_that_ends_before_it_starts_is_a_fault(admin: Client) -> None:
    data = practitioner_form(monday(LocationFactory(), "12:00", "09:00"), specialties=[SpecialtyFactory().pk])
    assert "The end must come after the start." in admin.post("/admin/practitioner/new/", data).text


def test_two_administrators_at_once_get_a_fault_and_no_error_page(admin: Client) -> None:
    """Each adds the same Monday to what the other has not seen: only the database can notice."""
    huda = PractitionerFactory(name_en="Dr. Huda Saleh")
    place = LocationFactory()

    def meanwhile(practitioners: object) -> None:
        WorkingHoursFactory(practitioner=Practitioner.objects.get(pk=huda.pk), location=place, weekday=1)

    data = practitioner_form(monday(place, "10:00", "12:00"), specialties=[SpecialtyFactory().pk], slug=huda.slug)
    with mock.patch("clinic.directory.views.lock_hours_of", side_effect=meanwhile):
        answer = admin.post(f"/admin/practitioner/edit/{huda.pk}/", data)
    assert answer.status_code == 200
    assert "Somebody else has changed these hours meanwhile" in answer.text
    assert not WorkingHours.objects.filter(starts=time(10)).exists()
    assert not AuditEvent.objects.filter(verb="practitioner.changed").exists()


def test_saving_hours_waits_for_bookings(admin: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    huda = PractitionerFactory()
    data = practitioner_form(specialties=[SpecialtyFactory().pk], slug=huda.slug)
    with mock.patch("clinic.directory.views.lock_hours_of") as lock:
        admin.post(f"/admin/practitioner/edit/{huda.pk}/", data)
        assert lock.call_args.args == ([huda.pk],)
        closure = {"name_en": "Eid", "name_ar": "عيد", "first_day": "2026-12-01", "last_day": "2026-12-02"}
        admin.post("/admin/closure/new/", closure)
    assert lock.call_count == 2
    assert Closure.objects.get().name_ar == "عيد"


def test_a_change_is_undone_when_its_event_cannot_be_written(admin: Client) -> None:
    room = RoomFactory(name_en="Room 1")
    data = {"name_en": "Room 2", "name_ar": "غرفة", "location": room.location_id, "room_kind": "therapy", "seats": 1}
    fault = RuntimeError("no room for events")
    with mock.patch("clinic.audit.views.record_event", side_effect=fault), pytest.raises(RuntimeError):
        admin.post(f"/admin/room/edit/{room.pk}/", data)
    room.refresh_from_db()
    assert room.name_en == "Room 1"


def test_what_is_in_use_is_not_deleted_and_the_reason_is_said(admin: Client) -> None:
    visit = AppointmentFactory()
    for kind, pk in (("service", visit.service_id), ("practitioner", visit.practitioner_id)):
        page = admin.post(f"/admin/{kind}/delete/{pk}/", follow=True).text
        assert "is in use and cannot be deleted" in page
        assert "Appointments (1)" in page
    assert Service.objects.filter(pk=visit.service_id).exists()
    assert Practitioner.objects.filter(pk=visit.practitioner_id).exists()
    assert not AuditEvent.objects.filter(verb__endswith=".deleted").exists()


def test_what_nobody_needs_is_deleted_with_an_event(admin: Client) -> None:
    room = RoomFactory()
    admin.post(f"/admin/room/delete/{room.pk}/")
    assert not Room.objects.exists()
    assert AuditEvent.objects.get(verb="room.deleted").subject == str(room.pk)


def test_a_locations_phone_and_opening_hours(admin: Client) -> None:
    fields = {"slug": "abdali", "name_en": "Abdali", "name_ar": "العبدلي", "city_en": "Amman", "city_ar": "عمّان"}
    fields |= {"address_en": "King Hussein St", "address_ar": "شارع الحسين", "phone": "06 555 0100"}
    fields |= {"time_zone": "Asia/Amman", "is_active": "on", "email": "", "latitude": "", "longitude": ""}
    day = {"weekday": 7, "starts": "08:00", "ends": "16:00"}
    admin.post("/admin/location/new/", {**fields, **rows("opening_hours", day)})
    place = Location.objects.get()
    assert place.phone == "+96265550100"
    assert place.opening_hours.count() == 1
    overlapping = {**fields, "slug": "b", **rows("opening_hours", day, {**day, "ends": "18:00"})}
    assert "These hours overlap row 1: Sunday" in admin.post("/admin/location/new/", overlapping).text
    assert "is no time zone" in admin.post("/admin/location/new/", {**fields, "time_zone": "Mars", "slug": "c"}).text


def test_another_clock_is_asked_about_while_visits_are_to_come(admin: Client) -> None:
    place = LocationFactory()
    visit = AppointmentFactory(location=place, starts_at=clock.day_bounds(date(2031, 1, 6), "Asia/Amman")[0])
    fields = {name: getattr(place, name) for name in ("slug", "name_en", "name_ar", "city_en", "city_ar", "phone")}
    fields |= {"address_en": place.address_en, "address_ar": place.address_ar, "is_active": "on"}
    fields |= rows("opening_hours") | {"time_zone": "Asia/Dubai"}
    address = f"/admin/location/edit/{place.pk}/"
    assert "Change the clock" not in admin.get(address).text
    asked = admin.post(address, fields).text
    assert "Appointments still to come here: 1." in asked
    assert "6 January 2031 \u206601:00\u2069 instead of 6 January 2031 \u206600:00\u2069" in asked
    assert "Change the clock all the same" in asked
    # A clock that shows the same needs no question.
    assert admin.post(address, {**fields, "time_zone": "Asia/Riyadh"}).status_code == 302
    assert admin.post(address, {**fields, "clock_is_meant": "on"}).status_code == 302
    place.refresh_from_db()
    visit.refresh_from_db()
    assert (place.time_zone, visit.starts_at.hour) == ("Asia/Dubai", 21)


LISTS: dict[str, Any] = {
    "location": LocationFactory,
    "specialty": SpecialtyFactory,
    "practitioner": PractitionerFactory,
    "service": ServiceFactory,
    "room": RoomFactory,
    "device": DeviceFactory,
    "closure": ClosureFactory,
}


@pytest.mark.parametrize("name", LISTS)
def test_every_list_takes_the_same_number_of_queries_for_each_length(admin: Client, name: str) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    place = LocationFactory()
    for count in (1, 3):
        same = {"location": place} if name in {"room", "device"} else {}
        LISTS[name].create_batch(count, **same)
        admin.get(f"/admin/{name}/")
        with CaptureQueriesContext(connection) as queries:
            page = admin.get(f"/admin/{name}/")
        assert page.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("name", LISTS)
def test_every_entry_can_be_searched_and_opened(admin: Client, name: str) -> None:
    row = LISTS[name](name_en="Needle", name_ar="إبرة")
    assert "Needle" in admin.get(f"/admin/{name}/", {"q": "إبرة"}).text
    assert "Needle" not in admin.get(f"/admin/{name}/", {"q": "haystack"}).text
    assert admin.get(f"/admin/{name}/edit/{row.pk}/").status_code == 200


def test_a_new_order_is_recorded(admin: Client) -> None:
    first, second = SpecialtyFactory(sort_order=0), SpecialtyFactory(sort_order=1)
    assert admin.post(f"/admin/specialty/reorder/{second.pk}/?position=0").json() == {"success": True}
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.sort_order < first.sort_order
    assert AuditEvent.objects.get(verb="specialty.changed").detail == {"fields": ["sort_order"]}


def service_form(*reminders: dict[str, Any], initial: int = 0, **changes: Any) -> dict[str, Any]:
    fields = {
        "name_en": "Skin check",
        "name_ar": "فحص الجلد",
        "slug": "skin-check",
        "duration": 30,
        "step": 30,
        "buffer_before": 0,
        "buffer_after": 0,
        "notice": 120,
        "horizon_days": 60,
        "cancel_cutoff": 240,
        "approval_hours": 24,
        "room_kind": "",
        "device_kind": "",
    }
    return {**fields, **rows("reminder_rules", *reminders, initial=initial), **changes}


def reminders_of(service: Service) -> list[tuple[int, str]]:
    return list(service.reminder_rules.values_list("hours_before", "channel"))


def test_a_new_service_begins_with_a_mail_two_days_and_an_sms_three_hours_before(admin: Client) -> None:
    page = admin.get("/admin/service/new/")

    assert page.context["form"].formsets["reminder_rules"].initial_form_count() == 2
    usual = [{"hours_before": 48, "channel": "email"}, {"hours_before": 3, "channel": "sms"}]
    admin.post("/admin/service/new/", service_form(*usual, initial=2, specialty=SpecialtyFactory().pk))
    assert reminders_of(Service.objects.get()) == [(48, "email"), (3, "sms")]


def test_reminders_of_a_service_are_changed_and_taken_away_in_its_form(admin: Client) -> None:
    service = ServiceFactory()
    kept, gone = ReminderRuleFactory(service=service), ReminderRuleFactory(service=service, hours_before=2)
    lines = [
        {"id": kept.pk, "hours_before": 36, "channel": "sms"},
        {"id": gone.pk, "hours_before": 2, "channel": "email", "DELETE": "1"},
    ]

    admin.post(f"/admin/service/edit/{service.pk}/", service_form(*lines, initial=2, specialty=service.specialty_id))

    assert reminders_of(Service.objects.get()) == [(36, "sms")]
    assert AuditEvent.objects.filter(verb="service.changed").count() == 1


@pytest.mark.parametrize(
    "lines",
    [
        [{"hours_before": 0, "channel": "email"}],
        [{"hours_before": 337, "channel": "email"}],
        [{"hours_before": 24, "channel": "pigeon"}],
        [{"hours_before": "soon", "channel": "sms"}],
        [{"hours_before": 24, "channel": "sms"}, {"hours_before": 24, "channel": "sms"}],
    ],
)
def test_a_reminder_that_cannot_be_is_refused_and_stays_in_the_form(admin: Client, lines: list[dict[str, Any]]) -> None:
    page = admin.post("/admin/service/new/", service_form(*lines, specialty=SpecialtyFactory().pk))

    assert page.status_code == 200
    assert not Service.objects.exists()
    assert page.context["form"].formsets["reminder_rules"].total_form_count() == len(lines)
