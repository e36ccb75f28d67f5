"""Mail that is kept as files."""

import stat
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from django.core.mail import EmailMessage, send_mail
from pytest_django import Settings

from clinic.messaging import mailfolder


def test_a_mail_is_a_file_that_mail_programs_open(mail_folder: Path) -> None:
    send_mail("زيارتك", "مرحباً", "clinic@iyada.example", ["layla@patients.example"])

    [file] = mail_folder.iterdir()
    letter = message_from_bytes(file.read_bytes(), policy=policy.default)
    assert file.suffix == ".eml"
    assert letter["Subject"] == "زيارتك"
    assert letter.get_content().strip() == "مرحباً"


def test_only_the_owner_may_read_mail(settings: Settings, mail_folder: Path) -> None:
    mail_folder.rmdir()

    send_mail("Hello", "Hello", None, ["layla@patients.example"])

    [file] = mail_folder.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(mail_folder.stat().st_mode) == 0o700


def test_names_sort_by_time(mail_folder: Path) -> None:
    for number in range(5):
        send_mail(f"{number}", "", None, ["layla@patients.example"])

    subjects = [message_from_bytes(file.read_bytes())["Subject"] for file in sorted(mail_folder.iterdir())]
    assert subjects == ["0", "1", "2", "3", "4"]


def test_a_mail_that_cannot_be_written_whole_leaves_nothing(mail_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def disk_full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(mailfolder.os, "fsync", disk_full)
    with pytest.raises(OSError, match="No space left"):
        EmailMessage("Hello", "Hello", to=["layla@patients.example"]).send()

    assert list(mail_folder.iterdir()) == []
