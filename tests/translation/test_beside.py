from typing import Any

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.rich_text import RichText

from clinic.accounts.enums import Role
from content.models import StandardPage
from content.translation.texts import put_words, texts_of
from home.models import Menu
from tests.factories.home import MenuFactory, arabic
from tests.home.website import Website
from tests.translation.conftest import Cast
from tests.translation.test_screens import address

# As Draftail sends one paragraph.
BLOCK = '{"key":"aaaaa","text":"%s","type":"unstyled","depth":0,"inlineStyleRanges":[],"entityRanges":[]}'
CONTENT_STATE = '{"blocks":[' + BLOCK + '],"entityMap":{}}'
BODY: list[tuple[str, Any]] = [
    ("heading", "Before you come"),
    ("text", RichText("<p>Bring your <b>card</b>.</p>")),
    ("care_card", {"urgency": "urgent", "title": "Call us if", "text": RichText("<p>it hurts</p>")}),
    ("call_to_action", {"title": "Ready?", "text": "", "link": {"label": "Call", "phone": "+96265550100"}}),
]


def test_no_field_has_a_name_that_an_editor_cannot_find(website: Website, signed_in: Cast) -> None:
    copy = website.translate(website.page("visit", body=BODY))
    shown = signed_in(Role.EDITOR).get(address("beside", copy))
    assert not [bound.id_for_label for bound in shown.context["form"] if "." in bound.id_for_label]


def test_long_words_have_a_field_that_grows_with_them(website: Website, signed_in: Cast) -> None:
    page = website.page("visit", title="Your visit", introduction="What you bring with you. " * 8)
    form = signed_in(Role.EDITOR).get(address("beside", website.translate(page))).context["form"]
    kinds = {path: type(form.fields[path].widget).__name__ for path in ("title", "introduction")}
    assert kinds == {"title": "TextInput", "introduction": "AdminAutoHeightTextInput"}


def draft(page: Page) -> StandardPage:
    return StandardPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def typed(html: Any, **words: str) -> dict[str, str]:
    """The form as it was shown, with some of its words replaced; texts of Draftail as the browser sends them."""
    form = html.context["form"]
    data = {bound.html_name: bound.value() or "" for bound in form}
    for text in {**form.target, **form.source}.values():
        if text.rich:
            data[form.add_prefix(text.path)] = CONTENT_STATE % "نص"
    typed = {form.add_prefix(path): value for path, value in words.items()}
    return {name: str(value) for name, value in data.items()} | typed


def path_of(page: Any, words: str) -> str:
    return next(text.path for text in texts_of(page) if words in text.words)


def test_every_word_has_a_path_that_is_the_same_in_both_languages(website: Website) -> None:
    page = website.page("visit", title="Your visit", body=BODY)
    copy = website.translate(page)
    ours = {text.path: text.words for text in texts_of(page)}
    assert {text.path for text in texts_of(draft(copy))} == set(ours)
    assert {"Your visit", "Before you come", "Call us if", "Ready?", "Call"} <= set(ours.values())
    assert not {"+96265550100", "urgent", "visit"} & set(ours.values())


def test_words_are_written_beside_their_source_and_kept_as_a_draft(website: Website, signed_in: Cast) -> None:
    page = website.page("visit", title="Your visit", body=BODY)
    copy = website.translate(page, live=True)
    client = signed_in(Role.EDITOR)
    shown = client.get(address("beside", copy))
    assert 'lang="en" dir="ltr"' in shown.content.decode()
    heading = path_of(page, "Before you come")
    response = client.post(address("beside", copy), typed(shown, title="زيارتكم", **{heading: "قبل أن تأتوا"}))
    assert response.status_code == 302
    written = draft(copy)
    assert (written.title, written.body[0].value) == ("زيارتكم", "قبل أن تأتوا")
    assert "نص" in written.body[1].value.source
    assert Page.objects.get(pk=copy.pk).title == "Your visit"


def test_a_paragraph_that_was_added_since_finds_its_place_in_the_translation(website: Website) -> None:
    page = website.page("visit", body=BODY)
    copy = draft(website.translate(page))
    page.body.insert(1, ("heading", "What it costs"))
    page.save_revision().publish()
    page = StandardPage.objects.get(pk=page.pk)
    assert put_words(copy, {path_of(page, "What it costs"): "كم تكلّف"}, source=page)
    assert [block.block_type for block in copy.body][:3] == ["heading", "heading", "text"]
    assert copy.body[1].value == "كم تكلّف"


def test_what_is_too_long_or_empty_is_refused_and_stays_typed(website: Website, signed_in: Cast) -> None:
    page = website.page("visit", title="Your visit", introduction="Welcome")
    copy = website.translate(page)
    client = signed_in(Role.EDITOR)
    shown = client.get(address("beside", copy))
    html = client.post(address("beside", copy), typed(shown, title="", introduction="أ" * 301)).content.decode()
    assert "أ" * 301 in html
    assert draft(copy).introduction == "Welcome"


def test_nobody_writes_over_a_draft_that_was_saved_meanwhile(website: Website, signed_in: Cast) -> None:
    copy = website.translate(website.page("visit", title="Your visit"))
    client = signed_in(Role.EDITOR)
    shown = client.get(address("beside", copy))
    other = draft(copy)
    other.title = "من كتبها غيري"
    other.save_revision()
    refused = client.post(address("beside", copy), typed(shown, title="زيارتكم"))
    assert "Somebody has saved another draft meanwhile" in refused.content.decode()
    assert 'value="زيارتكم"' in refused.content.decode()
    assert draft(copy).title == "من كتبها غيري"
    assert client.post(address("beside", copy), typed(refused, title="زيارتكم")).status_code == 302
    assert draft(copy).title == "زيارتكم"


def test_a_locked_translation_is_not_written(website: Website, signed_in: Cast) -> None:
    copy = website.translate(website.page("visit", title="Your visit"))
    client = signed_in(Role.EDITOR)
    shown = client.get(address("beside", copy))
    Page.objects.filter(pk=copy.pk).update(locked=True)
    html = client.post(address("beside", copy), typed(shown, title="زيارتكم")).content.decode()
    assert "زيارتكم" in html
    assert draft(copy).title == "Your visit"


@pytest.mark.parametrize(
    ("role", "allowed"), [(Role.EDITOR, True), (Role.ARABIC_PUBLISHER, True), (Role.AUTHOR, False)]
)
def test_only_who_may_change_a_page_writes_its_translation(
    website: Website, signed_in: Cast, role: Role, allowed: bool
) -> None:
    copy = website.translate(website.page("visit", title="Your visit"))
    assert (signed_in(role).get(address("beside", copy)).status_code == 200) is allowed


def test_the_labels_of_a_menu_are_translated_side_by_side(website: Website, signed_in: Cast) -> None:
    menu = MenuFactory(name="Main", items=[("link", {"label": "Doctors", "route": "doctors"})], live=False)
    menu.save_revision().publish()
    copy = menu.copy_for_translation(arabic())
    copy.live = False
    copy.save()
    client = signed_in(Role.ARABIC_PUBLISHER)
    shown = client.get(address("beside", copy))
    label = path_of(menu, "Doctors")
    assert client.post(address("beside", copy), typed(shown, **{label: "الأطباء"})).status_code == 302
    written = Menu.objects.get(pk=copy.pk).get_latest_revision_as_object()
    assert written.items[0].value["label"] == "الأطباء"
    assert written.items[0].value["route"] == "doctors"


def test_a_stranger_is_led_to_the_sign_in(website: Website, client: Any) -> None:
    copy = website.translate(website.page("visit"))
    assert client.get(address("beside", copy))["Location"].startswith(reverse("wagtailadmin_login"))
