"""Reading the mail folder: what the demonstration has sent, for administrators."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import overload

from django.conf import settings

from clinic.messaging.emails import FOR_RECIPIENT_ALONE

BACKEND = "clinic.messaging.mailfolder.MailFolderBackend"
NAME = re.compile(r"\d{8}T\d{12}Z-[2-9A-HJKMNP-TV-Z]{10}")


class MailNotFound(Exception):
    """No mail of this name is kept."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with a mail."""

    filename: str
    mimetype: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)


@dataclass(frozen=True, slots=True)
class SentMail:
    """The head of a kept mail. `name` stands in the address of its page."""

    name: str
    sent_at: datetime
    subject: str
    sender: str
    to: str
    language: str


@dataclass(frozen=True, slots=True)
class OpenMail:
    """A kept mail with its parts; `text` and `html` are empty where the mail has none."""

    head: SentMail
    text: str
    html: str
    enclosures: list[Enclosure]
    is_secret: bool = False


def mail_is_kept() -> bool:
    """Whether mail goes to the folder rather than out."""
    return bool(settings.EMAIL_BACKEND == BACKEND)


class MailFolder(Sequence[SentMail]):
    """The kept mails, the newest first. Only those that are looked at are read."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = Path(folder or settings.MAIL_FOLDER)
        found = self.folder.glob("*.eml") if self.folder.is_dir() else iter(())
        self.names = sorted((path.stem for path in found if NAME.fullmatch(path.stem)), reverse=True)

    def __len__(self) -> int:
        return len(self.names)

    @overload
    def __getitem__(self, index: int) -> SentMail: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[SentMail]: ...
    def __getitem__(self, index: int | slice) -> SentMail | Sequence[SentMail]:
        if isinstance(index, slice):
            return [self.head(name) for name in self.names[index]]
        return self.head(self.names[index])

    def head(self, name: str) -> SentMail:
        with self.path(name).open("rb") as file:
            return _head(name, BytesHeaderParser(policy=policy.default).parse(file))

    def open(self, name: str) -> OpenMail:
        """The whole mail, without the text of one that is for its recipient alone. Raises `MailNotFound`."""
        try:
            mail = message_from_bytes(self.path(name).read_bytes(), policy=policy.default)
        except FileNotFoundError:
            raise MailNotFound(name) from None
        if mail["Sensitivity"] == FOR_RECIPIENT_ALONE:
            return OpenMail(_head(name, mail), text="", html="", enclosures=[], is_secret=True)
        return OpenMail(_head(name, mail), _part(mail, "plain"), _part(mail, "html"), list(_enclosures(mail)))

    def path(self, name: str) -> Path:
        """Where the mail lies; the name is checked, so that it never leads out of the folder."""
        if not NAME.fullmatch(name):
            raise MailNotFound(name)
        return self.folder / f"{name}.eml"


def _head(name: str, mail: EmailMessage) -> SentMail:
    return SentMail(
        name=name,
        sent_at=datetime.strptime(name[:21], "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC),
        subject=str(mail["Subject"] or ""),
        sender=str(mail["From"] or ""),
        to=str(mail["To"] or ""),
        language=str(mail["Content-Language"] or ""),
    )


def _part(mail: EmailMessage, kind: str) -> str:
    part = mail.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part else ""


def _enclosures(mail: EmailMessage) -> Iterator[Enclosure]:
    for part in mail.iter_attachments():
        # The alternatives of the text are no files of their own.
        if part.get_filename():
            content = part.get_payload(decode=True)
            yield Enclosure(
                part.get_filename() or "", part.get_content_type(), content if isinstance(content, bytes) else b""
            )
