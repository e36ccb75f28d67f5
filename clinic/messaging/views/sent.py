"""Mail that is kept instead of sent, for administrators."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.base import BaseListingView, WagtailAdminTemplateMixin

from clinic.messaging.sentmail import MailFolder, MailNotFound, OpenMail, SentMail, mail_is_kept
from clinic.messaging.views.columns import CodeColumn, MomentColumn, SubjectColumn

PERMISSION = "messaging.view_sent_mail"


class KeptMailMixin(View):
    """For those who may read it, and only while mail is kept at all."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(PERMISSION):
            raise PermissionDenied
        if not mail_is_kept():
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def mail(self) -> OpenMail:
        try:
            return MailFolder().open(self.kwargs["name"])
        except MailNotFound:
            raise Http404 from None


class SentMailListView(KeptMailMixin, BaseListingView):
    page_title = _("Sent mail")
    header_icon = "mail"
    index_url_name = "sent_mail:index"
    paginate_by = 30
    verbose_name = _("e-mail")
    verbose_name_plural = _("e-mails")

    @cached_property
    def columns(self) -> list[Column]:
        return [
            SubjectColumn("subject", label=_("Subject"), get_url=self.page_of, width="50%"),
            CodeColumn("to", label=_("Recipient")),
            MomentColumn("sent_at", label=_("Sent")),
        ]

    def page_of(self, mail: SentMail) -> str:
        return reverse("sent_mail:mail", args=[mail.name])

    def get_queryset(self) -> MailFolder:
        return MailFolder()


class SentMailView(KeptMailMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "messaging/sent_mail.html"
    header_icon = "mail"

    def get_page_title(self) -> str:
        return self.mail.head.subject

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("sent_mail:index"), "label": _("Sent mail")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(mail=self.mail, **kwargs)


class EnclosureView(KeptMailMixin):
    """A file of a mail, always as a download and never as something that a browser would run."""

    def get(self, request: HttpRequest, name: str, number: int) -> HttpResponse:
        try:
            enclosure = self.mail.enclosures[number - 1] if number else None
        except IndexError:
            enclosure = None
        if enclosure is None:
            raise Http404
        return HttpResponse(
            enclosure.content,
            content_type="application/octet-stream",
            headers={"Content-Disposition": f'attachment; filename="{safe(enclosure.filename)}"'},
        )


def safe(filename: str) -> str:
    """`filename` for a header: plain letters, digits, hyphens, dots."""
    return "".join(char if char.isascii() and (char.isalnum() or char in "-_.") else "_" for char in filename)
