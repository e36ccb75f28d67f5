"""A few invented callers who wait for a time. They have no e-mail address, so that nobody is ever written to."""

from datetime import timedelta
from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from clinic.directory.models import Location, Practitioner, Service
from clinic.lib import clock
from clinic.patients.models import Patient
from clinic.scheduling.enums import BookingSource
from clinic.scheduling.models import WaitlistEntry
from home.starter.directory import checked, load_each
from home.starter.files import read_data
from home.starter.history import insert_events, the_clerk
from home.starter.hours import DAYS
from home.starter.ledger import Ledger
from home.starter.people import ADULT, Moment, age, reference


def load_waitlist(ledger: Ledger, *, moment: Moment) -> None:
    dice, clerk = moment.dice("waitlist"), the_clerk()
    # A clinic may be loaded around a day to come; who waits has asked before the real one.
    now = min(moment.now, clock.now())
    everybody = Patient.objects.filter(is_synthetic=True).order_by("pk")
    adults = [person for person in everybody if age(person, moment.today) >= ADULT]

    def build(order: int, row: dict[str, Any]) -> WaitlistEntry | None:
        person = dice.choice([each for each in adults if each.gender == row["gender"]] or [None])
        try:
            service = Service.objects.get(slug=row["service"])
            practitioner = Practitioner.objects.get(slug=row["practitioner"])
            location = Location.objects.get(slug=row["location"])
        except ObjectDoesNotExist:
            return None
        if person is None:
            return None
        entry = checked(
            WaitlistEntry(
                reference=reference(dice),
                key=f"starter {row['key']}",
                service=service,
                practitioner=practitioner,
                location=location,
                patient=person,
                first_day=moment.today,
                last_day=moment.today + timedelta(days=row["days"]),
                weekdays=[DAYS[name].value for name in row["weekdays"]],
                earliest=row.get("earliest"),
                contact_name=person.name_ar if person.language == "ar" else person.name_en,
                contact_phone=person.phone,
                language=person.language,
                source=BookingSource.DESK,
            )
        )
        asked_at = now - timedelta(days=row["asked"], minutes=dice.randint(0, 240))
        WaitlistEntry.objects.filter(pk=entry.pk).update(created_at=asked_at)
        insert_events("waitlistentry", [(asked_at, clerk, "waitlist.joined", entry.reference, {})])
        return entry

    load_each(ledger, "waiting", read_data("patients/waitlist")["entry"], build)
