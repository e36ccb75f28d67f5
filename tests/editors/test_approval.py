"""The way of a draft to the public: submitted by who writes, approved by who may publish."""

import pytest
from django.core import mail
from django.core.management import call_command
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, TaskState, Workflow, WorkflowContentType, WorkflowPage

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from home.editors.approval import NAME, keep_workflow
from home.models import Announcement, PublisherApproval
from tests.accounts.cast import person
from tests.editors.conftest import Cast
from tests.editors.test_cast import typed
from tests.factories.home import AnnouncementFactory, arabic
from tests.home.website import Website


def submit(page: Page, by: User) -> TaskState:
    page.save_revision(user=by)
    page.get_workflow().start(page, by)
    return page.current_workflow_task_state


def test_every_page_and_every_snippet_of_the_frame_has_the_workflow_after_migrate(website: Website) -> None:
    assert website.homes["ar"].get_workflow().name == NAME
    assert WorkflowContentType.objects.filter(workflow__name=NAME).count() == 4
    assert not Workflow.objects.active().exclude(name=NAME).exists()
    before = list(WorkflowPage.objects.values())
    call_command("migrate", verbosity=0)
    assert list(WorkflowPage.objects.values()) == before


def test_a_workflow_that_somebody_has_chosen_instead_stays(website: Website) -> None:
    other = Workflow.objects.create(name="Two pairs of eyes")
    WorkflowPage.objects.update(workflow=other)
    keep_workflow()
    assert website.homes["en"].get_workflow() == other


def test_an_author_submits_and_a_publisher_approves(website: Website, signed_in: Cast) -> None:
    author = signed_in(Role.AUTHOR)
    add = reverse("wagtailadmin_pages:add", args=["content", "standardpage", website.homes["en"].pk])
    author.post(add, typed(website.homes["en"], slug="mine", title="Mine", **{"action-submit": "1"}))
    page = Page.objects.get(slug="mine")
    state = page.current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    author.post(approve)
    page.refresh_from_db()
    assert not page.live
    signed_in(Role.PUBLISHER).post(approve)
    page.refresh_from_db()
    assert page.live


@pytest.mark.parametrize(("language", "approved"), [("en", False), ("ar", True)])
def test_a_publisher_of_arabic_approves_arabic_pages_only(
    website: Website, signed_in: Cast, language: str, approved: bool
) -> None:
    page = website.page("about", title="About us")
    if language == "ar":
        page = website.translate(page, live=False, title="من نحن")
    else:
        page.unpublish()
    state = submit(page, person("writer", role=Role.EDITOR))
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    signed_in(Role.ARABIC_PUBLISHER).post(approve)
    page.refresh_from_db()
    assert page.live is approved


@pytest.mark.parametrize(("language", "approved"), [("en", False), ("ar", True)])
def test_a_publisher_of_arabic_approves_arabic_banners_only(
    website: Website, signed_in: Cast, language: str, approved: bool
) -> None:
    banner = AnnouncementFactory(live=False, **({"locale": arabic()} if language == "ar" else {}))
    banner.save_revision()
    banner.get_workflow().start(banner, person("writer", role=Role.EDITOR))
    state = banner.current_workflow_task_state
    name = Announcement.snippet_viewset.get_url_name("workflow_action")
    signed_in(Role.ARABIC_PUBLISHER).post(reverse(name, args=[banner.pk, "approve", state.pk]))
    banner.refresh_from_db()
    assert banner.live is approved


def test_what_waits_is_announced_to_those_who_can_approve_it(website: Website) -> None:
    author = person("author", role=Role.AUTHOR)
    person("publisher", role=Role.PUBLISHER)
    person("nashir", role=Role.ARABIC_PUBLISHER)
    person("editor", role=Role.EDITOR)
    page = website.page("about")
    submit(page, author)
    told = {address for message in mail.outbox for address in message.to}
    assert told == {"publisher@clinic.example"}
    mail.outbox.clear()
    submit(website.translate(page), author)
    told = {address for message in mail.outbox for address in message.to}
    assert told == {"publisher@clinic.example", "nashir@clinic.example"}


def test_a_page_in_approval_is_closed_to_who_cannot_approve_it(website: Website) -> None:
    editor, publisher = person("editor", role=Role.EDITOR), person("publisher", role=Role.PUBLISHER)
    page = website.page("about")
    submit(page, editor)
    assert page.permissions_for_user(editor).page_locked()
    assert not page.permissions_for_user(publisher).page_locked()


@pytest.mark.parametrize("size", [1, 3])
def test_what_waits_for_a_publisher_is_found_in_a_constant_number_of_queries(
    website: Website, django_assert_num_queries: DjangoAssertNumQueries, size: int
) -> None:
    editor, publisher = person("editor", role=Role.EDITOR), person("publisher", role=Role.PUBLISHER)
    for number in range(size):
        submit(website.page(f"page-{number}"), editor)
    task = PublisherApproval.objects.get()
    publisher = User.objects.get(pk=publisher.pk)
    with django_assert_num_queries(4):
        assert len(task.get_task_states_user_can_moderate(publisher)) == size
