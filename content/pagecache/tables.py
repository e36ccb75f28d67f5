"""What the tables of the database mean for stored pages.

A table that nobody names here is public: pages may show it, and each change of it makes them old. Naming one is
a promise that no stored page shows it, and the cache holds us to it: a page that reads one is never stored.
"""

from functools import cache as once

from django.apps import apps
from django.db.migrations.recorder import MigrationRecorder

PRIVATE_APPS = frozenset(
    {
        *("patients", "scheduling", "messaging", "audit", "accounts", "auth", "axes", "sessions", "pagecache"),
        *("starter", "wagtailforms", "wagtailsearch", "wagtailusers"),
    }
)
PRIVATE_TABLES = frozenset(
    {
        *("content_enquiry", "wagtailcore_revision", "wagtailcore_referenceindex", "wagtailcore_uploadedfile"),
        *("wagtailcore_pagelogentry", "wagtailcore_modellogentry", "wagtailcore_pagesubscription"),
        *("wagtailcore_comment", "wagtailcore_commentreply"),
        *("wagtailcore_task", "wagtailcore_taskstate", "wagtailcore_workflow", "wagtailcore_workflowstate"),
        *("wagtailcore_workflowtask", "wagtailcore_workflowpage", "wagtailcore_workflowcontenttype"),
        *("wagtailcore_groupapprovaltask", "wagtailcore_groupapprovaltask_groups"),
        *("wagtailcore_grouppagepermission", "wagtailcore_groupcollectionpermission"),
        *("wagtailadmin_editingsession", MigrationRecorder.Migration._meta.db_table),
    }
)
# What saving a draft, locking and scheduling change; readers see what was published.
UNSEEN_COLUMNS = frozenset(
    {
        *("latest_revision_id", "latest_revision_created_at", "has_unpublished_changes", "draft_title"),
        *("locked", "locked_at", "locked_by_id", "go_live_at"),
    }
)
# Read from caches of Wagtail rather than by SQL, so that no statement tells.
ALWAYS_READ = frozenset({"wagtailcore_site", "wagtailcore_locale", "wagtailcore_page"})


@once
def tables() -> dict[str, str]:
    """The label of the app of each table that a model stands for."""
    models = apps.get_models(include_auto_created=True)
    return {model._meta.db_table: model._meta.app_label for model in models if not model._meta.proxy}


@once
def is_private(table: str) -> bool:
    return table in PRIVATE_TABLES or tables().get(table) in PRIVATE_APPS


@once
def is_public(table: str) -> bool:
    """Whether `table` is known, and a stored page may show it. Those of PostgreSQL itself show nothing."""
    return table.startswith("pg_") or (table in tables() and not is_private(table))
