"""What each role may do, as data. `clinic.accounts.roles` writes it to the groups.

A key names a model ("app.model") or every model of an app ("app.*"). A value lists actions: "view" stands for
the codename "view_<model>", "*" for all, and a word with an underscore for itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from clinic.accounts.enums import Role

Grants = dict[str, str]

SIGN_IN: Grants = {"wagtailadmin.admin": "access_admin"}
FRAME = ("announcement", "footer", "menu", "partner")  # the snippets around every page
TRANSLATING: Grants = {"wagtail_localize.*": "*"}
# Frame and settings besides; of pages and files, what PAGES and FILES say.
WRITING: Grants = {"content.*": "*", "accounts.user": "write_en write_ar"} | TRANSLATING
PUBLISHING: Grants = WRITING | {
    "home.*": "*",
    "search.synonyms": "*",
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
        "hourstemplate",
        "maintenancerecord",
        "reminderrule",
    )
}
# Without extra seats: whoever may give them answers for the practitioners' day.
RECEPTION: Grants = SIGN_IN | {
    "patients.patient": "view add change merge_patient",
    "scheduling.appointment": "view add change",
    "scheduling.waitlistentry": "view add change",
    "scheduling.waitingscreen": "view change",
    "scheduling.absence": "view add change",
    "directory.hourstemplate": "view",
    "directory.maintenancerecord": "view add",
    "accounts.user": "see_every_visit",
}

GRANTS: Mapping[Role, Grants] = {
    Role.ADMINISTRATOR: SIGN_IN
    | PUBLISHING
    | DIRECTORY
    | {
        "directory.hijrisetting": "change",
        "patients.patient": "view add change merge_patient",
        "scheduling.appointment": "view add change overbook_appointment",
        "scheduling.absence": "view add change",
        "scheduling.reservation": "view",
        "scheduling.hold": "view",
        "scheduling.waitlistentry": "view add change",
        "scheduling.waitingscreen": "view change",
        "booking.bookingwidget": "change",
        "messaging.message": "*",
        "accounts.user": "view add change delete see_every_visit write_en write_ar",
        "accounts.apikey": "view add change rebuild_website_data",
        "audit.auditevent": "view",
        "pagecache.debt": "manage_page_cache",
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
        "scheduling.absence": "view",
        "directory.hourstemplate": "view",
        "directory.maintenancerecord": "view add",
        "accounts.user": "see_every_visit",
    },
    Role.RECEPTIONIST: RECEPTION,
    Role.HEAD_OF_RECEPTION: RECEPTION | {"scheduling.appointment": "view add change overbook_appointment"},
    Role.AUTHOR: SIGN_IN | TRANSLATING,
    Role.EDITOR: SIGN_IN
    | WRITING
    | {f"home.{model}": "view add change" for model in FRAME}
    | {"search.synonyms": "view add change"},
    Role.PUBLISHER: SIGN_IN | PUBLISHING,
    # Of the frame only what is in Arabic: see home.editors.policies.
    Role.ARABIC_PUBLISHER: SIGN_IN
    | TRANSLATING
    | {"accounts.user": "write_ar"}
    | {f"home.{model}": "*" for model in FRAME},
    Role.AUDITOR: SIGN_IN | {"audit.auditevent": "view"},
}


@dataclass(frozen=True, slots=True)
class Tree:
    """Codenames on wagtailcore.page, held at the root of all pages or at the home page of one `language`."""

    codenames: tuple[str, ...]
    language: str = ""


EVERYTHING = ("add_page", "change_page", "publish_page", "bulk_delete_page", "lock_page", "unlock_page")

# Who may only add changes what is their own; who may not publish submits for approval.
PAGES: Mapping[Role, Tree] = {
    Role.ADMINISTRATOR: Tree(EVERYTHING),
    Role.AUTHOR: Tree(("add_page",)),
    Role.EDITOR: Tree(("add_page", "change_page")),
    Role.PUBLISHER: Tree(EVERYTHING),
    Role.ARABIC_PUBLISHER: Tree(EVERYTHING, language="ar"),
}


def files(actions: str) -> tuple[tuple[str, str], ...]:
    """Wagtail asks its own models for these, whatever our image and document models are."""
    labels = ("wagtailimages.image", "wagtaildocs.document")
    return tuple((label, f"{action}_{label.split('.')[1]}") for label in labels for action in actions.split())


# On the root collection.
FILES: Mapping[Role, tuple[tuple[str, str], ...]] = {
    Role.ADMINISTRATOR: files("add change delete choose"),
    Role.AUTHOR: files("add choose"),
    Role.EDITOR: files("add change choose"),
    Role.PUBLISHER: files("add change delete choose"),
    Role.ARABIC_PUBLISHER: files("add change choose"),
}
