"""What the clock will publish or take away: pages and snippets, in the order of time."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.models import Page, Revision
from wagtail.permissions import policy_registry

from home.editors.policies import SNIPPETS

AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Moment:
    """At `at`, `title` appears on the site or, where `leaves`, goes."""

    at: datetime
    leaves: bool
    title: str
    kind: str
    language: str
    edit_url: str | None


def coming_moments(user: Any, *, ahead: timedelta = AHEAD) -> list[Moment]:
    """What changes by itself until then, as far as `user` may change it. One or two queries for each kind, and one."""
    until = timezone.now() + ahead
    finder = AdminURLFinder(user)
    moments: list[Moment] = []
    waiting = waiting_revisions(until)
    for model in (Page, *SNIPPETS):
        policy = policy_registry.get_by_type(model)
        mine = policy.instances_user_has_any_permission_for(user, {"change"}).select_related("locale")
        moments += leaving(mine.filter(live=True, expire_at__lte=until, expire_at__gt=timezone.now()), finder)
        moments += appearing(mine, waiting.get(ContentType.objects.get_for_model(model).pk, {}), finder)
    return sorted(moments, key=lambda moment: moment.at)


def leaving(rows: Iterable[Any], finder: AdminURLFinder) -> list[Moment]:
    return [moment_of(row, row.expire_at, True, finder) for row in rows]


def waiting_revisions(until: datetime) -> dict[int, dict[str, datetime]]:
    """When what will be published: by the content type, then by the primary key as text."""
    found: dict[int, dict[str, datetime]] = defaultdict(dict)
    rows = Revision.objects.filter(approved_go_live_at__lte=until)
    for kind, key, at in rows.values_list("base_content_type_id", "object_id", "approved_go_live_at"):
        found[kind][key] = at
    return found


def appearing(mine: Any, times: dict[str, datetime], finder: AdminURLFinder) -> list[Moment]:
    rows = mine.filter(pk__in=times) if times else ()
    return [moment_of(row, times[str(row.pk)], False, finder) for row in rows]


def moment_of(row: Any, at: datetime, leaves: bool, finder: AdminURLFinder) -> Moment:
    kind = row.page_type_display_name if isinstance(row, Page) else row._meta.verbose_name
    title = row.get_admin_display_title() if isinstance(row, Page) else str(row)
    return Moment(at, leaves, title, str(kind), row.locale.language_code, finder.get_edit_url(row))
