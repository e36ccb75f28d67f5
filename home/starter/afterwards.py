"""What only a demonstration wants: pages as drafts, in moderation and scheduled, changed, and locked."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from wagtail.models import Page

from clinic.accounts.models import User
from home.starter.files import read_data
from home.starter.homes import load_homes
from home.starter.kinds import Entry, set_linked_fields
from home.starter.ledger import Ledger, stable_id
from home.starter.library import Library
from home.starter.locales import load_locales
from home.starter.pages import create, entries, page_ids, publish
from home.starter.people import Moment
from home.starter.streams import Streams


def load_afterwards(ledger: Ledger, *, moment: Moment) -> None:
    load_unpublished(ledger, [entry for entry in entries() if entry.is_demo], moment=moment)
    data = read_data("frame/afterwards")
    for row in data["amended"]:
        once(ledger, f"amended:{row['page']}", lambda row=row: amend(row))
    for row in data["locked"]:
        once(ledger, f"locked:{row['page']}", lambda row=row: lock(row, moment=moment))


def load_unpublished(ledger: Ledger, waiting: Iterable[Entry], *, moment: Moment) -> None:
    """Each page in the state that its file names; words by the author, whom a publisher has to approve."""
    locales, library = load_locales(), Library(ledger)
    homes, author = load_homes(ledger, locales), User.objects.filter(username="author").first()
    for entry in waiting:
        for language, _entry, page in create(ledger, entry, homes, moment=moment):
            streams = Streams(language, pages=page_ids(page.locale), images=library)
            set_linked_fields(page, entry, streams)
            page.owner = author
            leave(page, entry.data["state"], author=author, moment=moment)


def leave(page: Page, state: str, *, author: User | None, moment: Moment) -> None:
    page.full_clean()
    if state == "scheduled":
        page.go_live_at = moment.now + timedelta(days=3)
        publish(page)
        return
    page.save()
    page.save_revision(user=author)
    workflow = page.get_workflow()
    if state == "moderation" and workflow and author:
        workflow.start(page, author)


def once(ledger: Ledger, key: str, change: Any) -> None:
    if not ledger.has(key):
        ledger.write([key], created=int(change()))


def find(name: str, language: str) -> Any:
    page = Page.objects.filter(translation_key=stable_id(f"page:{name}"), locale__language_code=language).first()
    return page.specific if page else None


def amend(row: dict[str, Any]) -> bool:
    """Publish other words in one language, so that the translation is older than its source."""
    page = find(row["page"], row["language"])
    if page is None or not page.live or page.has_unpublished_changes:
        return False
    for name in row.keys() - {"page", "language"}:
        setattr(page, name, row[name])
    publish(page)
    return True


def lock(row: dict[str, Any], *, moment: Moment) -> bool:
    """Keep the English page for one person; her Arabic colleague goes on."""
    page, holder = find(row["page"], "en"), User.objects.filter(username=row["by"]).first()
    if page is None or holder is None:
        return False
    page.locked, page.locked_by, page.locked_at = True, holder, moment.now
    page.save(update_fields=["locked", "locked_by", "locked_at"])
    return True
