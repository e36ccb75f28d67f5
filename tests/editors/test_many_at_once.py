"""Buttons for many pages at once are no way around what one may do to each of them."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from clinic.accounts.enums import Role
from content.models import ClinicImage
from tests.editors.conftest import Cast
from tests.factories.content import ClinicImageFactory
from tests.home.website import Website


def state(page: Page) -> tuple[bool, str] | None:
    found = Page.objects.filter(pk=page.pk).values_list("live", "path").first()
    return found and (found[0], found[1])


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.EDITOR, Role.ARABIC_PUBLISHER])
@pytest.mark.parametrize("action", ["publish", "unpublish", "delete", "move"])
def test_who_may_not_publish_publishes_and_deletes_nothing_that_way(
    website: Website, signed_in: Cast, role: Role, action: str
) -> None:
    pages = [website.page("about"), website.page("draft"), website.page("shelf")]
    if action == "publish" or role != Role.EDITOR:  # drafts are the editors' own
        pages[1].unpublish()
    website.page("child", parent=pages[0])
    before = [state(page) for page in pages]
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    query = "&".join(f"id={page.pk}" for page in pages[:2])
    typed = {"links_agreed": "1", "include_descendants": "on", "chooser": str(pages[2].pk)}
    assert signed_in(role).post(f"{address}?{query}", typed).status_code in {200, 302, 403}
    assert [state(page) for page in pages] == before


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_of_many_pages_the_publisher_of_arabic_reaches_only_the_arabic_ones(
    website: Website, signed_in: Cast, action: str
) -> None:
    english = website.page("about")
    arabic = website.translate(english, title="من نحن")
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", action])
    signed_in(Role.ARABIC_PUBLISHER).post(f"{address}?id={english.pk}&id={arabic.pk}", {"links_agreed": "1"})
    assert (state(english) or (False,))[0]


@pytest.mark.parametrize("role", [Role.AUTHOR, Role.ARABIC_PUBLISHER])
def test_pictures_of_others_are_not_deleted_that_way(website: Website, signed_in: Cast, role: Role) -> None:
    image = ClinicImageFactory()
    address = reverse("wagtail_bulk_action", args=["content", "clinicimage", "delete"])
    signed_in(role).post(f"{address}?id={image.pk}", {})
    client = signed_in(Role.EDITOR)
    assert ClinicImage.objects.filter(pk=image.pk).exists()
    assert client.get(address + f"?id={image.pk}").status_code in {200, 302, 403}
