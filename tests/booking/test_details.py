"""Name, phone, e-mail, and the booking itself."""

import pytest
from django.test import Client

from clinic.lib import clock
from clinic.patients.models import Patient
from clinic.scheduling.models import Appointment, Hold
from tests.booking.conftest import TYPED, SmallClinic

ADDRESS = "/en/book/skin-check/details/"


def test_a_direct_link_shows_the_visit_and_the_form(client: Client, small_clinic: SmallClinic) -> None:
    page = client.get(small_clinic.choice().details_url())

    assert page.status_code == 200
    text = page.content.decode()
    assert "Dr. Salma Odeh" in text
    assert "no-store" in page["Cache-Control"]
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert list(page.cookies) == ["csrftoken"]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_visitor_books_in_their_language(client: Client, small_clinic: SmallClinic, language: str) -> None:
    choice = small_clinic.choice()

    answer = client.post(f"/{language}/book/skin-check/details/", {**choice.fields, **TYPED})

    assert answer.status_code == 303
    assert answer["Location"].startswith(f"/{language}/book/visit/")
    appointment = Appointment.objects.get()
    assert (appointment.starts_at, appointment.practitioner_id) == (choice.starts_at, choice.practitioner.pk)
    assert (appointment.contact_name, appointment.contact_phone) == ("Layla Haddad", "+962791234567")
    assert appointment.language == language


@pytest.mark.parametrize("phone", ["٠٧٩١٢٣٤٥٦٧", "00962 79 123 4567", "+962-79-123-4567", "۰۷۹ ۱۲۳ ۴۵۶۷"])
def test_a_phone_is_read_as_people_type_it(client: Client, small_clinic: SmallClinic, phone: str) -> None:
    answer = client.post(ADDRESS, {**small_clinic.choice().fields, **TYPED, "phone": phone})

    assert answer.status_code == 303
    assert Patient.objects.get().phone == "+962791234567"


def test_a_kept_time_is_booked_and_is_kept_no_longer(client: Client, small_clinic: SmallClinic) -> None:
    choice = small_clinic.choice()
    kept = client.post("/en/book/skin-check/hold/", choice.fields)["Location"]
    token = client.get(kept).context["hold_token"]

    answer = client.post(ADDRESS, {**choice.fields, **TYPED, "hold": token})

    assert answer.status_code == 303
    assert Appointment.objects.count() == 1
    assert not Hold.objects.filter(expires_at__gt=clock.now()).exists()


def test_a_hold_that_is_over_does_not_stand_in_the_way(client: Client, small_clinic: SmallClinic) -> None:
    choice = small_clinic.choice()
    kept = client.post("/en/book/skin-check/hold/", choice.fields)["Location"]
    Hold.objects.update(expires_at=clock.now())

    page = client.get(kept)

    assert page.status_code == 200
    assert "It is still free now" in page.content.decode()


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("name", "", "Enter the name of the person who comes."),
        ("name", "12345", "Enter the name in letters"),
        ("phone", "12", "Enter a phone number that we can call"),
        ("email", "layla", "Enter an e-mail address like name@example.com."),
    ],
)
def test_a_fault_is_named_at_its_field_and_keeps_what_was_typed(
    client: Client, small_clinic: SmallClinic, field: str, typed: str, message: str
) -> None:
    page = client.post(
        ADDRESS, {**small_clinic.choice().fields, **TYPED, "note": "Second floor?", field: typed, "key": "abcdefgh"}
    )

    assert page.status_code == 422
    text = page.content.decode()
    assert text.count(message) == 2  # in the summary and at the field
    assert f'href="#id_{field}"' in text
    assert f'id="id_{field}_error"' in text
    assert 'aria-invalid="true"' in text
    assert "Second floor?" in text
    assert 'value="abcdefgh"' in text
    assert not Appointment.objects.exists()


def test_faults_are_told_in_arabic(client: Client, small_clinic: SmallClinic) -> None:
    page = client.post("/ar/book/skin-check/details/", {**small_clinic.choice().fields, "name": "", "phone": "1"})

    assert page.status_code == 422
    assert 'dir="rtl"' in page.content.decode()


def test_a_time_taken_meanwhile_offers_the_nearest_and_keeps_what_was_typed(
    client: Client, small_clinic: SmallClinic
) -> None:
    choice = small_clinic.choice()
    small_clinic.book()

    page = client.post(ADDRESS, {**choice.fields, **TYPED, "note": "By wheelchair", "key": "abcdefgh"})

    assert page.status_code == 409
    nearest = page.context["offers"]
    assert nearest
    assert all(offer.starts_at != choice.starts_at for offer in nearest)
    text = page.content.decode()
    for value in ("Layla Haddad", "079 123 4567", "layla@patients.example", "By wheelchair", nearest[0].value):
        assert value in text

    again = client.post(ADDRESS, {**page.context["typed"], "slot": nearest[0].value})
    assert again.status_code == 303
    assert Appointment.objects.filter(starts_at=nearest[0].starts_at, note="By wheelchair").exists()


def test_a_link_to_a_taken_time_says_so(client: Client, small_clinic: SmallClinic) -> None:
    choice = small_clinic.choice()
    small_clinic.book()

    page = client.get(choice.details_url())

    assert page.status_code == 409
    assert page.context["offers"]


def test_the_same_form_sent_twice_is_one_visit_with_the_same_answer(client: Client, small_clinic: SmallClinic) -> None:
    form = {**small_clinic.choice().fields, **TYPED, "key": "abcdefgh"}

    first, second = client.post(ADDRESS, form), client.post(ADDRESS, form)

    assert first["Location"] == second["Location"]
    assert Appointment.objects.count() == 1


def test_the_same_form_with_other_details_is_not_booked_silently(client: Client, small_clinic: SmallClinic) -> None:
    form = {**small_clinic.choice().fields, **TYPED, "key": "abcdefgh"}
    client.post(ADDRESS, form)

    page = client.post(ADDRESS, {**form, "name": "Omar Haddad"})

    assert page.status_code == 409
    assert "This form was sent before" in page.content.decode()
    assert 'value="abcdefgh"' not in page.content.decode()
    assert Appointment.objects.count() == 1


def test_a_program_that_fills_in_every_field_books_nothing(client: Client, small_clinic: SmallClinic) -> None:
    page = client.post(ADDRESS, {**small_clinic.choice().fields, **TYPED, "company": "Pills Ltd."})

    assert page.status_code == 422
    assert not Appointment.objects.exists()


def test_a_name_loses_what_cannot_be_seen(client: Client, small_clinic: SmallClinic) -> None:
    client.post(ADDRESS, {**small_clinic.choice().fields, **TYPED, "name": "\u202eLayla\x07 \u200f Haddad"})

    assert Appointment.objects.get().contact_name == "Layla Haddad"


def test_a_form_of_another_site_is_refused_in_words(small_clinic: SmallClinic) -> None:
    strict = Client(enforce_csrf_checks=True)

    page = strict.post("/ar/book/skin-check/details/", {**small_clinic.choice().fields, **TYPED})

    assert page.status_code == 403
    text = page.content.decode()
    assert 'lang="en"' in text
    assert 'lang="ar"' in text
    assert "Please send the form again" in text
    assert not Appointment.objects.exists()


def test_a_visitor_never_changes_a_patient_whom_the_clinic_knows(client: Client, small_clinic: SmallClinic) -> None:
    known = small_clinic.book(3).patient

    client.post(ADDRESS, {**small_clinic.choice().fields, **TYPED, "name": "Somebody Else"})

    known.refresh_from_db()
    assert known.name == "Layla Haddad"


def test_booking_needs_no_session(client: Client, small_clinic: SmallClinic) -> None:
    answer = client.post(ADDRESS, {**small_clinic.choice().fields, **TYPED}, follow=True)

    assert answer.status_code == 200
    assert "sessionid" not in client.cookies
