"""Saving practitioners: their hours change under the lock that bookings take."""

from django.utils.translation import gettext as _

from clinic.audit.views import RecordingEditView
from clinic.directory.locks import lock_hours_of


class PractitionerEditView(RecordingEditView):
    def lock(self) -> None:
        lock_hours_of([self.object.pk])

    def conflict(self) -> str:
        return _("Somebody else has changed these hours meanwhile, and both cannot stand. Load the page again.")
