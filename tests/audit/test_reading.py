import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from clinic.accounts.enums import Role
from clinic.audit.actions import record_event
from tests.accounts.cast import person

pytestmark = pytest.mark.django_db
TRAIL = "/admin/audit/"


@pytest.fixture
def auditor(client: Client) -> Client:
    client.force_login(person("huda", role=Role.AUDITOR))
    return client


def test_the_trail_is_told_in_words(auditor: Client) -> None:
    record_event("user.signed_out", subject_type="user", subject="7", by=person("omar"))
    page = auditor.get(TRAIL).text
    for text in ("Signed out on every device", "Omar Staff", "User"):
        assert text in page


@pytest.mark.parametrize(
    ("query", "is_shown"),
    [
        ({"verb": "appointment.booked"}, True),
        ({"verb": "user.signed_out"}, False),
        ({"actor_name": "omar"}, True),
        ({"actor_name": "nobody"}, False),
        ({"subject": "k7qmw-4tzdh"}, True),
        ({"subject": "OTHER"}, False),
        ({"occurred_at_from": "2000-01-01"}, True),
        ({"occurred_at_to": "2000-01-01"}, False),
        ({"verb": "nonsense"}, True),
    ],
)
def test_the_trail_is_filtered(auditor: Client, query: dict[str, str], is_shown: bool) -> None:
    record_event("appointment.booked", subject_type="appointment", subject="K7QMW4TZDH", by=person("omar"))
    page = "".join(auditor.get(TRAIL, query).text.split())
    assert (">K7QMW4TZDH<" in page) is is_shown


@pytest.mark.parametrize("count", [1, 3])
def test_the_trail_takes_the_same_number_of_queries_for_each_length(
    auditor: Client, django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    for number in range(count):
        record_event("appointment.booked", subject_type="appointment", subject=str(number), by=None)
    auditor.get(TRAIL)
    with django_assert_num_queries(10):
        auditor.get(TRAIL)


def test_nothing_in_the_trail_can_be_added_changed_or_deleted(auditor: Client) -> None:
    event = record_event("appointment.booked", subject_type="appointment", subject="K7QMW4TZDH", by=None)
    for path in ("new/", f"edit/{event.pk}/", f"delete/{event.pk}/", f"usage/{event.pk}/", f"history/{event.pk}/"):
        assert auditor.post(TRAIL + path, follow=True).status_code == 404
    assert "/admin/audit/new/" not in auditor.get(TRAIL).text


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.NURSE, Role.RECEPTIONIST, Role.PUBLISHER])
def test_others_do_not_read_the_trail(client: Client, role: Role) -> None:
    client.force_login(person("somebody", role=role))
    assert client.get(TRAIL).status_code == client.get(f"{TRAIL}results/").status_code == 302
