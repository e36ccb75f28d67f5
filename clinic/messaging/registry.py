"""The kinds of messages. Each is registered, in its `ready()`, by the app that owns the subject."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise

from clinic.messaging.models import Message


class UnknownKind(LookupError):
    """No app has registered this kind, perhaps because this process is older than the one that queued it."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of an e-mail. With `alternative`, a content type, mail programs are shown the text in place as well."""

    filename: str
    content: bytes
    mimetype: str
    alternative: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageKind:
    """How one kind of message is checked and written.

    `template` names `<template>.subject.txt`, `<template>.txt` and `<template>.html`; `sms` names `<sms>.txt`, and is
    empty for what is never sent as SMS. The functions run in the worker, in the language of the message: `still_holds`
    reads the subject again and says whether the message is still true and still needed; the others are asked only
    after it. `not_before` puts off a message that should not arrive now, as at night; it is not an attempt.
    `news` gives a digest of what the message tells; the same is not told twice in a row to one address.
    What `is_secret` is for its recipient alone: no screen of the staff shows it, not even where mail is kept.
    """

    name: str
    label: str | Promise
    template: str
    still_holds: Callable[[Message], bool]
    context: Callable[[Message], dict[str, Any]]
    attachments: Callable[[Message], list[Attachment]] | None = None
    sms: str = ""
    not_before: Callable[[Message], datetime | None] | None = None
    news: Callable[[Message], str] | None = None
    is_secret: bool = False


_kinds: dict[str, MessageKind] = {}


def register(kind: MessageKind) -> None:
    """Make `kind` known. Raises `ValueError` when another kind has its name."""
    if _kinds.setdefault(kind.name, kind) is not kind:
        raise ValueError(f"The message kind {kind.name!r} is registered twice.")


def kind_of(name: str) -> MessageKind:
    """The kind of this name. Raises `UnknownKind`."""
    try:
        return _kinds[name]
    except KeyError:
        raise UnknownKind(f"No message kind is called {name!r}.") from None


def kinds() -> list[MessageKind]:
    """Every kind, by name."""
    return [_kinds[name] for name in sorted(_kinds)]


def label_of(message: Message) -> str:
    """What kind of message this is, for people; the stored name when no app knows it any more."""
    kind = _kinds.get(message.kind)
    return str(kind.label) if kind else message.kind
