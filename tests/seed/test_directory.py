from itertools import pairwise

import pytest
from django.db import models

from clinic.directory.models import (
    Closure,
    Device,
    HoursTemplate,
    Location,
    Practitioner,
    Resource,
    Room,
    Service,
    Specialty,
    WorkingHours,
)
from content.models import ClinicImage
from home.starter.drawing.portraits import draw_portrait, read_faces
from home.starter.files import picture

pytestmark = pytest.mark.usefixtures("clinic")


@pytest.mark.parametrize(
    ("model", "count"),
    [
        (Location, 2),
        (Specialty, 8),
        (Practitioner, 16),
        (Service, 20),
        (Device, 2),
        (Room, 22),
        (Closure, 17),
        (HoursTemplate, 2),
    ],
)
def test_the_starter_clinic_is_as_large_as_promised(model: type[models.Model], count: int) -> None:
    assert model._default_manager.count() == count


@pytest.mark.parametrize("model", [Location, Specialty, Practitioner, Service, Resource, Closure, HoursTemplate])
def test_every_text_of_the_directory_stands_in_both_languages(model: type[models.Model]) -> None:
    names = [field.name for field in model._meta.get_fields() if field.name.endswith("_en")]
    assert names
    for row in model._default_manager.all():
        for name in names:
            english, arabic = getattr(row, name), getattr(row, f"{name.removesuffix('_en')}_ar")
            assert english
            assert arabic
            assert any("؀" <= letter <= "ۿ" for letter in arabic), arabic
            assert not any("؀" <= letter <= "ۿ" for letter in english), english


def test_the_two_locations_lie_in_different_cities() -> None:
    assert set(Location.objects.values_list("city_en", flat=True)) == {"Amman", "Irbid"}


def test_women_and_men_are_as_many() -> None:
    genders = list(Practitioner.objects.values_list("gender", flat=True))
    assert genders.count("female") == genders.count("male") == 8


def test_everybody_works_with_a_lunch_break_on_every_day() -> None:
    for person in Practitioner.objects.prefetch_related("working_hours"):
        by_day: dict[int, list[WorkingHours]] = {}
        for row in person.working_hours.all():
            by_day.setdefault(row.weekday, []).append(row)
        assert by_day, person
        assert 5 not in by_day, "Friday"
        for rows in by_day.values():
            assert len(rows) >= 2, person
            assert all(morning.ends < noon.starts for morning, noon in pairwise(rows)), person


def test_working_hours_lie_within_the_opening_hours() -> None:
    for row in WorkingHours.objects.select_related("location"):
        doors = row.location.opening_hours.filter(weekday=row.weekday)
        assert any(door.starts <= row.starts and row.ends <= door.ends for door in doors), f"{row.practitioner} {row}"


def test_everybody_offers_services_of_their_own_specialty_and_each_service_has_somebody() -> None:
    for person in Practitioner.objects.prefetch_related("specialties", "services"):
        assert {service.specialty_id for service in person.services.all()} == {
            specialty.pk for specialty in person.specialties.all()
        }
    assert not Service.objects.filter(practitioners=None).exists()


def test_each_service_finds_its_room_and_device_where_somebody_offers_it() -> None:
    for service in Service.objects.all():
        places = Location.objects.filter(working_hours__practitioner__services=service).distinct()
        assert any(
            place.rooms.filter(room_kind=service.room_kind).exists()
            and (not service.device_kind or place.devices.filter(device_kind=service.device_kind).exists())
            for place in places
        ), service


def test_services_differ_in_length() -> None:
    lengths = set(Service.objects.values_list("duration", flat=True))
    assert (min(lengths), max(lengths)) == (15, 90)
    assert len(lengths) >= 7


def test_every_portrait_is_a_drawing_with_words_in_both_languages() -> None:
    for person in Practitioner.objects.select_related("portrait"):
        assert isinstance(person.portrait, ClinicImage)
        assert person.portrait.is_svg()
        assert (person.portrait.width, person.portrait.height) == (400, 400)
        assert person.name_en in person.portrait.alt_en
        assert person.name_ar in person.portrait.alt_ar


def test_the_stored_portraits_are_what_the_generator_draws() -> None:
    faces = read_faces()
    assert set(faces) == set(Practitioner.objects.values_list("slug", flat=True))
    for slug, face in faces.items():
        assert picture(f"portraits/{slug}").read_text(encoding="utf-8") == draw_portrait(face)


def test_fixed_holidays_are_right_and_those_of_the_moon_are_called_expected() -> None:
    days = {(row.first_day.isoformat(), row.name_en) for row in Closure.objects.filter(location=None)}
    for year in (2026, 2027):
        assert (f"{year}-01-01", "New Year’s Day") in days
        assert (f"{year}-05-01", "Labour Day") in days
        assert (f"{year}-05-25", "Independence Day") in days
        assert (f"{year}-12-25", "Christmas Day") in days
    fixed = {"New Year’s Day", "Labour Day", "Independence Day", "Christmas Day"}
    for row in Closure.objects.filter(location=None).exclude(name_en__in=fixed):
        assert "expected" in row.name_en
        assert "متوقع" in row.name_ar


def test_one_service_asks_for_a_code_and_another_for_approval() -> None:
    assert list(Service.objects.exclude(code_by="").values_list("slug", "code_by")) == [("root-canal", "email")]
    assert list(Service.objects.filter(needs_approval=True).values_list("slug", flat=True)) == ["minor-skin-procedure"]
