import pytest
from django.test import Client

from tests.factories.accounts import UserFactory
from tests.home.website import open_website

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "path",
    [
        "/admin/nothing/here/",
        "/documents/nothing/here/",
        "/health/nothing/",
        "/media/images/nothing/",
        "/static/nothing/",
    ],
)
def test_what_never_has_a_language_is_simply_not_found(client: Client, path: str) -> None:
    open_website()
    client.force_login(UserFactory(is_superuser=True))

    answer = client.get(path, headers={"Accept-Language": "ar"})

    assert answer.status_code == 404
    assert answer["Content-Language"] == "ar"
    assert "Accept-Language" in answer["Vary"]


def test_a_page_without_its_language_is_led_to_the_readers(client: Client) -> None:
    open_website()

    answer = client.get("/doctors/", headers={"Accept-Language": "ar"})

    assert (answer.status_code, answer["Location"]) == (302, "/ar/doctors/")
