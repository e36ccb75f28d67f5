import factory
from factory.django import DjangoModelFactory

from clinic.lib import clock
from clinic.patients.enums import PatientOrigin
from clinic.patients.models import Distinction, Merge, MovedRow, Patient


class PatientFactory(DjangoModelFactory[Patient]):
    name_en = factory.Sequence(lambda n: f"Layla Haddad {n}")
    name_ar = factory.Sequence(lambda n: f"ليلى حداد {n}")
    phone = factory.Sequence(lambda n: f"+96279{n % 10_000_000:07}")
    email = factory.Sequence(lambda n: f"layla{n}@patients.example")
    language = "en"
    origin = PatientOrigin.DESK

    class Meta:
        model = Patient


class MergeFactory(DjangoModelFactory[Merge]):
    """The record alone: to merge as a desk does, call `merge_patients`."""

    kept = factory.SubFactory(PatientFactory)
    merged = factory.SubFactory(PatientFactory)
    done_at = factory.LazyFunction(clock.now)

    class Meta:
        model = Merge


class MovedRowFactory(DjangoModelFactory[MovedRow]):
    merge = factory.SubFactory(MergeFactory)
    follower = "scheduling.appointment.patient"
    row = factory.Sequence(lambda n: n + 1)

    class Meta:
        model = MovedRow


class DistinctionFactory(DjangoModelFactory[Distinction]):
    first = factory.SubFactory(PatientFactory)
    second = factory.SubFactory(PatientFactory)
    made_at = factory.LazyFunction(clock.now)

    class Meta:
        model = Distinction
