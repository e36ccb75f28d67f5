"""Forms of editors: what visitors send is kept and mailed once, and programs are kept out."""

import re
import time
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import ReferenceIndex

from clinic.messaging.models import Message
from content.enquiries.actions import forget_enquiries
from content.enquiries.stamp import LEAST, MOST, new_stamp
from content.models import Enquiry, FormField, FormPage
from content.models.forms import FIELD_TYPES
from tests.factories.content import EnquiryFactory, FormPageFactory
from tests.home.website import Website

FIELDS = [
    {"label": "Name", "field_type": "singleline"},
    {"label": "Phone", "field_type": "phone", "required": False},
    {"label": "E-mail", "field_type": "email"},
    {"label": "Question", "field_type": "multiline"},
    {"label": "Where", "field_type": "radio", "choices": "Amman\nIrbid", "required": False},
    {"label": "About", "field_type": "checkboxes", "choices": "Prices\nTimes", "required": False},
    {"label": "Day", "field_type": "date", "required": False},
]
TYPED = {"name": "Omar Nasser", "e_mail": "omar@example.com", "question": "When do you open?", "the-consent": "on"}


@pytest.fixture(autouse=True)
def nobody_was_counted() -> None:
    cache.clear()


@pytest.fixture
def form(website: Website) -> FormPage:
    page = website.page(
        "write",
        factory=FormPageFactory,
        title="Write to us",
        consent_text="You may keep what I write.",
        to_address="desk@clinic.test, head@clinic.test",
        thank_you_text="<p>We answer within two days.</p>",
    )
    for field in FIELDS:
        FormField.objects.create(page=page, **field)
    page = FormPage.objects.get(pk=page.pk)
    page.save_revision().publish()
    return page


def stamp(form: FormPage, monkeypatch: pytest.MonkeyPatch, age: timedelta = timedelta(minutes=1)) -> str:
    """The stamp of a form that was shown so long ago."""
    now = time.time()
    with monkeypatch.context() as past:
        past.setattr("time.time", lambda: now - age.total_seconds())
        return new_stamp(form.pk).text


@pytest.fixture
def typed(form: FormPage, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    return {**TYPED, "the-stamp": stamp(form, monkeypatch)}


def test_what_a_visitor_sends_is_kept_and_mailed(client: Client, form: FormPage, typed: dict[str, Any]) -> None:
    answer = client.post(
        "/en/write/", {**typed, "phone": "079 123 4567", "about": ["Prices", "Times"], "day": "2026-03-31"}
    )
    enquiry = Enquiry.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == f"/en/write/?sent={enquiry.reference}#sent"
    assert enquiry.form_data == {
        "name": "Omar Nasser",
        "phone": "+962791234567",
        "e_mail": "omar@example.com",
        "question": "When do you open?",
        "where": "",
        "about": ["Prices", "Times"],
        "day": "2026-03-31",
    }
    assert (enquiry.language, enquiry.consent_text) == ("en", "You may keep what I write.")
    assert sorted(Message.objects.values_list("recipient", flat=True)) == ["desk@clinic.test", "head@clinic.test"]
    html = client.get(answer["Location"].partition("#")[0]).content.decode()
    assert "We answer within two days." in html
    assert enquiry.reference in html


def test_the_consent_is_kept_as_it_was_read(client: Client, form: FormPage, typed: dict[str, Any]) -> None:
    client.post("/en/write/", typed)
    form.consent_text = "Something else."
    form.save_revision().publish()
    assert Enquiry.objects.get().consent_text == "You may keep what I write."


def test_an_arabic_form_keeps_arabic_answers(
    client: Client, website: Website, form: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    arabic = website.translate(form, title="راسلونا", consent_text="أوافق على حفظ ما أكتبه.")
    html = client.get("/ar/write/").content.decode()
    assert "أوافق على حفظ ما أكتبه." in html
    assert "يُرجى ألا ترسلوا بهذا النموذج" in html
    refused = client.post("/ar/write/", {"the-stamp": stamp(arabic, monkeypatch)})
    assert refused.status_code == 422
    assert "املؤوا «Name»." in refused.content.decode()
    assert client.post("/ar/write/", {**TYPED, "the-stamp": stamp(arabic, monkeypatch)}).status_code == 303
    assert Enquiry.objects.get().language == "ar"


def test_nothing_is_kept_without_consent(client: Client, form: FormPage, typed: dict[str, Any]) -> None:
    del typed["the-consent"]
    answer = client.post("/en/write/", typed)
    assert answer.status_code == 422
    assert "Tick that you agree" in answer.content.decode()
    assert not Enquiry.objects.exists()


def test_a_fault_keeps_what_was_typed_and_is_listed_with_a_link(
    client: Client, form: FormPage, typed: dict[str, Any]
) -> None:
    answer = client.post("/en/write/", {**typed, "e_mail": "nonsense", "about": ["Times"]})
    html = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#id_e_mail">Enter an e-mail address like name@example.com.</a>' in html
    assert "Omar Nasser" in html
    assert 'value="nonsense"' in html
    assert re.search(r'value="Times"[^>]*checked', html)
    assert html.count(typed["the-stamp"]) == 1


def test_no_cache_ever_keeps_a_form(client: Client, form: FormPage, typed: dict[str, Any]) -> None:
    answers = [client.get("/en/write/"), client.get("/en/write/?sent=x"), client.post("/en/write/", {})]
    assert {"no-store" in answer["Cache-Control"] for answer in answers} == {True}
    assert "csrftoken" in answers[0].cookies


def test_a_form_without_a_token_is_refused(form: FormPage, typed: dict[str, Any]) -> None:
    assert Client(enforce_csrf_checks=True).post("/en/write/", typed).status_code == 403
    assert not Enquiry.objects.exists()


def test_pressing_twice_is_one_enquiry(client: Client, form: FormPage, typed: dict[str, Any]) -> None:
    first, second = (client.post("/en/write/", typed)["Location"] for _press in range(2))
    assert first == second
    assert Enquiry.objects.count() == 1
    assert Message.objects.count() == 2


def test_going_back_to_write_something_else_is_a_second_enquiry(
    client: Client, form: FormPage, typed: dict[str, Any]
) -> None:
    client.post("/en/write/", typed)
    client.post("/en/write/", {**typed, "question": "And when do you close?"})
    assert Enquiry.objects.count() == 2
    assert Enquiry.objects.values("reference").distinct().count() == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"the-company": "ACME"}, "with the last field empty"),
        ({"the-stamp": ""}, "open for a long time"),
        ({"the-stamp": "1.ABCDEFGHJK:1x:forged"}, "open for a long time"),
        ({"the-stamp": "\x00"}, "open for a long time"),
        ({"question": "http://a.test https://b.test www.c.test"}, "too many web addresses"),
        ({"question": "x" * 4001}, "4000"),
        ({"phone": "12"}, "phone number that we can call"),
        ({"where": "Paris"}, "one of the answers to “Where”"),
        ({"about": ["Paris"]}, "one of the answers to “About”"),
        ({"day": "31/31/2026"}, "Choose a day for “Day”"),
        ({"name": "a\x00b"}, "Null characters"),
    ],
)
def test_programs_and_mistakes_are_turned_away(
    client: Client, form: FormPage, typed: dict[str, Any], change: dict[str, Any], words: str
) -> None:
    answer = client.post("/en/write/", {**typed, **change})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Enquiry.objects.exists()
    assert client.post("/en/write/", typed).status_code == 303  # what the guard turned away was the change


def test_nobody_fills_in_a_form_within_three_seconds(
    client: Client, form: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    fresh = {**TYPED, "the-stamp": stamp(form, monkeypatch, LEAST - timedelta(seconds=2))}
    answer = client.post("/en/write/", fresh)
    assert answer.status_code == 422
    assert "That was very quick" in answer.content.decode()
    assert fresh["the-stamp"] in answer.content.decode()  # so that waiting is enough
    slow = {**TYPED, "the-stamp": stamp(form, monkeypatch, LEAST + timedelta(seconds=2))}
    assert client.post("/en/write/", slow).status_code == 303


def test_an_old_form_gets_a_new_stamp(client: Client, form: FormPage, monkeypatch: pytest.MonkeyPatch) -> None:
    old = stamp(form, monkeypatch, MOST + timedelta(minutes=1))
    answer = client.post("/en/write/", {**TYPED, "the-stamp": old})
    assert answer.status_code == 422
    assert old not in answer.content.decode()
    assert "When do you open?" in answer.content.decode()


def test_the_stamp_of_one_form_is_no_use_for_another(
    client: Client, website: Website, form: FormPage, typed: dict[str, Any]
) -> None:
    website.page("other", factory=FormPageFactory)
    assert client.post("/en/other/", typed).status_code == 422


def test_one_connection_sends_so_many_an_hour_and_others_go_on(
    form: FormPage, typed: dict[str, Any], settings: LazySettings
) -> None:
    settings.ENQUIRIES_PER_VISITOR = 2
    flood, other = Client(REMOTE_ADDR="192.0.2.7"), Client(REMOTE_ADDR="192.0.2.8")
    answers = [flood.post("/en/write/", {**typed, "question": f"Number {number}"}) for number in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert "Number 2" in answers[2].content.decode()
    assert other.post("/en/write/", typed).status_code == 303
    assert Enquiry.objects.count() == 3


@pytest.mark.parametrize("reference", ["", "x", "\x00", "K7QMW4TZDH", "'" * 99])
def test_a_wrong_reference_shows_the_form(client: Client, form: FormPage, reference: str) -> None:
    answer = client.get("/en/write/", {"sent": reference})
    assert answer.status_code == 200
    assert 'name="the-consent"' in answer.content.decode()


def test_the_thanks_of_one_form_are_not_those_of_another(client: Client, website: Website, form: FormPage) -> None:
    enquiry = EnquiryFactory(page=website.page("other", factory=FormPageFactory))
    assert 'name="the-consent"' in client.get("/en/write/", {"sent": enquiry.reference}).content.decode()


def test_anything_may_be_posted(client: Client, form: FormPage) -> None:
    for data in ({}, {"the-stamp": ["a", "b"]}, dict.fromkeys(TYPED, "😀" * 5000)):
        assert client.post("/en/write/", data).status_code == 422
    assert client.post("/en/write/", "{", content_type="application/json").status_code == 422


def test_every_kind_of_field_can_be_shown_and_sent(
    client: Client, website: Website, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = website.page("all", factory=FormPageFactory)
    for kind, label in FIELD_TYPES:
        FormField.objects.create(page=page, label=str(label), field_type=kind, choices="A\nB", required=False)
    assert client.get("/en/all/").status_code == 200
    assert client.post("/en/all/", {"the-consent": "on", "the-stamp": stamp(page, monkeypatch)}).status_code == 303


def test_enquiries_are_forgotten_in_time(settings: LazySettings, website: Website, form: FormPage) -> None:
    settings.ENQUIRY_DAYS = 30
    old, young = EnquiryFactory(page=form), EnquiryFactory(page=form)
    for enquiry, days in ((old, 31), (young, 29)):
        Enquiry.objects.filter(pk=enquiry.pk).update(submit_time=timezone.now() - timedelta(days=days))
    assert forget_enquiries() == 1
    assert list(Enquiry.objects.all()) == [young]


def test_what_people_write_is_in_no_index(client: Client, form: FormPage, typed: dict[str, Any]) -> None:
    client.post("/en/write/", typed)
    assert not ReferenceIndex.model_is_indexable(Enquiry)
    assert not hasattr(Enquiry, "search_fields")
