"""Whose visits and patients a person of the staff may see: the one policy of each model.

Who holds "see every visit" (reception, nurses, administrators) works for the whole clinic. Everybody else who
may look at visits, such as a clinician, sees the visits to them and the patients of those.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import Model, QuerySet
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from clinic.directory.models import HoursTemplate
from clinic.patients.models import Patient
from clinic.scheduling.models import Absence, Appointment


class WithinReach(ModelPermissionPolicy):
    """Model permissions, narrowed to the rows that `own` finds for people who do not see everything."""

    def own(self, user: Any) -> QuerySet[Any]:
        raise NotImplementedError

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Model) -> bool:
        if not self.user_has_permission(user, action):
            return False
        return sees_everything(user) or self.own(user).filter(pk=instance.pk).exists()

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Any]:
        if not self.user_has_any_permission(user, actions):
            return self.model.objects.none()
        return self.model.objects.all() if sees_everything(user) else self.own(user)


class AppointmentPolicy(WithinReach):
    def own(self, user: Any) -> QuerySet[Appointment]:
        return Appointment.objects.filter(practitioner__user=user.pk)


class PatientPolicy(WithinReach):
    def own(self, user: Any) -> QuerySet[Patient]:
        visits = Appointment.objects.filter(practitioner__user=user.pk)
        return Patient.objects.filter(pk__in=visits.values("patient"))

    def instances_user_has_any_permission_for(self, user: Any, actions: Collection[str]) -> QuerySet[Any]:
        """Nobody sees who was merged into another patient: they see that one."""
        return super().instances_user_has_any_permission_for(user, actions).filter(merged_into=None)


class EverybodysPolicy(ModelPermissionPolicy):
    """Who enters an absence, or special hours, decides about everybody's visits in it, and must see them all."""

    def user_has_any_permission(self, user: Any, actions: Collection[str]) -> bool:
        return bool(super().user_has_any_permission(user, actions)) and sees_everything(user)

    def user_has_permission(self, user: Any, action: str) -> bool:
        return bool(super().user_has_permission(user, action)) and sees_everything(user)


def sees_everything(user: Any) -> bool:
    return bool(user.has_perm("accounts.see_every_visit"))


appointments = AppointmentPolicy(Appointment)
patients = PatientPolicy(Patient)
absences = EverybodysPolicy(Absence)
templates = EverybodysPolicy(HoursTemplate)


def register_policies() -> None:
    """Before anything looks one up: Wagtail refuses a policy that comes later."""
    register_permission_policy(Appointment, appointments)
    register_permission_policy(Patient, patients)
    register_permission_policy(Absence, absences)
    register_permission_policy(HoursTemplate, templates)
