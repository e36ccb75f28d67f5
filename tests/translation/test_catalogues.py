from typing import Any

import polib
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from wagtail.models import Page
from wagtail.rich_text import RichText

from clinic.accounts.enums import Role
from content.blocks import TableBlock
from home.models import Announcement
from tests.factories.home import AnnouncementFactory, arabic
from tests.home.website import Website
from tests.translation.conftest import Cast
from tests.translation.test_beside import draft
from tests.translation.test_screens import address

TEXT = RichText('<p data-block-key="a1b2c">Bring your <b>card</b> and <a href="https://example.org">this form</a>.</p>')
ARABIC_TEXT = '<p>أحضروا <b>بطاقتكم</b> و<a href="https://example.org">هذا النموذج</a>.</p>'

ARABIC_TABLE = {
    "Blood tests": "فحوص الدم",
    "Before a blood test": "قبل فحص الدم",
    "Test": "الفحص",
    "Hours without food": "ساعات الصيام",
    "Sugar": "السكر",
    "Thyroid": "الغدة الدرقية",
    "none": "بلا صيام",
}


@pytest.fixture
def copy(website: Website) -> Page:
    return website.translate(website.page("visit", title="Your visit", body=[("text", TEXT)]))


def upload(client: Any, where: str, content: Any) -> Any:
    data = content if isinstance(content, bytes) else str(content).encode()
    return client.post(where, {"file": SimpleUploadedFile("translation.po", data)})


def fetched(client: Any, copy: Page) -> polib.POFile:
    return polib.pofile(client.get(address("po", copy)).content.decode())


def test_a_page_goes_out_as_a_po_file_and_comes_back_as_a_draft(copy: Page, signed_in: Cast) -> None:
    client = signed_in(Role.EDITOR)
    file = fetched(client, copy)
    for entry in file:
        entry.msgstr = ARABIC_TEXT if "<p>" in entry.msgid else "زيارتكم"
    assert "data-block-key" not in str(file)
    response = upload(client, address("po", copy), file)
    assert response.status_code == 302
    written = draft(copy)
    assert written.title == "زيارتكم"
    assert "<b>بطاقتكم</b>" in written.body[0].value.source
    assert 'href="https://example.org"' in written.body[0].value.source
    assert Page.objects.get(pk=copy.pk).title == "Your visit"


def test_the_cells_of_a_table_go_out_and_come_back(website: Website, signed_in: Cast) -> None:
    """Its caption and headings too; a number says the same in both languages and does not go out."""
    table = {
        "caption": "Before a blood test",
        "columns": [{"type": "text", "heading": "Test"}, {"type": "number", "heading": "Hours without food"}],
        "rows": [{"values": ["Sugar", "8"]}, {"values": ["Thyroid", "none"]}],
    }
    body = [("table", TableBlock().to_python(table))]
    page = website.page("table", title="Blood tests", introduction="", search_description="", body=body)
    copy = website.translate(page)
    client = signed_in(Role.EDITOR)
    file = fetched(client, copy)
    assert {entry.msgid for entry in file} == set(ARABIC_TABLE)
    for entry in file:
        entry.msgstr = ARABIC_TABLE[entry.msgid]
    assert upload(client, address("po", copy), file).status_code == 302
    written = draft(copy).body[0].value
    assert written.caption == "قبل فحص الدم"
    assert [column["heading"] for column in written.columns] == ["الفحص", "ساعات الصيام"]
    assert [row["values"] for row in written.row_data] == [["السكر", "8"], ["الغدة الدرقية", "بلا صيام"]]


def test_a_row_that_a_table_has_gained_finds_its_place_in_the_translation(website: Website, signed_in: Cast) -> None:
    table = {"caption": "Tests", "columns": [{"type": "text", "heading": "Test"}], "rows": [{"values": ["Sugar"]}]}
    page = website.page("table", search_description="", body=[("table", TableBlock().to_python(table))])
    copy = website.translate(page)
    client = signed_in(Role.EDITOR)
    there = page.body[0].value
    there.columns.append({**there.columns[0], "heading": "Before it"})
    there.row_data[0]["values"].append("Eat nothing")
    there.row_data.append({"values": ["Thyroid", "Eat as usual"]})
    page.save_revision().publish()
    file = fetched(client, copy)
    for entry in file:
        entry.msgstr = {"Thyroid": "الغدة الدرقية", "Before it": "قبله"}.get(entry.msgid, "")
    upload(client, address("po", copy), file)
    written = draft(copy).body[0].value
    assert [column["heading"] for column in written.columns] == ["Test", "قبله"]
    assert [row["values"] for row in written.row_data] == [["Sugar", "Eat nothing"], ["الغدة الدرقية", "Eat as usual"]]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\x89PNG\r\n\x1a\n\x00", "not written in UTF-8"),
        (b"hello", "not a PO file"),
        (b"/etc/passwd", "not a PO file"),
        (b'msgid "a\nmsgstr b', "for the language"),
        (b"\x00msgid\n\n", "not a PO file"),
        (b'msgid ""\nmsgstr "Language: fr\\n"\n\nmsgid "a"\nmsgstr "b"\n', "for the language “fr”"),
        (b'msgid ""\nmsgstr "Language: ar\\n"\n\nmsgid "a"\nmsgstr ""\n', "no translated text"),
        (b"", "empty"),
    ],
)
def test_a_file_that_is_no_use_says_why_and_changes_nothing(
    copy: Page, signed_in: Cast, content: bytes, message: str
) -> None:
    before = copy.get_latest_revision().pk
    response = upload(signed_in(Role.EDITOR), address("po", copy), content)
    assert response.status_code == 200
    assert message in response.content.decode()
    assert copy.get_latest_revision().pk == before


def test_what_does_not_fit_is_left_out_and_named_and_the_rest_comes_in(copy: Page, signed_in: Cast) -> None:
    client = signed_in(Role.EDITOR)
    file = fetched(client, copy)
    for entry in file:
        entry.msgstr = "<p>بلا وسوم</p><script>alert(1)</script>" if "<p>" in entry.msgid else "زيارتكم"
    file.append(polib.POEntry(msgctxt=f"{copy.translation_key}/body.gone", msgid="Gone", msgstr="ذهب"))
    file.append(polib.POEntry(msgctxt="another/title", msgid="Another page", msgstr="صفحة أخرى"))
    html = upload(client, address("po", copy), file).content.decode()
    assert "the HTML tags are not those of the source" in html
    assert "the source has no such text" in html
    assert "Another page" in html
    written = draft(copy)
    assert (written.title, "alert" in written.body[0].value.source) == ("زيارتكم", False)


def test_words_of_a_source_that_changed_since_are_left_out(copy: Page, website: Website, signed_in: Cast) -> None:
    client = signed_in(Role.EDITOR)
    file = fetched(client, copy)
    source = Page.objects.get(translation_key=copy.translation_key, locale__language_code="en").specific
    source.title = "Before your visit"
    source.save_revision().publish()
    for entry in file:
        entry.msgstr = "" if "<p>" in entry.msgid else "زيارتكم"
    html = upload(client, address("po", copy), file).content.decode()
    assert "the source has changed since this file was made" in html


def test_everything_that_waits_in_a_language_goes_out_and_comes_back_in_one_file(
    website: Website, signed_in: Cast
) -> None:
    about = website.page("about", title="About us")
    banner = AnnouncementFactory(message="Closed on Friday", live=True)
    client = signed_in(Role.EDITOR)
    text = client.get(f"{reverse('translation:export_many')}?language=ar").content.decode()
    file = polib.pofile(text)
    assert {"About us", "Closed on Friday"} <= {entry.msgid for entry in file}
    for entry in file:
        entry.msgstr = {"About us": "من نحن", "Closed on Friday": "مغلق يوم الجمعة"}.get(entry.msgid, "")
    file.append(polib.POEntry(msgctxt=f"{'x' * 36}/title", msgid="Not ours", msgstr="ليس لنا"))
    upload(client, f"{reverse('translation:import_many')}?language=ar", file)
    copy = Page.objects.get(translation_key=about.translation_key, locale=arabic())
    there = Announcement.objects.get(translation_key=banner.translation_key, locale=arabic())
    assert (copy.live, draft(copy).title) == (False, "من نحن")
    assert (there.live, there.get_latest_revision_as_object().message) == (False, "مغلق يوم الجمعة")


def test_a_publisher_of_arabic_brings_nothing_into_english(website: Website, signed_in: Cast) -> None:
    here = AnnouncementFactory(message="مغلق", live=True, locale=arabic())
    content = polib.POFile()
    content.metadata = {"Language": "en", "Content-Type": "text/plain; charset=utf-8"}
    content.append(polib.POEntry(msgctxt=f"{here.translation_key}/message", msgid="مغلق", msgstr="Closed"))
    html = upload(signed_in(Role.ARABIC_PUBLISHER), f"{reverse('translation:import_many')}?language=en", content)
    assert "not yours to translate" in html.content.decode()
    assert not Announcement.objects.filter(locale__language_code="en").exists()
