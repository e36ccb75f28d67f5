import pytest
from django.contrib.auth.models import Group, Permission
from django.core.checks import run_checks
from django.core.management import call_command
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Collection, GroupApprovalTask, GroupPagePermission, Page

from clinic.accounts import checks, grants
from clinic.accounts.actions import give_role
from clinic.accounts.enums import Role
from clinic.accounts.roles import sync_roles
from clinic.audit.models import AuditEvent
from tests.accounts.cast import person

pytestmark = pytest.mark.django_db


def rights(role: Role) -> set[str]:
    group = Group.objects.get(name=role)
    return {f"{p.content_type.app_label}.{p.codename}" for p in group.permissions.select_related("content_type")}


def test_every_role_has_its_group_after_migrate() -> None:
    assert set(Group.objects.values_list("name", flat=True)) >= set(Role.values)
    assert {"scheduling.view_appointment", "scheduling.add_appointment", "patients.change_patient"} <= rights(
        Role.RECEPTIONIST
    )


def test_reception_cannot_touch_the_directory_or_delete_anything() -> None:
    held = rights(Role.RECEPTIONIST)
    assert not {right for right in held if "delete" in right}
    # What is due at a room or a device, and what was done there, is noted by whoever was there.
    assert {right for right in held if right.startswith("directory.") and ".view_" not in right} == {
        "directory.add_maintenancerecord"
    }


def test_nobody_may_delete_a_patient_or_an_appointment_or_change_the_trail() -> None:
    for role in Role:
        forbidden = {"patients.delete_patient", "scheduling.delete_appointment", "audit.change_auditevent"}
        assert not rights(role) & forbidden


def test_editors_have_no_clinical_right_and_clinicians_none_on_pages() -> None:
    rest = {right for right in rights(Role.EDITOR) if not right.startswith("accounts.write_")}
    apps = {right.split(".")[0] for right in rest}
    assert not apps & {"patients", "scheduling", "directory", "messaging", "accounts", "audit"}
    assert not GroupPagePermission.objects.filter(group__name=Role.CLINICIAN).exists()
    assert GroupPagePermission.objects.filter(group__name=Role.EDITOR, page__depth=1).count() == 2


def test_writing_the_roles_again_changes_nothing() -> None:
    before = {role: rights(role) for role in Role}
    call_command("roles")
    assert {role: rights(role) for role in Role} == before


def test_a_right_that_somebody_added_by_hand_is_taken_back() -> None:
    group = Group.objects.get(name=Role.EDITOR)
    group.permissions.add(Permission.objects.get(codename="view_patient"))
    sync_roles()
    assert "patients.view_patient" not in rights(Role.EDITOR)


def test_a_permission_that_is_made_later_is_granted_by_the_next_migrate() -> None:
    Permission.objects.get(codename="view_patient").delete()
    sync_roles()
    assert "patients.view_patient" not in rights(Role.RECEPTIONIST)
    call_command("migrate", verbosity=0)
    assert "patients.view_patient" in rights(Role.RECEPTIONIST)


def test_roles_are_written_without_a_page_tree_and_without_collections() -> None:
    GroupPagePermission.objects.all().delete()
    Page.objects.all().delete()
    Collection.objects.all().delete()
    sync_roles()
    assert "patients.view_patient" in rights(Role.RECEPTIONIST)


def test_stock_groups_go_when_nobody_is_in_them() -> None:
    empty, used = Group.objects.create(name="Moderators"), Group.objects.create(name="Editors")
    person("dana").groups.add(used)
    task = GroupApprovalTask.objects.create(name="Approval")
    task.groups.add(empty)
    sync_roles()
    assert list(Group.objects.filter(name__in=["Moderators", "Editors"])) == [used]
    assert [group.name for group in task.groups.all()] == [Role.ADMINISTRATOR]


def test_a_misspelt_grant_is_a_fault_of_the_system_check(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not [fault for fault in run_checks() if (fault.id or "").startswith("accounts.")]
    odd = {"patients.pateint": "view", "patients.patient": "see_all", "nowhere.thing": "view"}
    monkeypatch.setitem(grants.GRANTS, Role.NURSE, odd)
    assert [fault.id for fault in checks.check_grants(None)] == ["accounts.E001", "accounts.E002", "accounts.W001"]
    sync_roles()


def test_giving_a_role_is_recorded_once() -> None:
    user = person("rania")
    for _again in range(2):
        give_role(user=user, role=Role.NURSE, by=None)
    event = AuditEvent.objects.get(verb="user.role_given")
    assert (event.subject, event.detail) == (str(user.pk), {"role": "nurse"})


def test_writing_the_roles_takes_a_bounded_number_of_queries(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_max_num_queries(60):
        sync_roles()
