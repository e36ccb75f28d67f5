"""What belongs to a patient, and follows them into a merge. Each app adds its own in its `ready()`."""

from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Model, QuerySet


@dataclass(frozen=True, slots=True)
class Follower:
    """A foreign key to a patient, as "scheduling.appointment.patient".

    Its column is `patient_id`, and its table has the triggers `follows_its_patient` and, on the patients,
    `leaves_no_<table>`: see the migration of the patients' merges.
    """

    name: str

    @property
    def field(self) -> str:
        return self.name.rsplit(".", 1)[1]

    @property
    def model(self) -> Any:
        return apps.get_model(self.name.rsplit(".", 1)[0])

    def rows_of(self, *patients: int) -> QuerySet[Any]:
        """The rows that belong to `patients`, by their keys."""
        return self.rows.filter(**{f"{self.field}__in": patients})

    @property
    def rows(self) -> QuerySet[Any]:
        rows: QuerySet[Any] = self.model.objects.order_by("pk")
        return rows


_followers: dict[str, Follower] = {}


def follow(model: type[Model], field: str = "patient") -> None:
    """Say that rows of `model` belong to the patient in `field`."""
    name = f"{model._meta.label_lower}.{field}"
    _followers[name] = Follower(name)


def followers() -> list[Follower]:
    """All of them, by name: in the order in which a merge locks their rows."""
    return [_followers[name] for name in sorted(_followers)]
