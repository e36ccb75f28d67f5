"""A code to phone or e-mail before a booking, where the clinic asks for it."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from clinic.booking.codes import Claim, digits_of, prove
from clinic.booking.models import ContactCode
from clinic.booking.rules import MOST_ATTEMPTS
from clinic.booking.tasks import forget_old_codes
from clinic.directory.models import Service
from clinic.directory.viewsets import ServiceViewSet
from clinic.lib import clock
from clinic.messaging.delivery import deliver_due
from clinic.messaging.models import Message
from clinic.messaging.sentmail import BACKEND, MailFolder
from clinic.scheduling.models import Appointment, Hold
from tests.booking.conftest import TYPED, SmallClinic

ADDRESS = "/en/book/skin-check/details/"
CODE = re.compile(r"\b\d{6}\b")
KEY = "abcdefgh"


@pytest.fixture
def careful(small_clinic: SmallClinic) -> SmallClinic:
    """The clinic sends a code by e-mail before a skin check is booked."""
    return asks_by(small_clinic, "email")


@pytest.fixture
def texting(small_clinic: SmallClinic, settings: Settings, tmp_path: Path) -> SmallClinic:
    settings.SMS_GATEWAY = "clinic.messaging.sms.folder.FolderGateway"
    settings.SMS_FOLDER = tmp_path
    return asks_by(small_clinic, "sms")


def asks_by(clinic: SmallClinic, code_by: str) -> SmallClinic:
    clinic.service.code_by = code_by
    clinic.service.save(update_fields=["code_by"])
    return clinic


def form(clinic: SmallClinic, **more: str) -> dict[str, str]:
    return {**clinic.choice().fields, **TYPED, "key": KEY, **more}


def hidden(page: Any) -> dict[str, str]:
    """What the page's form sends by itself."""
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page.text))


def right() -> str:
    return digits_of(ContactCode.objects.latest("pk"))


def wrong() -> str:
    return f"{(int(right()) + 1) % 10**6:06}"


def read_mail() -> str:
    """The code in the last mail, as its reader finds it."""
    deliver_due()
    found = CODE.search(str(mail.outbox[-1].body))
    assert found
    return found.group()


@pytest.mark.parametrize(("language", "title"), [("en", "Enter the code"), ("ar", "أدخلوا الرمز")])
def test_a_visitor_is_asked_for_the_code_that_was_mailed_and_then_booked(
    client: Client, careful: SmallClinic, language: str, title: str
) -> None:
    address = f"/{language}/book/skin-check/details/"
    page = client.post(address, form(careful, note="By wheelchair"))
    assert page.status_code == 200
    assert f"<h1>{title}</h1>" in page.text
    assert 'autocomplete="one-time-code"' in page.text
    assert 'inputmode="numeric"' in page.text
    assert not Appointment.objects.exists()

    answer = client.post(address, {**hidden(page), "code": read_mail()})

    assert answer.status_code == 303
    visit = Appointment.objects.get()
    assert (visit.contact_name, visit.note, visit.proven) == ("Layla Haddad", "By wheelchair", "email")
    assert client.post(address, {**hidden(page), "code": "000000"})["Location"] == answer["Location"]


def test_from_the_service_to_the_booked_visit_there_are_four_steps_at_most(
    client: Client, careful: SmallClinic
) -> None:
    choice = careful.choice()
    pages = [client.get("/en/book/"), client.get("/en/book/skin-check/")]
    pages.append(client.post("/en/book/skin-check/hold/", choice.fields, follow=True))
    pages.append(client.post(ADDRESS, {**hidden(pages[-1]), **TYPED}))
    done = client.post(ADDRESS, {**hidden(pages[-1]), "code": right()}, follow=True)

    assert "Your visit is booked" in done.text
    assert len(pages) == 4
    for number, page in enumerate(pages[1:], start=2):
        states = [step["state"] for step in page.context["steps"]]
        assert states.index("current") + 1 == number
    assert len(pages[-1].context["steps"]) == 4


@pytest.mark.parametrize("digits", ["٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹"])
def test_a_code_is_read_in_the_digits_of_its_reader(client: Client, careful: SmallClinic, digits: str) -> None:
    page = client.post(ADDRESS, form(careful))
    typed = right().translate(str.maketrans("0123456789", digits))

    assert client.post(ADDRESS, {**hidden(page), "code": f" {typed[:3]} {typed[3:]}\u200f"}).status_code == 303


@pytest.mark.parametrize("typed", ["", "12345", "1234567", "12a456", "½½½½½½", "x" * 5000, "\x00" * 6])
def test_what_is_no_code_costs_no_attempt(client: Client, careful: SmallClinic, typed: str) -> None:
    page = client.post(ADDRESS, {**hidden(client.post(ADDRESS, form(careful))), "code": typed})

    assert page.status_code == 422
    assert "Enter the six digits of the code." in page.text
    assert ContactCode.objects.get().attempts == 0


def test_after_five_wrong_codes_even_the_right_one_is_too_late(client: Client, careful: SmallClinic) -> None:
    page = client.post(ADDRESS, form(careful))

    answers = [client.post(ADDRESS, {**hidden(page), "code": wrong()}) for _attempt in range(MOST_ATTEMPTS)]
    late = client.post(ADDRESS, {**hidden(page), "code": right()})

    assert [answer.status_code for answer in answers] == [422] * MOST_ATTEMPTS
    assert "This code is not right." in answers[0].text
    assert "can no longer be used" in answers[-1].text
    assert late.status_code == 422
    assert "Layla Haddad" in late.text, "what was typed is kept"
    assert not Appointment.objects.exists()


def test_a_code_ends_after_ten_minutes_and_a_new_one_takes_its_place(client: Client, careful: SmallClinic) -> None:
    page = client.post(ADDRESS, form(careful))
    old = right()
    ContactCode.objects.update(created_at=clock.now() - timedelta(minutes=10), expires_at=clock.now())
    assert client.post(ADDRESS, {**hidden(page), "code": old}).status_code == 422

    again = client.post(ADDRESS, {**hidden(page), "again": "1", "code": ""})

    assert "A new code is on its way." in again.text
    assert client.post(ADDRESS, {**hidden(again), "code": old}).status_code in (303, 422)
    assert client.post(ADDRESS, {**hidden(again), "code": right()}).status_code == 303


def test_pressing_the_button_twice_sends_one_code(client: Client, careful: SmallClinic) -> None:
    client.post(ADDRESS, form(careful))
    page = client.post(ADDRESS, form(careful))

    assert page.status_code == 200
    assert Message.objects.count() == 1


def test_only_so_many_codes_go_to_one_contact(client: Client, careful: SmallClinic, settings: Settings) -> None:
    settings.CODES_PER_CONTACT = 2
    page = client.post(ADDRESS, form(careful))
    answers = [client.post(ADDRESS, {**hidden(page), "again": "1"}) for _number in range(2)]
    stranger = client.post(ADDRESS, form(careful, key="another-form", email="LAYLA@patients.example"))

    assert [answer.status_code for answer in answers] == [200, 429]
    assert "Too many codes" in answers[1].text
    assert stranger.status_code == 429
    assert "Layla Haddad" in stranger.text
    assert Message.objects.count() == 2
    assert client.post(ADDRESS, {**hidden(page), "code": right()}).status_code == 303, "the last one still holds"


def test_only_so_many_codes_are_sent_for_one_connection(careful: SmallClinic, settings: Settings) -> None:
    settings.CODES_PER_VISITOR = 2
    visitor = Client(REMOTE_ADDR="192.0.2.9")

    answers = [
        visitor.post(ADDRESS, form(careful, key=f"form-no-{number}", email=f"p{number}@patients.example")).status_code
        for number in range(3)
    ]

    assert answers == [200, 200, 429]


def test_details_can_be_changed_before_the_code_is_typed(client: Client, careful: SmallClinic) -> None:
    page = client.post(ADDRESS, form(careful, note="Second floor?"))

    back = client.post(ADDRESS, {**hidden(page), "edit": "1", "code": ""})

    assert back.status_code == 200
    assert "Second floor?" in back.text
    assert 'value="layla@patients.example"' in back.text
    other = client.post(ADDRESS, form(careful, email="other@patients.example", code=right()))
    assert other.status_code == 422, "a code proves only the contact that it was sent to"


def test_the_time_is_kept_once_more_while_the_code_is_on_its_way(client: Client, careful: SmallClinic) -> None:
    choice = careful.choice()
    page = client.post("/en/book/skin-check/hold/", choice.fields, follow=True)
    soon = clock.now() + timedelta(minutes=1)
    Hold.objects.update(expires_at=soon)

    page = client.post(ADDRESS, {**hidden(page), **TYPED})
    extended = Hold.objects.get().expires_at
    assert extended > soon + timedelta(minutes=8)
    page = client.post(ADDRESS, {**hidden(page), "again": "1"})

    assert Hold.objects.get().expires_at == extended, "not for ever"
    assert client.post(ADDRESS, {**hidden(page), "code": right()}).status_code == 303
    assert not Hold.objects.exists()


def test_a_time_taken_meanwhile_needs_no_second_code(client: Client, careful: SmallClinic) -> None:
    page = client.post(ADDRESS, form(careful))
    code = right()
    careful.book()

    refused = client.post(ADDRESS, {**hidden(page), "code": code})
    assert refused.status_code == 409
    booked = client.post(ADDRESS, {**refused.context["typed"], "slot": refused.context["offers"][0].value})

    assert booked.status_code == 303
    assert Message.objects.filter(kind="contact_code").count() == 1


def test_one_code_books_one_visit(client: Client, careful: SmallClinic) -> None:
    page = client.post(ADDRESS, form(careful))
    client.post(ADDRESS, {**hidden(page), "code": right()})

    second = client.post(ADDRESS, {**form(careful, key="another-form"), "slot": ""} | careful.choice().fields)

    assert second.status_code in (200, 404)
    assert Appointment.objects.count() == 1


def test_the_code_goes_by_sms_to_the_typed_number(client: Client, texting: SmallClinic, tmp_path: Path) -> None:
    page = client.post("/ar/book/skin-check/details/", form(texting, phone="٠٧٩ ١٢٣ ٤٥٦٧"))
    deliver_due()
    [text] = tmp_path.glob("*.json")

    assert right() in text.read_text()
    assert client.post("/ar/book/skin-check/details/", {**hidden(page), "code": right()}).status_code == 303
    assert Appointment.objects.get().proven == "sms"


def test_a_number_that_takes_no_sms_is_told_so(client: Client, texting: SmallClinic) -> None:
    page = client.post(ADDRESS, form(texting, phone="06 555 0100"))

    assert page.status_code == 422
    assert "Enter a mobile number" in page.text


def test_without_a_carrier_for_sms_the_code_goes_by_mail(
    client: Client, small_clinic: SmallClinic, settings: Settings
) -> None:
    settings.SMS_GATEWAY = ""
    client.post(ADDRESS, form(asks_by(small_clinic, "sms")))

    assert Message.objects.get().channel == "email"


def test_neither_the_code_nor_the_contact_stands_in_the_table(client: Client, careful: SmallClinic) -> None:
    client.post(ADDRESS, form(careful))
    code = right()
    row = ContactCode.objects.values().get()

    assert all(code not in str(value) and "layla" not in str(value) for value in row.values())


def test_a_code_is_not_sent_when_it_can_be_typed_no_more(client: Client, careful: SmallClinic) -> None:
    page = client.post(ADDRESS, form(careful))
    client.post(ADDRESS, {**hidden(page), "code": right()})
    deliver_due()

    assert [str(message.subject) for message in mail.outbox if "code" in message.subject] == []


def test_old_codes_are_forgotten(client: Client, careful: SmallClinic) -> None:
    client.post(ADDRESS, form(careful))
    ContactCode.objects.update(created_at=clock.now() - timedelta(days=1))

    assert (forget_old_codes(), ContactCode.objects.count()) == (1, 0)


def test_a_right_code_is_compared_in_constant_time(
    client: Client, careful: SmallClinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    client.post(ADDRESS, form(careful))
    compare = Mock(return_value=True)
    monkeypatch.setattr("clinic.booking.codes.constant_time_compare", compare)

    prove(Claim(KEY, "email", "layla@patients.example"), "123456")

    compare.assert_called_once_with("123456", right())


def test_no_screen_of_the_staff_shows_a_code(
    client: Client, careful: SmallClinic, admin_client: Client, settings: Settings, tmp_path: Path
) -> None:
    settings.EMAIL_BACKEND, settings.MAIL_FOLDER = BACKEND, tmp_path
    client.post(ADDRESS, form(careful))
    deliver_due()
    [kept], [message] = MailFolder(tmp_path), Message.objects.all()
    assert right() in (tmp_path / f"{kept.name}.eml").read_text()

    pages = [
        admin_client.get(reverse(name, args=args)).text
        for name, args in [
            ("outbox:index", []),
            ("outbox:message", [message.reference]),
            ("sent_mail:index", []),
            ("sent_mail:mail", [kept.name]),
        ]
    ]

    assert all("layla@patients.example" in page for page in pages)
    assert not any(right() in page for page in pages)
    assert "for its recipient alone" in pages[-1]


@pytest.mark.parametrize(("gateway", "is_taken"), [("", False), ("clinic.messaging.sms.folder.FolderGateway", True)])
def test_a_service_asks_for_codes_by_sms_only_where_sms_is_sent(
    small_clinic: SmallClinic, settings: Settings, gateway: str, is_taken: bool
) -> None:
    settings.SMS_GATEWAY = gateway
    edit = ServiceViewSet.edit_handler.bind_to_model(Service).get_form_class()

    typed = edit({"code_by": "sms"}, instance=small_clinic.service)

    assert ("code_by" not in typed.errors) is is_taken
