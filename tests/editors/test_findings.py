"""What breaks a rule is said before somebody submits or publishes, and refuses nothing."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from clinic.accounts.enums import Role
from tests.editors.conftest import Cast
from tests.editors.test_cast import typed
from tests.factories.content import ClinicImageFactory
from tests.home.website import Website

NOTICE = "site-findings-notice"


@pytest.fixture
def page(website: Website) -> Page:
    """A page in Arabic whose picture says nothing to who cannot see it."""
    image = ClinicImageFactory(alt_en="A house", alt_ar="")
    body = [("image", {"image": image, "caption": "", "decorative": False})]
    about = website.page("about", title="About us", search_description="Who we are", body=body)
    return website.translate(about, live=False, title="من نحن", search_description="من نحن")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.PUBLISHER])
def test_who_submits_or_publishes_sees_the_findings_beside_the_button(page: Page, signed_in: Cast, role: Role) -> None:
    html = signed_in(role).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    notice = html[html.index(NOTICE) :]
    assert 'data-side-panel-toggle="checks"' in notice[:200]
    assert "1 thing needs attention" in notice[:900]
    assert "the image has no alternative text in Arabic" in html


def test_a_page_that_keeps_all_rules_says_nothing(website: Website, signed_in: Cast) -> None:
    about = website.page("about", title="About us", search_description="Who we are")
    html = signed_in(Role.PUBLISHER).get(reverse("wagtailadmin_pages:edit", args=[about.pk])).content.decode()
    assert NOTICE not in html


def test_a_finding_refuses_no_publication(page: Page, signed_in: Cast) -> None:
    client = signed_in(Role.PUBLISHER)
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), typed(page, **{"action-publish": "1"}))
    assert Page.objects.get(pk=page.pk).live


def test_who_publishes_many_pages_at_once_reads_what_each_would_show(page: Page, signed_in: Cast) -> None:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    html = signed_in(Role.PUBLISHER).get(f"{address}?id={page.pk}").content.decode()
    assert "1 thing in it needs attention:" in html
    assert "the image has no alternative text in Arabic" in html
