"""Roles as groups: what `clinic.accounts.grants` says is what the groups hold, after each migrate."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page

from clinic.accounts.enums import Role
from clinic.accounts.grants import FILES, GRANTS, PAGES

TABLES = {
    model._meta.db_table
    for model in (
        Group,
        Permission,
        Page,
        Collection,
        GroupPagePermission,
        GroupCollectionPermission,
        GroupApprovalTask,
    )
}
STOCK_GROUPS = ("Editors", "Moderators")
Permissions = dict[str, dict[str, Permission]]  # by "app.model", then by codename


def stored_permissions() -> Permissions:
    found: Permissions = defaultdict(dict)
    for permission in Permission.objects.select_related("content_type"):
        kind = permission.content_type
        found[f"{kind.app_label}.{kind.model}"][permission.codename] = permission
    return found


def permissions_of(role: Role, stored: Permissions) -> Iterable[Permission]:
    """The permissions that exist of those that `role` has been granted; more may be made by a later migration."""
    for key, actions in GRANTS[role].items():
        app, model = key.split(".")
        labels = [label for label in stored if label.split(".")[0] == app] if model == "*" else [key]
        for label in labels:
            by_codename = stored.get(label, {})
            wanted = (
                by_codename
                if actions == "*"
                else [action if "_" in action else f"{action}_{label.split('.')[1]}" for action in actions.split()]
            )
            yield from (by_codename[codename] for codename in wanted if codename in by_codename)


def sync_roles() -> None:
    """Make the group of each role hold exactly its grants. Changes nothing when all is right already.

    What does not exist yet (a model of a later migration, the page tree of an empty database) is left out,
    and is there after the next call.
    """
    if not TABLES.issubset(connection.introspection.table_names()):
        return
    with transaction.atomic():
        stored = stored_permissions()
        page, collection = Page.objects.filter(depth=1).first(), Collection.objects.filter(depth=1).first()
        for role in Role:
            group, _made = Group.objects.get_or_create(name=role.value)
            group.permissions.set(permissions_of(role, stored))
            if page:
                wanted = {stored.get("wagtailcore.page", {}).get(codename) for codename in PAGES.get(role, ())} - {None}
                held = GroupPagePermission.objects.filter(group=group, page=page)
                held.exclude(permission__in=wanted).delete()
                for permission in wanted - {row.permission for row in held.select_related("permission")}:
                    GroupPagePermission.objects.create(group=group, page=page, permission=permission)
            if collection:
                allowed = {stored.get(label, {}).get(codename) for label, codename in FILES.get(role, ())} - {None}
                kept = GroupCollectionPermission.objects.filter(group=group, collection=collection)
                kept.exclude(permission__in=allowed).delete()
                for permission in allowed - {row.permission for row in kept.select_related("permission")}:
                    GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)
        remove_stock_groups()


def remove_stock_groups() -> None:
    """Wagtail's own groups go once nobody is in them; administrators approve what its moderators would have."""
    for group in Group.objects.filter(name__in=STOCK_GROUPS, user__isnull=True):
        approvers = Group.objects.get(name=Role.ADMINISTRATOR)
        for task in GroupApprovalTask.objects.filter(groups=group):
            task.groups.add(approvers)
        group.delete()
