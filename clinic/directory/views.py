"""Saving what decides when somebody can be booked: under the locks that bookings take."""

from django.utils.translation import gettext as _

from clinic.audit.views import RecordingCreateView, RecordingEditView, RecordsSaving
from clinic.directory.enums import ResourceKind
from clinic.directory.locks import lock_hours_of
from clinic.directory.models import MaintenanceRecord, Practitioner, Resource, Service, usual_reminders
from clinic.lib import clock


class PractitionerEditView(RecordingEditView):
    def lock(self) -> None:
        lock_hours_of([self.object.pk])

    def conflict(self) -> str:
        return _("Somebody else has changed these hours meanwhile, and both cannot stand. Load the page again.")


class ServiceCreateView(RecordingCreateView):
    """A new service begins with the reminders that most services have."""

    def get_initial_form_instance(self) -> Service:
        return Service(reminder_rules=usual_reminders())


class MaintenanceCreateView(RecordingCreateView):
    """A new record may begin with a room or device, and with the work and the interval of the record before."""

    def get_initial_form_instance(self) -> MaintenanceRecord:
        given = self.request.GET
        record = MaintenanceRecord(done_on=clock.now().date())
        number = given.get("after", "")
        before = (
            MaintenanceRecord.objects.filter(pk=number).first() if number.isdecimal() and len(number) < 10 else None
        )
        if before:
            record.resource, record.task = before.resource, before.task
            record.done_by, record.interval_months = before.done_by, before.interval_months
        elif given.get("resource", "").isdecimal() and len(given["resource"]) < 10:
            places = Resource.objects.exclude(kind=ResourceKind.PRACTITIONER)
            if place := places.filter(pk=given["resource"]).first():
                record.resource = place
        return record


class StopsBookings(RecordsSaving):
    """A closure may concern anybody: nobody is booked while it is written."""

    def lock(self) -> None:
        lock_hours_of(Practitioner.objects.values_list("pk", flat=True))


class ClosureCreateView(StopsBookings, RecordingCreateView):
    pass


class ClosureEditView(StopsBookings, RecordingEditView):
    pass


class LocationEditView(StopsBookings, RecordingEditView):
    """Its clock says when everybody there works."""
