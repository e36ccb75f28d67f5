"""Views of the back office that leave an event with each change, in its transaction."""

from typing import Any

from django.contrib import messages
from django.db import IntegrityError, connection, models, transaction
from django.db.models import ProtectedError, RestrictedError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.admin.views import generic

from clinic.audit.actions import record_event


def subject_of(instance: models.Model) -> dict[str, str]:
    """How events name `instance`: by its opaque reference, else by its row."""
    return {
        "subject_type": instance._meta.model_name or "",
        "subject": str(getattr(instance, "reference", instance.pk)),
    }


def changed_fields(form: BaseForm) -> list[str]:
    """Names of the fields and of the inline lists that the form changes; never their values."""
    lists = [name for name, formset in getattr(form, "formsets", {}).items() if formset.has_changed()]
    return [*form.changed_data, *lists]


class RecordsSaving:
    """A CreateView or EditView whose change and event are one transaction.

    What only the database can refuse (a deferred constraint, another desk that was faster) becomes a fault of
    the form, never a 500.
    """

    verb = ""
    request: HttpRequest
    form: Any

    def lock(self) -> None:
        """Take what must not change meanwhile. Called first in the transaction."""

    def save_instance(self) -> models.Model:
        self.lock()
        fields = changed_fields(self.form)
        instance: models.Model = super().save_instance()  # type: ignore[misc]
        # Deferred constraints speak now, inside the transaction, rather than at its commit.
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        record_event(
            f"{instance._meta.model_name}.{self.verb}",
            **subject_of(instance),
            by=self.request.user if self.request.user.is_authenticated else None,
            detail={"fields": fields},
        )
        return instance

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)  # type: ignore[misc]
        except IntegrityError:
            form.add_error(None, self.conflict())
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def conflict(self) -> str:
        return _("Somebody else has changed this meanwhile, and both changes cannot stand. Load the page again.")


class RecordingCreateView(RecordsSaving, generic.CreateView):
    verb = "created"


class RecordingEditView(RecordsSaving, generic.EditView):
    verb = "changed"


class RecordingDeleteView(generic.DeleteView):
    """Deletes with an event. What is still in use is explained, not deleted."""

    def delete_action(self) -> None:
        subject = subject_of(self.object)
        verb = f"{self.object._meta.model_name}.deleted"
        super().delete_action()
        record_event(verb, subject_type=subject["subject_type"], subject=subject["subject"], by=self.request.user)

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except (ProtectedError, RestrictedError) as fault:
            kept = getattr(fault, "protected_objects", None) or getattr(fault, "restricted_objects", ())
            messages.error(self.request, in_use(self.object, kept))
            return redirect(self.get_success_url())


class RecordingReorderView(generic.ReorderView):
    """Moves a row of a list, with an event."""

    @transaction.atomic
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer: HttpResponse = super().post(request, *args, **kwargs)
        moved = subject_of(self.model.objects.get(pk=kwargs["pk"]))
        record_event(
            f"{moved['subject_type']}.changed",
            subject_type=moved["subject_type"],
            subject=moved["subject"],
            by=request.user if request.user.is_authenticated else None,
            detail={"fields": [self.sort_order_field]},
        )
        return answer


def in_use(instance: models.Model, kept: Any) -> str:
    """Why `instance` stays: the kinds of the rows that need it, and how many of each."""
    counts: dict[str, int] = {}
    for row in kept:
        kind = str(capfirst(row._meta.verbose_name_plural))
        counts[kind] = counts.get(kind, 0) + 1
    needed_by = _(", ").join(f"{kind} ({count})" for kind, count in counts.items())
    return _("“%(name)s” is in use and cannot be deleted. It is needed by: %(rows)s. Switch it off instead.") % {
        "name": instance,
        "rows": needed_by,
    }
