"""Forms that editors put together, for whatever a visitor wants to write to the clinic."""

from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.cache import add_never_cache_headers
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.views import View
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, PageChooserPanel
from wagtail.contrib.forms.models import AbstractFormField, FormMixin, validate_to_address
from wagtail.fields import RichTextField

from clinic.lib.floods import Limit
from clinic.lib.references import is_reference
from content.blocks.text import SHORT_FEATURES
from content.enquiries.actions import keep_enquiry
from content.enquiries.forms import EnquiryForm, EnquiryFormBuilder
from content.links import resolve_links
from content.models.editorial import EditorialPage
from content.models.enquiries import Enquiry

ENQUIRIES = Limit("enquiries", setting="ENQUIRIES_PER_VISITOR")
HEADINGS = [("submit_time", _("Sent at")), ("reference", _("Reference")), ("language", _("Language"))]

# Nothing hidden, and no files: what a stranger can send is text.
FIELD_TYPES = (
    ("singleline", _("Short text")),
    ("multiline", _("Long text")),
    ("email", _("E-mail")),
    ("phone", _("Phone")),
    ("number", _("Number")),
    ("date", _("Date")),
    ("checkbox", _("Tick box")),
    ("checkboxes", _("Several of these")),
    ("radio", _("One of these")),
    ("dropdown", _("One of a long list")),
)


class FormPage(FormMixin, EditorialPage):
    """A form with its fields; `to_address` holds e-mail addresses with commas between them.

    What visitors send is kept as an `Enquiry`, together with the `consent_text` that they ticked.
    """

    introduction = models.CharField(_("introduction"), max_length=300, blank=True)
    consent_text = models.TextField(
        _("consent"),
        max_length=500,
        help_text=_("What visitors tick before they send. It is kept with each enquiry, as they read it."),
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("privacy notice"),
    )
    thank_you_text = RichTextField(_("thanks"), features=SHORT_FEATURES, blank=True)
    to_address = models.CharField(
        _("mail to"),
        max_length=254,
        blank=True,
        validators=[validate_to_address],
        help_text=_("One or more addresses with commas between them. Empty: enquiries are only kept here."),
    )

    parent_page_types = ["home.HomePage", "content.ContactPage", "content.StandardPage"]
    subpage_types: list[str] = []
    template = landing_page_template = "content/form_page.html"
    page_description = _("A form for visitors to write to the clinic. What they send is kept here, and mailed.")

    content_panels = [
        *EditorialPage.content_panels,
        FieldPanel("introduction"),
        InlinePanel("form_fields", heading=_("Fields"), label=_("Field"), min_num=1, max_num=20),
        MultiFieldPanel([FieldPanel("consent_text"), PageChooserPanel("privacy_page")], heading=_("Consent")),
        MultiFieldPanel([FieldPanel("thank_you_text"), FieldPanel("to_address")], heading=_("After sending")),
    ]

    class Meta:
        verbose_name = _("form")
        verbose_name_plural = _("forms")

    form_builder = EnquiryFormBuilder
    preview_modes = [("form", _("Form")), ("landing", _("After sending"))]

    def get_submission_class(self) -> type[Enquiry]:
        return Enquiry

    def get_submissions_list_view_class(self) -> type[View]:
        view: type[View] = import_string("content.enquiries.sheet.EnquiriesView")  # needs every app to be there
        return view

    def get_form_class(self) -> type[EnquiryForm]:
        return type("FormOfAPage", (EnquiryForm,), self.form_builder(self.get_form_fields()).formfields)

    def get_data_fields(self) -> list[tuple[str, Any]]:
        return [*HEADINGS, *((field.clean_name, field.label) for field in self.get_form_fields())]

    def serve(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The form; 303 to the thanks when it was sent, 422 with all that was typed when it was not, 429 in a flood."""
        if request.method != "POST":
            return self.answer(request, self.get_form(page=self), sent=self.find_enquiry(request.GET.get("sent", "")))
        form = self.get_form(request.POST, page=self)
        if not form.is_valid():
            return self.answer(request, form, status=422)
        if ENQUIRIES.is_reached(request):
            form.add_error(None, _("We have received many messages from you. Please wait an hour, or call us."))
            return self.answer(request, form, status=429)
        enquiry = keep_enquiry(
            page=self, answers=form.answers, reference=form.stamp.reference, language=self.locale.language_code
        )
        ENQUIRIES.count(request)
        response = HttpResponseRedirect(f"{self.get_url(request)}?sent={enquiry.reference}#sent")
        response.status_code = 303
        return response

    def find_enquiry(self, reference: str) -> Enquiry | None:
        """The enquiry that this form was sent as; None for any other text."""
        found: QuerySet[Enquiry] = self.get_submissions()
        return found.filter(reference=reference).first() if is_reference(reference) else None

    def answer(
        self, request: HttpRequest, form: EnquiryForm, *, sent: Enquiry | None = None, status: int = 200
    ) -> HttpResponse:
        """The page with `form`, kept by no cache: it carries the visitor's token, and perhaps what was typed."""
        context = {**self.get_context(request), "form": form, "sent": sent}
        response = TemplateResponse(request, self.get_template(request), context, status=status)
        add_never_cache_headers(response)
        return response

    def get_context(self, request: HttpRequest, *args: object, **kwargs: object) -> dict[str, object]:
        link = resolve_links([{"page": self.privacy_page_id}], request=request)[0] if self.privacy_page_id else None
        return {**super().get_context(request, *args, **kwargs), "privacy_link": link}

    def get_preview_context(self, request: HttpRequest, mode_name: str) -> dict[str, object]:
        return {
            **self.get_context(request),
            "form": self.get_form(page=self),
            "sent": Enquiry() if mode_name == "landing" else None,
        }

    def serve_preview(self, request: HttpRequest, mode_name: str) -> HttpResponse:
        return TemplateResponse(request, self.get_template(request), self.get_preview_context(request, mode_name))


class FormField(AbstractFormField):
    page = ParentalKey(FormPage, on_delete=models.CASCADE, related_name="form_fields")
    field_type = models.CharField(_("kind"), max_length=16, choices=FIELD_TYPES, default="singleline")

    class Meta(AbstractFormField.Meta):
        verbose_name = _("field")
        verbose_name_plural = _("fields")
