"""What of the directory may be found: listed doctors, public services and the specialties of both."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from clinic.directory.models import Practitioner, Service, Specialty
from clinic.directory.queries import listed_practitioners, offered_specialties, public_services
from clinic.lib.bilingual import in_language
from content.search.enums import Kind
from content.search.shells import NOTHING, shells_of
from content.search.subjects import Subject, joined

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def doctors() -> QuerySet[Practitioner]:
    return listed_practitioners().prefetch_related("specialties", "services")


def doctor(row: Practitioner, language: str, path: str, text: str) -> Subject:
    specialties = list(row.specialties.all())
    offered = [in_language(each, "name", language) for each in row.services.all() if each.is_public]
    return Subject(
        kind=Kind.DOCTOR,
        key=row.pk,
        language=language,
        path=path,
        title=in_language(row, "name", language),
        summary=in_language(row, "title", language),
        keywords=joined([*both(row, "name"), *both(row, "title"), *names_of(specialties)]),
        body=joined([in_language(row, "biography", language), *offered, text]),
    )


def names_of(rows: Iterable[Any]) -> list[str]:
    return [name for row in rows for name in both(row, "name")]


def service(row: Service, language: str, path: str, text: str) -> Subject:
    return Subject(
        kind=Kind.SERVICE,
        key=row.pk,
        language=language,
        path=path,
        title=in_language(row, "name", language),
        summary=in_language(row, "summary", language),
        keywords=joined([*both(row, "name"), *both(row.specialty, "name")]),
        body=joined([in_language(row, "preparation", language), text]),
    )


def specialty(row: Specialty, language: str, path: str, text: str) -> Subject:
    return Subject(
        kind=Kind.SPECIALTY,
        key=row.pk,
        language=language,
        path=path,
        title=in_language(row, "name", language),
        summary=in_language(row, "summary", language),
        keywords=joined(both(row, "name")),
        body=text,
    )


def both(row: object, field: str) -> list[str]:
    """`field` of `row` in every language: who reads English may know a doctor by her Arabic name."""
    return [getattr(row, f"{field}_{language}") for language in LANGUAGES]


def doctor_path(row: Practitioner) -> str:
    return reverse("booking:doctor", args=[row.slug])


def service_path(row: Service) -> str:
    return reverse("booking:service", args=[row.slug])


def specialty_path(row: Specialty) -> str:
    return f"{reverse('booking:doctors')}?specialty={row.slug}"


SOURCES: dict[Kind, tuple[Callable[[], QuerySet[Any]], Callable[..., Subject], Callable[[Any], str]]] = {
    Kind.DOCTOR: (doctors, doctor, doctor_path),
    Kind.SERVICE: (public_services, service, service_path),
    Kind.SPECIALTY: (offered_specialties, specialty, specialty_path),
}


def directory_subjects(kind: Kind, keys: Iterable[int] | None = None) -> Iterator[Subject]:
    """The subjects of `kind` in every language; of the rows with these keys, or all of them."""
    every, describe, path_of = SOURCES[kind]
    rows = list(every() if keys is None else every().filter(pk__in=list(keys)))
    shells = shells_of(kind, [row.pk for row in rows])
    for row in rows:
        for language in LANGUAGES:
            shell = shells.get((row.pk, language), NOTHING)
            if not shell.hidden and (path := path_in(language, path_of, row)):
                yield describe(row, language, path, shell.text)


def path_in(language: str, path_of: Callable[[Any], str], row: object) -> str:
    """The address in `language`; empty where that part of the site is switched off."""
    with override(language):
        try:
            return path_of(row)
        except NoReverseMatch:
            return ""
