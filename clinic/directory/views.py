"""Saving what decides when somebody can be booked: under the locks that bookings take."""

from django.utils.translation import gettext as _

from clinic.audit.views import RecordingCreateView, RecordingEditView, RecordsSaving
from clinic.directory.locks import lock_hours_of
from clinic.directory.models import Practitioner, Service, usual_reminders


class PractitionerEditView(RecordingEditView):
    def lock(self) -> None:
        lock_hours_of([self.object.pk])

    def conflict(self) -> str:
        return _("Somebody else has changed these hours meanwhile, and both cannot stand. Load the page again.")


class ServiceCreateView(RecordingCreateView):
    """A new service begins with the reminders that most services have."""

    def get_initial_form_instance(self) -> Service:
        return Service(reminder_rules=usual_reminders())


class StopsBookings(RecordsSaving):
    """A closure may concern anybody: nobody is booked while it is written."""

    def lock(self) -> None:
        lock_hours_of(Practitioner.objects.values_list("pk", flat=True))


class ClosureCreateView(StopsBookings, RecordingCreateView):
    pass


class ClosureEditView(StopsBookings, RecordingEditView):
    pass
