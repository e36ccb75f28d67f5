"""What editors may pick from the directory, by slug: a page never holds a row id of it."""

from clinic.directory.models import Location, Practitioner, Service, Specialty


def doctor_choices() -> list[tuple[str, str]]:
    return [(each.slug, each.name) for each in Practitioner.objects.filter(is_active=True)]


def location_choices() -> list[tuple[str, str]]:
    return [(each.slug, each.name) for each in Location.objects.all()]


def service_choices() -> list[tuple[str, str]]:
    return [(each.slug, each.name) for each in Service.objects.all()]


def specialty_choices() -> list[tuple[str, str]]:
    return [(each.slug, each.name) for each in Specialty.objects.all()]
