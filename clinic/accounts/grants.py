"""What each role may do, as data. `clinic.accounts.roles` writes it to the groups.

A key names a model ("app.model") or every model of an app ("app.*"). A value lists actions: "view" stands for
the codename "view_<model>", "*" for all, and a word with an underscore for itself.
"""

from collections.abc import Mapping

from clinic.accounts.enums import Role

Grants = dict[str, str]

SIGN_IN: Grants = {"wagtailadmin.admin": "access_admin"}
WRITING: Grants = {
    "home.*": "*",
    "content.*": "*",
    "wagtail_localize.*": "*",
    "wagtailredirects.redirect": "view add change delete",
}
DIRECTORY: Grants = {
    f"directory.{model}": "view add change delete"
    for model in (
        "location",
        "specialty",
        "practitioner",
        "service",
        "room",
        "device",
        "closure",
        "workinghours",
        "extrahours",
        "openinghours",
    )
}

GRANTS: Mapping[Role, Grants] = {
    Role.ADMINISTRATOR: SIGN_IN
    | WRITING
    | DIRECTORY
    | {
        "patients.patient": "view add change",
        "scheduling.appointment": "view add change",
        "scheduling.reservation": "view",
        "scheduling.hold": "view",
        "messaging.message": "*",
        "accounts.user": "view add change delete see_every_visit",
        "audit.auditevent": "view",
        "wagtailcore.site": "view add change delete",
        "wagtailcore.collection": "view add change delete",
        "wagtailcore.locale": "view add change delete",
        "wagtailcore.workflow": "view add change delete",
        "wagtailcore.task": "view add change delete",
    },
    # A clinician sees the visits to them and the patients of those: see clinic.desk.policies.
    Role.CLINICIAN: SIGN_IN | {"patients.patient": "view", "scheduling.appointment": "view change"},
    Role.NURSE: SIGN_IN
    | {
        "patients.patient": "view",
        "scheduling.appointment": "view change",
        "accounts.user": "see_every_visit",
    },
    Role.RECEPTIONIST: SIGN_IN
    | {
        "patients.patient": "view add change",
        "scheduling.appointment": "view add change",
        "accounts.user": "see_every_visit",
    },
    Role.EDITOR: SIGN_IN | WRITING,
    Role.AUDITOR: SIGN_IN | {"audit.auditevent": "view"},
}

# On the root of the page tree, by codename on wagtailcore.page.
PAGES: Mapping[Role, tuple[str, ...]] = dict.fromkeys(
    (Role.ADMINISTRATOR, Role.EDITOR),
    ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page"),
)
# On the root collection. Wagtail asks its own models for these, whatever our image and document models are.
FILES: Mapping[Role, tuple[tuple[str, str], ...]] = {
    role: tuple(
        (label, f"{action}_{label.split('.')[1]}")
        for label in ("wagtailimages.image", "wagtaildocs.document")
        for action in ("add", "change", "delete", "choose")
    )
    for role in (Role.ADMINISTRATOR, Role.EDITOR)
}
