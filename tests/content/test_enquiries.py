"""Enquiries in the back office and in the mail: read by those who may, harmless in a spreadsheet, never lost."""

import csv
import io

import pytest
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.test import Client
from django.urls import reverse
from wagtail.models import GroupPagePermission, Page

from clinic.audit.models import AuditEvent
from clinic.messaging.delivery import deliver_due
from clinic.messaging.models import Message
from content.enquiries.actions import keep_enquiry
from content.enquiries.sheet import harmless
from content.models import FormField, FormPage
from tests.factories.accounts import UserFactory
from tests.factories.content import EnquiryFactory, FormPageFactory
from tests.home.website import Website


@pytest.fixture
def form(website: Website) -> FormPage:
    page = website.page("write", factory=FormPageFactory, title="Write to us", to_address="desk@clinic.test")
    FormField.objects.create(page=page, label="Your question", field_type="multiline", sort_order=1)
    FormField.objects.create(page=page, label="Call me", field_type="checkbox", sort_order=2)
    return FormPage.objects.get(pk=page.pk)


def signed_in(*, reads: bool = True) -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=reads))
    return client


def html_of(letter: mail.EmailMessage) -> str:
    assert isinstance(letter, mail.EmailMultiAlternatives)
    return str(letter.alternatives[0][0])


def test_the_clinic_is_told_in_the_language_of_the_form(form: FormPage) -> None:
    keep_enquiry(
        page=form, answers={"your_question": "متى تفتحون؟", "call_me": True}, reference="K7QMW4TZDH", language="ar"
    )
    deliver_due()
    [letter] = mail.outbox
    assert letter.to == ["desk@clinic.test"]
    assert letter.subject == "Write to us: رسالة جديدة، K7QMW4TZDH"
    assert "متى تفتحون؟" in letter.body
    assert "نعم" in letter.body
    assert 'dir="rtl"' in html_of(letter)


def test_what_a_visitor_writes_is_no_markup_in_the_mail(form: FormPage) -> None:
    keep_enquiry(
        page=form,
        answers={"your_question": "<script>alert(1)</script>\nBcc: all@x.test"},
        reference="K7QMW4TZDH",
        language="en",
    )
    deliver_due()
    [letter] = mail.outbox
    assert "<script>" not in html_of(letter)
    assert letter.to == ["desk@clinic.test"]
    assert letter.bcc == []


def test_a_mail_about_a_deleted_enquiry_is_not_sent(form: FormPage) -> None:
    keep_enquiry(page=form, answers={}, reference="K7QMW4TZDH", language="en").delete()
    deliver_due()
    assert mail.outbox == []


def test_without_an_address_an_enquiry_is_only_kept(form: FormPage) -> None:
    form.to_address = ""
    keep_enquiry(page=form, answers={}, reference="K7QMW4TZDH", language="en")
    assert not Message.objects.exists()


def test_answers_to_questions_that_are_gone_are_still_told(form: FormPage) -> None:
    keep_enquiry(page=form, answers={"old_question": ["a", "b"]}, reference="K7QMW4TZDH", language="en")
    deliver_due()
    assert "a, b" in mail.outbox[0].body


def test_only_those_who_may_read_enquiries_see_them(form: FormPage) -> None:
    EnquiryFactory(page=form, form_data={"your_question": "When do you open?"})
    address = reverse("wagtailforms:list_submissions", args=[form.pk])
    assert "When do you open?" in signed_in().get(address).content.decode()
    assert "When do you open?" not in signed_in(reads=False).get(address, follow=True).content.decode()
    changing = Permission.objects.get(codename="change_page", content_type__app_label="wagtailcore")
    writers = Group.objects.create(name="Those who change pages")
    writers.permissions.add(Permission.objects.get(codename="access_admin"))
    GroupPagePermission.objects.create(group=writers, page=Page.get_first_root_node(), permission=changing)
    writer = UserFactory()
    writer.groups.add(writers)
    client = Client()
    client.force_login(writer)
    assert client.get(reverse("wagtailadmin_pages:edit", args=[form.pk])).status_code == 200
    assert "When do you open?" not in client.get(address, follow=True).content.decode()
    writer.user_permissions.add(Permission.objects.get(codename="view_enquiry"))
    assert "When do you open?" in client.get(address, follow=True).content.decode()
    assert "When do you open?" not in Client().get(address, follow=True).content.decode()


def test_an_export_runs_nothing_in_a_spreadsheet_and_is_written_down(form: FormPage) -> None:
    EnquiryFactory(page=form, form_data={"your_question": '=HYPERLINK("http://x.test")', "call_me": True})
    answer = signed_in().get(reverse("wagtailforms:list_submissions", args=[form.pk]), {"export": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert rows[0]["Your question"] == '\'=HYPERLINK("http://x.test")'
    assert rows[0]["Language"] == "English"
    assert rows[0]["Reference"]
    event = AuditEvent.objects.get(verb="enquiries.exported")
    assert event.subject == str(form.pk)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "＝1"])
def test_no_cell_begins_like_a_formula(text: str) -> None:
    assert harmless(text) == f"'{text}"
    assert harmless([text, "b"]) == f"'{text}, b"


def test_other_cells_stay_as_they_are() -> None:
    assert [harmless(value) for value in ("a=1", "", None, 3, True)] == ["a=1", "", None, 3, True]


def test_translating_a_form_takes_its_fields_along(website: Website, form: FormPage) -> None:
    copy = FormPage.objects.get(pk=website.translate(form, live=False).pk)
    names = [(field.clean_name, field.label) for field in copy.form_fields.all()]
    assert names == [("your_question", "Your question"), ("call_me", "Call me")]
    assert [field.label for field in FormPage.objects.get(pk=form.pk).form_fields.all()] == ["Your question", "Call me"]
    edit = signed_in().get(reverse("wagtailadmin_pages:edit", args=[copy.pk]))
    assert edit.status_code == 200
    assert 'name="action-publish"' in edit.content.decode()


@pytest.mark.parametrize("mode", ["form", "landing"])
def test_an_editor_sees_the_form_and_the_thanks_before_publishing(form: FormPage, mode: str) -> None:
    html = form.make_preview_request(preview_mode=mode).content.decode()
    assert ("the-consent" in html) == (mode == "form")
