"""The booking in the frame of another site. What browsers make of it: tests/browser/test_widget.py."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from wagtail.models import Site

from clinic.booking.models import WidgetHost, to_origin
from tests.booking.conftest import SmallClinic
from tests.factories.booking import BookingWidgetFactory, WidgetHostFactory

PARTNER = "https://partner.example"


@pytest.fixture
def partner(small_clinic: SmallClinic) -> str:
    """The origin of a site that may show the booking."""
    widget = BookingWidgetFactory(site=Site.objects.get(is_default_site=True))
    WidgetHostFactory(widget=widget, origin=PARTNER)
    return PARTNER


def ancestors(policy: str) -> str:
    return next(each.strip() for each in policy.split(";") if each.strip().startswith("frame-ancestors"))


@pytest.mark.parametrize("path", ["widget/", "widget/skin-check/", "widget/no-such-service/"])
def test_an_allowed_site_may_show_the_booking_in_a_frame(client: Client, partner: str, path: str) -> None:
    page = client.get(f"/en/{path}")

    assert ancestors(page["Content-Security-Policy"]) == f"frame-ancestors 'self' {partner}"
    assert "X-Frame-Options" not in page
    assert not page.cookies


@pytest.mark.parametrize(
    "path", ["en/", "en/doctors/", "en/book/skin-check/", "en/book/skin-check/month/", "en/book/skin-check/waitlist/"]
)
def test_nothing_else_may_be_framed_by_an_allowed_site(client: Client, partner: str, path: str) -> None:
    page = client.get(f"/{path}")

    assert ancestors(page["Content-Security-Policy"]) == "frame-ancestors 'self'"
    assert page["X-Frame-Options"] == "SAMEORIGIN"


def test_the_form_for_name_and_telephone_is_framed_by_nobody(
    client: Client, small_clinic: SmallClinic, partner: str
) -> None:
    page = client.get(small_clinic.choice().details_url())

    assert page.status_code == 200
    assert ancestors(page["Content-Security-Policy"]) == "frame-ancestors 'self'"
    assert page["X-Frame-Options"] == "SAMEORIGIN"


def test_without_allowed_sites_the_widget_is_framed_by_nobody(client: Client, small_clinic: SmallClinic) -> None:
    page = client.get("/en/widget/skin-check/")

    assert ancestors(page["Content-Security-Policy"]) == "frame-ancestors 'self'"
    assert page["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize(("language", "told"), [("en", "opens in a new window"), ("ar", "في نافذة جديدة")])
def test_a_time_in_the_frame_goes_on_in_a_window_of_its_own(
    client: Client, partner: str, language: str, told: str
) -> None:
    text = client.get(f"/{language}/widget/skin-check/?site={partner}").content.decode()

    assert f'action="/{language}/book/skin-check/hold/" class="days" target="_blank"' in text
    assert told in text
    assert "csrfmiddlewaretoken" not in text
    assert f'data-host="{partner}"' in text
    assert f"/{language}/widget/skin-check/?site=https%3A%2F%2Fpartner.example&amp;from=" in text


def test_the_height_is_told_to_no_site_that_was_not_allowed(client: Client, partner: str) -> None:
    for named in ("https://stranger.example", "*", '"><script>'):
        text = client.get("/en/widget/skin-check/", {"site": named}).content.decode()

        assert 'data-host=""' in text
        assert "stranger" not in text


def test_doctor_and_location_narrow_the_times_in_the_frame(client: Client, partner: str) -> None:
    page = client.get("/en/widget/skin-check/?doctor=salma-odeh&location=amman")

    assert "Dr. Salma Odeh" in page.content.decode()
    assert page.context["table"].count > 0


@pytest.mark.parametrize("address", ["skin-check/?doctor=nobody", "skin-check/?from=soon", "no-such-service/"])
def test_what_is_not_known_shows_what_can_be_booked(client: Client, partner: str, address: str) -> None:
    page = client.get(f"/en/widget/{address}")

    assert page.status_code == 404
    assert "/en/widget/skin-check/" in page.content.decode()


def test_the_script_keeps_its_address_and_may_be_kept_for_an_hour(client: Client, db: None) -> None:
    script = client.get("/widget.js")

    assert script["Content-Type"] == "text/javascript; charset=utf-8"
    assert script["Cache-Control"] == "public, max-age=3600"
    assert not script.cookies
    assert client.get("/widget.js", headers={"If-None-Match": script["ETag"]}).status_code == 304


@pytest.mark.parametrize(
    ("typed", "origin"),
    [
        ("https://Partner.example", "https://partner.example"),
        (" https://partner.example:443/ ", "https://partner.example"),
        ("https://partner.example:8443", "https://partner.example:8443"),
        ("https://عيادة.example", "https://xn--mgber2b7e.example"),
    ],
)
def test_an_address_is_kept_as_browsers_write_it(typed: str, origin: str) -> None:
    assert to_origin(typed) == origin


@pytest.mark.parametrize(
    "typed",
    [
        *("http://partner.example", "partner.example", "https://*.example", "https://partner.example/page", "*"),
        *(
            "https://a@partner.example",
            "https://partner.example:0",
            "https://partner.example:99999",
            "https://",
            "'self'",
        ),
        *("https://partner.example; script-src *", "https://partner.example?x", "https://[::1", "javascript:alert(1)"),
    ],
)
def test_what_is_no_encrypted_site_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        to_origin(typed)


@pytest.mark.parametrize("origin", ["http://partner.example", "https://partner.example/", "https://a.example b", "*"])
def test_the_database_keeps_origins_that_are_none_out(partner: str, origin: str) -> None:
    with pytest.raises(IntegrityError):
        WidgetHost.objects.update(origin=origin)
