"""The page cache in the back office, and in the health check for staff."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.users.models import UserProfile

from clinic.accounts.enums import Role
from clinic.audit.models import AuditEvent
from content.pagecache import faults, tasks, warming
from content.pagecache.state import read_state
from tests.accounts.cast import person
from tests.home.website import Website
from tests.pagecache.conftest import Visitor

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker, in this process."""
    monkeypatch.setattr(tasks.warm_pages, "delay", tasks.warm_pages.apply)


@pytest.fixture
def administrator(website: Website, client: Client, at_once: None) -> Client:
    client.force_login(person("huda", role=Role.ADMINISTRATOR))
    return client


def test_an_administrator_sees_how_the_cache_does(administrator: Client, visitor: Visitor) -> None:
    for _time in range(4):
        visitor.get("/en/")
    faults.untold["asking"] = 3
    text = administrator.get(reverse("page_cache")).content.decode()
    assert "3 (75% of all answers)" in text
    assert "Fault: Asking for a page" in text
    assert "Not yet" in text


def test_emptying_makes_pages_old_counts_from_nothing_and_warms(
    administrator: Client, visitor: Visitor, website: Website
) -> None:
    for _time in range(9):
        visitor.get("/en/")
    answer = administrator.post(reverse("page_cache"), {"action": "empty"}, follow=True)
    assert "The page cache is empty, and is being warmed." in answer.content.decode()
    state = read_state()
    assert state.hits <= 1  # the map of the site, which the job has asked for twice
    assert 0 < state.warming.total == state.warming.done == state.warming.kept
    assert state.since
    assert visitor.get("/ar/", host="testserver").status == 200
    assert AuditEvent.objects.filter(verb="pagecache.emptied").count() == 1


def test_the_screen_speaks_arabic(administrator: Client) -> None:
    user = person("salma", role=Role.ADMINISTRATOR)
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "ar"
    profile.save()
    administrator.force_login(user)
    text = administrator.get(reverse("page_cache")).content.decode()
    assert "الصفحات المحفوظة" in text
    assert "Pages kept" not in text


@pytest.mark.parametrize("role", [Role.EDITOR, Role.RECEPTIONIST])
def test_others_neither_see_nor_empty_it(website: Website, client: Client, visitor: Visitor, role: Role) -> None:
    visitor.get("/en/")
    client.force_login(person("rana", role=role))
    assert client.get(reverse("page_cache")).status_code == 302
    assert client.post(reverse("page_cache"), {"action": "empty"}).status_code == 302
    assert visitor.get("/en/").cache == "hit"


def test_a_forged_request_empties_nothing(administrator: Client, visitor: Visitor) -> None:
    visitor.get("/en/")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = administrator.cookies
    assert strict.post(reverse("page_cache"), {"action": "empty"}).status_code == 403
    assert administrator.post(reverse("page_cache"), {"action": "explode"}).status_code == 302
    assert visitor.get("/en/").cache == "hit"


def test_without_the_cache_the_screen_says_so(administrator: Client, cache_at: Any, nowhere: str) -> None:
    cache_at(nowhere)
    assert "The cache does not answer." in administrator.get(reverse("page_cache")).content.decode()
    answer = administrator.post(reverse("page_cache"), {"action": "empty"}, follow=True)
    assert "nothing was done" in answer.content.decode()


def test_staff_see_the_cache_in_the_health_check(administrator: Client, visitor: Visitor) -> None:
    visitor.get("/en/")
    told = administrator.get("/health/ready/").json()["page_cache"]
    assert (told["answers"], told["misses"], told["entries"]) == (True, 1, 1)


def test_without_the_cache_the_health_check_tells_the_faults(
    administrator: Client, visitor: Visitor, cache_at: Any, nowhere: str
) -> None:
    cache_at(nowhere)
    visitor.get("/en/")
    told = administrator.get("/health/ready/").json()["page_cache"]
    assert (told["answers"], told["faults"]) == (False, {"asking": 1})


def test_faults_of_a_process_are_told_when_the_cache_is_back(
    website: Website, visitor: Visitor, cache_at: Any, nowhere: str, settings: Any
) -> None:
    home = settings.CACHES["default"]["LOCATION"]
    cache_at(nowhere)
    visitor.get("/en/")
    cache_at(home)
    visitor.get("/en/")
    assert not faults.untold
    assert read_state().faults == {"asking": 1}
    assert not warming.told().begun
