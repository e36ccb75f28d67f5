"""A clinic with a heart doctor and a page, indexed as its changes are saved."""

from typing import Any

import pytest

from content.search.finding import Findings, find
from content.search.models import Synonyms
from content.search.question import ask
from tests.factories.directory import PractitionerFactory, ServiceFactory, SpecialtyFactory
from tests.home.website import Website, open_website


@pytest.fixture(autouse=True)
def _as_changes_are_saved(tasks_at_once: None) -> None:
    pass


@pytest.fixture
def website(db: None) -> Website:
    return open_website()


@pytest.fixture
def heart(db: None) -> Any:
    """The specialty, with a doctor and a service."""
    specialty = SpecialtyFactory(
        slug="heart",
        name_en="Heart care",
        name_ar="القلب والشرايين",
        summary_en="Chest complaints",
        summary_ar="ألم الصدر",
    )
    service = ServiceFactory(
        slug="ecg",
        specialty=specialty,
        name_en="Heart tracing",
        name_ar="تخطيط القلب",
        summary_en="Ten minutes, painless.",
    )
    doctor = PractitionerFactory(
        slug="layla-haddad",
        name_en="Dr Layla Haddad",
        name_ar="د. ليلى حدّاد",
        title_en="Cardiologist",
        title_ar="طبيبة قلب",
        specialties=[specialty],
    )
    doctor.services.add(service)
    Synonyms.objects.all().delete()
    Synonyms.objects.create(words="heart, cardiology, cardiologist, cardiac, قلب")
    return specialty


def titles(text: str, language: str = "en", **options: Any) -> list[str]:
    return [hit.title for hit in find(ask(text), language=language, **options).hits]


def found(text: str, language: str = "en") -> Findings:
    return find(ask(text), language=language)
