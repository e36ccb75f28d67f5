"""Roles as groups: what `clinic.accounts.grants` says is what the groups hold, after each migrate."""

from collections import defaultdict
from collections.abc import Iterable

from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Collection, GroupApprovalTask, GroupCollectionPermission, GroupPagePermission, Page

from clinic.accounts.enums import Role
from clinic.accounts.grants import FILES, GRANTS, PAGES, Tree

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
        places = page_places()
        collection = Collection.objects.filter(depth=1).first()
        for role in Role:
            group, _made = Group.objects.get_or_create(name=role.value)
            group.permissions.set(permissions_of(role, stored))
            hold_pages(group, role, stored, places)
            if collection:
                hold_files(group, role, stored, collection)
        remove_stock_groups()


def page_places() -> dict[str, list[Page]]:
    """The root of all pages under "", and the home pages of each language under its code."""
    places: dict[str, list[Page]] = defaultdict(list)
    for page in Page.objects.filter(depth__lte=2).select_related("locale"):
        places["" if page.depth == 1 else page.locale.language_code].append(page)
    return places


def hold_pages(group: Group, role: Role, stored: Permissions, places: dict[str, list[Page]]) -> None:
    tree = PAGES.get(role, Tree(()))
    known = stored.get("wagtailcore.page", {})
    wanted = {
        (page.pk, known[codename].pk)
        for page in places.get(tree.language, [])
        for codename in tree.codenames
        if codename in known
    }
    held = {(row.page_id, row.permission_id): row for row in GroupPagePermission.objects.filter(group=group)}
    GroupPagePermission.objects.filter(pk__in=[row.pk for key, row in held.items() if key not in wanted]).delete()
    GroupPagePermission.objects.bulk_create(
        GroupPagePermission(group=group, page_id=page, permission_id=permission)
        for page, permission in sorted(wanted - held.keys())
    )


def sync_trees() -> None:
    """The rights that hang on the home page of a language, once there is another one. Knows the groups that exist."""
    kind = {p.codename: p for p in Permission.objects.filter(content_type=ContentType.objects.get_for_model(Page))}
    places = page_places()
    roles = [role for role, tree in PAGES.items() if tree.language]
    for group in Group.objects.filter(name__in=roles):
        hold_pages(group, Role(group.name), {"wagtailcore.page": kind}, places)


def hold_files(group: Group, role: Role, stored: Permissions, collection: Collection) -> None:
    allowed = {stored.get(label, {}).get(codename) for label, codename in FILES.get(role, ())} - {None}
    kept = GroupCollectionPermission.objects.filter(group=group, collection=collection)
    kept.exclude(permission__in=allowed).delete()
    for permission in allowed - {row.permission for row in kept.select_related("permission")}:
        GroupCollectionPermission.objects.create(group=group, collection=collection, permission=permission)


def remove_stock_groups() -> None:
    """Wagtail's own groups go once nobody is in them; administrators approve what its moderators would have."""
    for group in Group.objects.filter(name__in=STOCK_GROUPS, user__isnull=True):
        approvers = Group.objects.get(name=Role.ADMINISTRATOR)
        for task in GroupApprovalTask.objects.filter(groups=group):
            task.groups.add(approvers)
        group.delete()
