"""The visit behind a signed link."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from clinic.lib import clock
from clinic.scheduling.enums import AppointmentStatus
from clinic.scheduling.links import cancel_token, view_token
from clinic.scheduling.models import Appointment
from tests.booking.conftest import SmallClinic
from tests.factories.scheduling import rewrite


@pytest.mark.parametrize(
    ("language", "service", "doctor"), [("en", "Skin check", "Dr. Salma Odeh"), ("ar", "فحص الجلد", "د. سلمى عودة")]
)
def test_the_link_shows_the_visit(
    client: Client, small_clinic: SmallClinic, language: str, service: str, doctor: str
) -> None:
    appointment = small_clinic.book()

    page = client.get(f"/{language}/book/visit/{view_token(appointment)}/")

    assert page.status_code == 200
    text = page.content.decode()
    for shown in (service, doctor, appointment.spoken_reference, "openstreetmap.org", "calendar.ics"):
        assert shown in text
    assert "layla@patients.example" not in text
    assert "l•••@patients.example" in text
    assert "no-store" in page["Cache-Control"]
    assert not page.cookies


def test_the_page_to_look_at_a_visit_does_not_give_away_the_link_to_cancel(
    client: Client, small_clinic: SmallClinic
) -> None:
    appointment = small_clinic.book()

    text = client.get(f"/en/book/visit/{view_token(appointment)}/").content.decode()

    assert cancel_token(appointment) not in text


def test_the_calendar_file_can_be_downloaded(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()

    file = client.get(f"/en/book/visit/{view_token(appointment)}/calendar.ics")

    assert file.status_code == 200
    assert file["Content-Type"].startswith("text/calendar")
    assert b"METHOD:PUBLISH" in file.content
    assert appointment.reference.encode() in file.content


@pytest.mark.parametrize("language", ["en", "ar"])
def test_looking_at_the_link_to_cancel_changes_nothing(
    client: Client, small_clinic: SmallClinic, language: str
) -> None:
    appointment = small_clinic.book()

    page = client.get(f"/{language}/book/cancel/{cancel_token(appointment)}/")

    assert page.status_code == 200
    assert page.context["can_cancel"]
    until = (appointment.starts_at - timedelta(hours=1)).astimezone(ZoneInfo("Asia/Amman"))
    assert f'<time datetime="{until:%Y-%m-%dT%H:%M}+03:00">' in page.text  # the service's cut-off is an hour
    appointment.refresh_from_db()
    assert appointment.status == AppointmentStatus.BOOKED


def test_a_visitor_cancels_and_may_book_again(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()

    page = client.post(f"/en/book/cancel/{cancel_token(appointment)}/", {"reason": "I feel\0 better"}, follow=True)

    assert page.status_code == 200
    assert "Your visit is cancelled" in page.content.decode()
    assert "/en/book/skin-check/" in page.content.decode()
    appointment.refresh_from_db()
    assert (appointment.status, appointment.cancel_reason) == (AppointmentStatus.CANCELLED, "I feel better")
    assert small_clinic.choice().starts_at == appointment.starts_at  # free again


def test_cancelling_twice_is_cancelling_once(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    address = f"/en/book/cancel/{cancel_token(appointment)}/"
    client.post(address)

    assert client.post(address).status_code == 200
    appointment.refresh_from_db()
    assert appointment.revision == 1


def test_after_the_cut_off_the_visitor_is_asked_to_call(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    start = clock.now() + timedelta(minutes=30)
    rewrite(starts_at=start, ends_at=start + timedelta(minutes=30))
    address = f"/en/book/cancel/{cancel_token(appointment)}/"

    asked, done = client.get(address), client.post(address)

    assert (asked.status_code, done.status_code) == (200, 409)
    assert "Please call" in asked.content.decode()
    assert "tel:+96265550100" in done.content.decode()
    appointment.refresh_from_db()
    assert appointment.status == AppointmentStatus.BOOKED


def test_a_link_that_is_over_says_so(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    long_ago = clock.now() - timedelta(days=60)
    rewrite(starts_at=long_ago, ends_at=long_ago + timedelta(minutes=30))

    for address in (f"visit/{view_token(appointment)}", f"cancel/{cancel_token(appointment)}"):
        page = client.get(f"/en/book/{address}/")
        assert page.status_code == 410
        assert "tel:" in page.content.decode()
        assert "Layla" not in page.content.decode()


def strangers_tokens(appointment: Appointment) -> dict[str, list[str]]:
    """What somebody might try, for each kind of page."""
    view, cancel = view_token(appointment), cancel_token(appointment)
    changed = {name: token[:-1] + ("A" if token[-1] != "A" else "B") for name, token in (("v", view), ("c", cancel))}
    return {
        "visit": [cancel, changed["v"], appointment.reference, view.split(".")[0] + ".", "x" * 3000, "%00", "ü"],
        "cancel": [view, changed["c"], appointment.reference, str(appointment.pk), "..", "%F0%9F%92%8A"],
    }


@pytest.mark.parametrize("page", ["visit", "cancel"])
def test_a_stranger_learns_nothing_and_changes_nothing(client: Client, small_clinic: SmallClinic, page: str) -> None:
    appointment = small_clinic.book()

    for token in strangers_tokens(appointment)[page]:
        for answer in (client.get(f"/en/book/{page}/{token}/"), client.post(f"/en/book/{page}/{token}/")):
            assert answer.status_code in (404, 405)
            assert appointment.spoken_reference not in answer.content.decode()
            assert "Layla" not in answer.content.decode()
    appointment.refresh_from_db()
    assert (appointment.status, appointment.revision) == (AppointmentStatus.BOOKED, 0)


def test_a_row_that_does_not_exist_looks_like_a_forged_link(client: Client, small_clinic: SmallClinic) -> None:
    appointment = small_clinic.book()
    token, invented = view_token(appointment), "AAAAAAAAAA.forged"
    forged = client.get(f"/en/book/visit/{invented}/")
    appointment.delete()

    gone = client.get(f"/en/book/visit/{token}/")

    assert gone.status_code == forged.status_code == 404
    # The address stands in the language switch.
    assert gone.content.replace(token.encode(), b"") == forged.content.replace(invented.encode(), b"")
