"""Banners: one that is shown, one that waits for its day, one that is over."""

from datetime import datetime, timedelta
from typing import Any

from home.models import Announcement
from home.starter.files import read_data
from home.starter.frame import publish
from home.starter.ledger import Ledger, stable_id
from home.starter.locales import load_locales
from home.starter.pages import page_ids
from home.starter.people import Moment
from home.starter.streams import Streams


def load_announcements(ledger: Ledger, *, moment: Moment) -> None:
    locales = load_locales()
    for data in read_data("frame/announcements")["announcement"]:
        key = f"announcement:{data['key']}"
        if ledger.has(key):
            continue
        for language, locale in locales.items():
            banner = Announcement(locale=locale, translation_key=stable_id(key), level=data["level"])
            banner.message = data["message"][language]
            banner.link = link_of(data, key, Streams(language, pages=page_ids(locale), images={}))
            banner.go_live_at, banner.expire_at = day_of(data, "from", moment), day_of(data, "until", moment)
            if banner.expire_at and banner.expire_at <= moment.now:
                retire(banner)
            else:
                publish(banner)
        ledger.write([key], created=len(locales))


def link_of(data: dict[str, Any], key: str, streams: Streams) -> list[dict[str, Any]]:
    return streams.build(f"{key}:link", [{"type": "link", "value": data["link"]}]) if "link" in data else []


def day_of(data: dict[str, Any], name: str, moment: Moment) -> datetime | None:
    return moment.now + timedelta(days=data[name]) if name in data else None


def retire(banner: Announcement) -> None:
    """As it is left when its time has come: no longer live, marked as expired, with its words kept."""
    banner.live, banner.expired = False, True
    banner.save()
    banner.save_revision()
