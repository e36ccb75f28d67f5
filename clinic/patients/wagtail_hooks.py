from typing import Any

from wagtail import hooks

from clinic.patients.models import Patient
from clinic.patients.viewsets import PatientViewSet


@hooks.register("register_admin_viewset")
def register_patients() -> PatientViewSet:
    return PatientViewSet()


@hooks.register("register_log_actions")
def keep_patients_out_of_the_site_history(actions: Any) -> None:
    """Wagtail shows its log to whoever may look at one patient: names of all of them. Our own trail has none."""
    actions.log_entry_models_by_type.register(Patient, value=None)
