"""The hours of the next Ramadan."""

from typing import Any

from clinic.directory.models import HoursTemplate, Location, TemplateHours, TemplateUse, WorkingHours
from home.starter.directory import fields_of, load_each
from home.starter.files import read_data
from home.starter.hours import read_hours
from home.starter.ledger import Ledger
from home.starter.people import Moment


def load_special_hours(ledger: Ledger, *, moment: Moment) -> None:
    """Those of the first Ramadan that is not over. A later one comes with a later load, if there is one."""
    coming = [row for row in read_data("directory/special_hours")["hours"] if row["last_day"] >= moment.today]
    following = [row for row in coming if row["first_day"] == min(each["first_day"] for each in coming)]
    load_each(ledger, "hours", following, build_special_hours)


def build_special_hours(order: int, row: dict[str, Any]) -> HoursTemplate | None:
    """Unless the location is gone, or the clinic has entered hours of its own for one of these days."""
    location = Location.objects.filter(slug=row["location"]).first()
    days = {"first_day__lte": row["last_day"], "last_day__gte": row["first_day"]}
    if location is None or HoursTemplate.objects.filter(location=location, **days).exists():
        return None
    template = HoursTemplate(**{**fields_of(row), "location": location}, for_doors=True)
    template.full_clean()
    template.save()
    for text in row["open"]:
        for weekday, starts, ends in read_hours(text):
            TemplateHours.objects.create(template=template, weekday=weekday, starts=starts, ends=ends)
    here = WorkingHours.objects.filter(location=location).order_by("practitioner")
    TemplateUse.objects.bulk_create(
        TemplateUse(
            template=template,
            practitioner_id=practitioner,
            location=location,
            first_day=template.first_day,
            last_day=template.last_day,
        )
        for practitioner in here.values_list("practitioner", flat=True).distinct()
    )
    return template
