import pytest
from django.contrib.auth.models import Group
from django.test import Client

from clinic.accounts.enums import Role
from clinic.accounts.models import User
from clinic.audit.models import AuditEvent
from tests.accounts.cast import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> User:
    user = person("admin", role=Role.ADMINISTRATOR)
    client.force_login(user)
    return user


def typed(user: User, **changes: object) -> dict[str, object]:
    fields = {"username": user.username, "email": user.email, "first_name": "Omar", "last_name": "Khalil"}
    return {**fields, "is_active": "on", "groups": [group.pk for group in user.groups.all()], **changes}


def test_the_list_shows_roles(client: Client, administrator: User) -> None:
    person("omar", role=Role.NURSE)
    page = client.get("/admin/users/").text
    assert "Nurse" in page
    assert "omar" in page


def test_a_change_is_recorded_with_the_names_of_its_fields(client: Client, administrator: User) -> None:
    user = person("omar", role=Role.NURSE)
    answer = client.post(f"/admin/users/edit/{user.pk}/", typed(user, email="new@clinic.example"))
    assert answer.status_code == 302
    event = AuditEvent.objects.get(verb="user.changed")
    assert event.actor == administrator
    assert set(event.detail["fields"]) == {"email", "last_name"}
    assert "new@clinic.example" not in str(event.detail)


def test_an_administrator_makes_nobody_a_superuser(client: Client, administrator: User) -> None:
    user = person("omar", role=Role.NURSE)
    client.post(f"/admin/users/edit/{user.pk}/", typed(user, is_superuser="on"))
    user.refresh_from_db()
    assert not user.is_superuser
    assert user.first_name == "Omar"


def test_an_administrator_cannot_take_over_a_superuser(client: Client, administrator: User) -> None:
    owner = person("owner", is_superuser=True)
    before = owner.password
    new = {"password1": "another long phrase", "password2": "another long phrase"}
    assert client.post(f"/admin/users/edit/{owner.pk}/", typed(owner, **new), follow=True).status_code == 404
    owner.refresh_from_db()
    assert owner.password == before


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_other_roles_see_and_make_no_users(client: Client, role: Role) -> None:
    client.force_login(person("somebody", role=role))
    assert client.get("/admin/users/").status_code == 302
    group = Group.objects.get(name=Role.ADMINISTRATOR)
    client.post("/admin/users/new/", {"username": "evil", "groups": [group.pk]})
    assert not User.objects.filter(username="evil").exists()


@pytest.mark.parametrize("action", ["delete", "set_active_state", "assign_role"])
def test_nobody_is_changed_in_bulk_without_an_event(client: Client, administrator: User, action: str) -> None:
    owner = person("owner", is_superuser=True)
    group = Group.objects.get(name=Role.ADMINISTRATOR)
    data = {"mark_as_active": "False", "role": group.pk}
    assert client.post(f"/admin/bulk/accounts/user/{action}/?id={owner.pk}&next=/admin/users/", data).status_code == 302
    owner.refresh_from_db()
    assert owner.is_active
    assert not owner.groups.exists()
