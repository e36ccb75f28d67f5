"""Whatever stands in an address or a form, the answer is a page, never a fault of the server.

A few examples of each; tests/fuzz asks every address.
"""

from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from clinic.scheduling.models import Appointment
from tests.booking.conftest import TYPED, SmallClinic

# Each example only reads, or takes back what it wrote.
anything = settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TEXT = st.one_of(
    st.text(max_size=60),
    st.sampled_from(
        [
            "",
            "\0",
            "skin-check",
            "salma-odeh",
            "amman",
            "9999-12-31T23:59:59Z",
            "0001-01-01T00:00:00+23:59",
            "2026-13-45T99:99Z",
            "2026-11-22T07:30",
            "2026-11-22T07:30Z",
            "٢٠٢٦-١١-٢٢T٠٧:٣٠Z",
            "9999-12-31",
            "0000-00-00",
            "1" * 4000,
            "-1",
            "~~",
            "a~b~c",
            "salma-odeh~amman~2026-11-22T07:30Z",
            "' OR 1=1 --",
            "<script>",
            "😀",
            "\u202e",
        ]
    ),
)


@pytest.mark.django_db
@anything
@given(name=st.sampled_from(["q", "specialty", "location", "language", "gender", "page"]), value=TEXT)
@example(name="page", value="9" * 400)
def test_the_filters_of_doctors(client: Client, small_clinic: SmallClinic, name: str, value: str) -> None:
    assert client.get("/en/doctors/", {name: value}).status_code in (200, 422)


@pytest.mark.django_db
@anything
@given(values=st.fixed_dictionaries({}, optional=dict.fromkeys(["doctor", "location", "from", "hold"], TEXT)))
def test_the_filters_of_times(client: Client, small_clinic: SmallClinic, values: dict[str, str]) -> None:
    assert client.get("/ar/book/skin-check/", values).status_code in (200, 404)


@pytest.mark.django_db
@anything
@given(values=st.fixed_dictionaries({}, optional=dict.fromkeys(["service", "from", "specialty", "doctor"], TEXT)))
def test_profiles_services_and_the_first_step(
    client: Client, small_clinic: SmallClinic, values: dict[str, str]
) -> None:
    for address in ("/en/next-free/", "/en/doctors/salma-odeh/times/"):
        assert client.get(address, values).status_code == 200
    for address in ("/en/doctors/salma-odeh/", "/en/services/", "/en/services/skin-check/", "/en/book/"):
        assert client.get(address, values).status_code in (200, 302, 404)


@pytest.mark.django_db
@anything
@given(
    values=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(["practitioner", "location", "start", "slot", "hold"], TEXT)
    )
)
def test_a_choice(client: Client, small_clinic: SmallClinic, values: dict[str, str]) -> None:
    assert client.get("/en/book/skin-check/details/", values).status_code in (200, 404, 409)
    assert client.post("/en/book/skin-check/hold/", values).status_code in (303, 404, 409)


@pytest.mark.django_db
@anything
@given(start=TEXT)
@example(start="9999-12-31T23:59:59-12:00")
@example(start="2027-11-22T07:30Z")
def test_a_start(client: Client, small_clinic: SmallClinic, start: str) -> None:
    values = {"practitioner": "salma-odeh", "location": "amman", "start": start, **TYPED}

    assert client.post("/en/book/skin-check/details/", values).status_code in (303, 404, 409)
    Appointment.objects.all().delete()


@pytest.mark.django_db
@anything
@given(
    values=st.fixed_dictionaries(
        {}, optional=dict.fromkeys(["name", "phone", "email", "note", "key", "company", "hold"], TEXT)
    )
)
def test_the_details(client: Client, small_clinic: SmallClinic, values: dict[str, str]) -> None:
    choice = small_clinic.choice()

    answer = client.post("/en/book/skin-check/details/", {**choice.fields, **TYPED, **values})

    assert answer.status_code in (303, 422)
    assert Appointment.objects.exists() is (answer.status_code == 303)
    Appointment.objects.all().delete()


@pytest.mark.django_db
@anything
@given(token=TEXT)
def test_tokens(client: Client, small_clinic: SmallClinic, token: str) -> None:
    for page in ("visit", "cancel"):
        address = f"/en/book/{page}/{quote(token, safe='')}/"
        assert client.get(address).status_code in (200, 301, 302, 404)
