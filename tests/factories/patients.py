import factory
from factory.django import DjangoModelFactory

from clinic.patients.enums import PatientOrigin
from clinic.patients.models import Patient


class PatientFactory(DjangoModelFactory[Patient]):
    name_en = factory.Sequence(lambda n: f"Layla Haddad {n}")
    name_ar = factory.Sequence(lambda n: f"ليلى حداد {n}")
    phone = factory.Sequence(lambda n: f"+96279{n % 10_000_000:07}")
    email = factory.Sequence(lambda n: f"layla{n}@patients.example")
    language = "en"
    origin = PatientOrigin.DESK

    class Meta:
        model = Patient
