"""Pages about services, doctors and locations: editors add words, the directory stays where facts are kept."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone
from wagtail.models import Locale, Page

from clinic.directory.models import OpeningHours
from content.models import (
    DoctorPage,
    DoctorsIndexPage,
    LocationPage,
    LocationsIndexPage,
    ServicePage,
    ServicesIndexPage,
)
from content.search.models import Entry
from tests.factories.directory import (
    ClosureFactory,
    HoursTemplateFactory,
    LocationFactory,
    PractitionerFactory,
    ServiceFactory,
)
from tests.home.website import Website

pytestmark = pytest.mark.django_db


@pytest.fixture
def doctors(website: Website) -> DoctorsIndexPage:
    return publish(website.homes["en"], DoctorsIndexPage(title="Our doctors", introduction="Sixteen people."))


@pytest.fixture
def salma() -> Any:
    return PractitionerFactory(slug="salma-odeh", name_en="Dr. Salma Odeh", name_ar="د. سلمى عودة")


def publish(parent: Page, page: Any) -> Any:
    page.locale = parent.locale
    parent.add_child(instance=page)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def text(words: str) -> list[tuple[str, Any]]:
    return [("text", f"<p>{words}</p>")]


def test_a_doctor_page_takes_its_title_and_address_from_the_directory(doctors: Any, salma: Any) -> None:
    page = publish(doctors, DoctorPage(practitioner=salma))
    assert (page.title, page.slug, page.get_url()) == ("Dr. Salma Odeh", "salma-odeh", "/en/doctors/salma-odeh/")


def test_what_editors_write_stands_on_the_page_of_the_doctor(client: Client, doctors: Any, salma: Any) -> None:
    publish(doctors, DoctorPage(practitioner=salma, introduction="She listens.", body=text("Her way of working.")))
    answer = client.get("/en/doctors/salma-odeh/").content.decode()
    assert "She listens." in answer
    assert "Her way of working." in answer


def test_a_doctor_without_a_page_of_words_is_shown_all_the_same(client: Client, website: Website, salma: Any) -> None:
    assert "Dr. Salma Odeh" in client.get("/en/doctors/salma-odeh/").content.decode()


def test_a_draft_of_words_is_for_nobody(client: Client, doctors: Any, salma: Any) -> None:
    page = publish(doctors, DoctorPage(practitioner=salma, introduction="She listens."))
    page.unpublish()
    answer = client.get("/en/doctors/salma-odeh/")
    assert answer.status_code == 200
    assert "She listens." not in answer.content.decode()


def test_each_language_has_its_own_words(client: Client, website: Website, doctors: Any, salma: Any) -> None:
    page = publish(doctors, DoctorPage(practitioner=salma, introduction="She listens."))
    arabic = Locale.objects.get(language_code="ar")
    doctors.copy_for_translation(arabic).save_revision().publish()
    copy = page.copy_for_translation(arabic)
    copy.introduction = "تصغي إلى مرضاها."
    copy.save_revision().publish()
    assert DoctorPage.objects.get(pk=copy.pk).title == "د. سلمى عودة"
    answer = client.get("/ar/doctors/salma-odeh/").content.decode()
    assert "تصغي إلى مرضاها." in answer
    assert "She listens." not in answer


def test_there_is_one_page_of_a_doctor_in_a_language(doctors: Any, salma: Any) -> None:
    publish(doctors, DoctorPage(practitioner=salma))
    with pytest.raises((ValidationError, IntegrityError)), transaction.atomic():
        publish(doctors, DoctorPage(practitioner=salma))
    twin = publish(doctors, DoctorPage(practitioner=PractitionerFactory()))
    with pytest.raises(IntegrityError), transaction.atomic():
        DoctorPage.objects.filter(pk=twin.pk).update(practitioner=salma)


def test_a_renamed_doctor_renames_the_page_and_the_old_address_leads_on(
    client: Client, doctors: Any, salma: Any
) -> None:
    publish(doctors, DoctorPage(practitioner=salma))
    salma.name_en, salma.slug = "Dr. Salma Haddad", "salma-haddad"
    salma.save()
    page = DoctorPage.objects.get()
    assert (page.title, page.slug) == ("Dr. Salma Haddad", "salma-haddad")
    answer = client.get("/en/doctors/salma-odeh/")
    assert (answer.status_code, answer["Location"]) == (301, "/en/doctors/salma-haddad/")


def test_a_doctor_who_is_deleted_takes_the_page_along(doctors: Any, salma: Any) -> None:
    publish(doctors, DoctorPage(practitioner=salma))
    salma.delete()
    assert not DoctorPage.objects.exists()
    assert DoctorsIndexPage.objects.get().numchild == 0


@pytest.mark.usefixtures("tasks_at_once")
def test_the_search_forgets_the_words_of_a_page_that_is_gone(
    doctors: Any, salma: Any, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        page = publish(doctors, DoctorPage(practitioner=salma, body=text("She knows hydrangeas.")))
    assert Entry.objects.filter(body__contains="hydrangeas").exists()
    with django_capture_on_commit_callbacks(execute=True):
        page.delete()
    assert not Entry.objects.filter(body__contains="hydrangeas").exists()


def test_the_lists_carry_the_words_of_their_pages(client: Client, website: Website, doctors: Any) -> None:
    publish(website.homes["en"], ServicesIndexPage(title="What we do", introduction="In plain words."))
    assert "Sixteen people." in client.get("/en/doctors/").content.decode()
    answer = client.get("/en/services/").content.decode()
    assert "What we do" in answer
    assert "In plain words." in answer


def test_the_address_of_a_list_never_changes(website: Website) -> None:
    page = publish(website.homes["en"], ServicesIndexPage(title="Services", slug="anything"))
    assert page.get_url() == "/en/services/"


def test_a_service_page_adds_words_to_the_service(client: Client, website: Website) -> None:
    service = ServiceFactory(slug="skin-check", name_en="Skin check")
    services = publish(website.homes["en"], ServicesIndexPage(title="Services"))
    publish(services, ServicePage(service=service, body=text("We look at every mole.")))
    assert "We look at every mole." in client.get("/en/services/skin-check/").content.decode()


def test_an_editor_sees_a_draft_of_words_in_the_preview(doctors: Any, salma: Any) -> None:
    page = publish(doctors, DoctorPage(practitioner=salma))
    page.introduction = "Not published yet."
    answer = page.make_preview_request()
    assert answer.status_code == 200
    assert "Not published yet." in answer.rendered_content if hasattr(answer, "rendered_content") else answer.content


@pytest.fixture
def locations(website: Website) -> LocationsIndexPage:
    return publish(website.homes["en"], LocationsIndexPage(title="Locations"))


def branch(slug: str = "amman") -> Any:
    location = LocationFactory(
        slug=slug, name_en=f"Branch {slug}", name_ar="فرع", time_zone="UTC", latitude="31.95", longitude="35.91"
    )
    for weekday in range(1, 8):
        OpeningHours.objects.create(location=location, weekday=weekday, starts=time(8), ends=time(20))
    return location


@pytest.mark.parametrize(
    ("hour", "words"),
    [(9, {"en": "Open now", "ar": "مفتوح الآن"}), (21, {"en": "Closed now", "ar": "مغلق الآن"})],
)
def test_readers_see_whether_a_location_is_open(
    client: Client, locations: Any, monkeypatch: pytest.MonkeyPatch, hour: int, words: dict[str, str]
) -> None:
    branch()
    copy = locations.copy_for_translation(Locale.objects.get(language_code="ar"))
    copy.save_revision().publish()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 22, hour, 30, tzinfo=UTC))
    for language, word in words.items():
        assert word in client.get(f"/{language}/locations/").content.decode()


def test_a_location_page_shows_the_way_without_asking_a_stranger(client: Client, locations: Any) -> None:
    publish(locations, LocationPage(location=branch(), body=text("Bus 41 stops here.")))
    answer = client.get("/en/locations/amman/").content.decode()
    assert "Bus 41 stops here." in answer
    assert 'href="geo:31.95000,35.91000"' in answer
    for foreign in ('src="http', "<iframe", "tile."):
        assert foreign not in answer


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_locations_costs_the_same_for_one_and_for_three(
    client: Client, locations: Any, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        publish(locations, LocationPage(location=branch(f"branch-{number}")))
    client.get("/en/locations/")
    with django_assert_num_queries(17):
        client.get("/en/locations/")


def test_a_page_of_words_tells_search_engines_what_editors_say(client: Client, doctors: Any, salma: Any) -> None:
    publish(doctors, DoctorPage(practitioner=salma, seo_title="Skin doctor in Amman", search_description="Book."))
    answer = client.get("/en/doctors/salma-odeh/").content.decode()
    assert "<title>Skin doctor in Amman" in answer
    assert '<meta name="description" content="Book.">' in answer
    assert answer.count('hreflang="ar"') >= 1


def test_a_location_page_tells_of_holidays_and_special_hours_that_are_near(
    client: Client, locations: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = branch()
    publish(locations, LocationPage(location=location))
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 22, 9, 30, tzinfo=UTC))
    ClosureFactory(name_en="Independence Day", first_day=date(2026, 12, 1), last_day=date(2026, 12, 1))
    ClosureFactory(
        name_en="Works elsewhere",
        location=LocationFactory(),
        first_day=date(2026, 12, 1),
        last_day=date(2026, 12, 1),
    )
    HoursTemplateFactory(location=location, for_doors=True, name_en="Ramadan", hours=[(1, time(10), time(14))])
    HoursTemplateFactory(location=location, name_en="For the staff only")
    answer = client.get("/en/locations/amman/").content.decode()
    for words in ("Holidays and special hours", "Independence Day", "Ramadan", "10:00–14:00"):
        assert words in answer
    for words in ("Works elsewhere", "For the staff only"):
        assert words not in answer
