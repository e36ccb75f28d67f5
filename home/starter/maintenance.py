"""What was done to the devices of the starter clinic; one of them is due again."""

from datetime import timedelta
from typing import Any

from clinic.directory.models import Device, MaintenanceRecord
from clinic.lib import clock
from home.starter.directory import checked, load_each
from home.starter.files import read_data
from home.starter.ledger import Ledger
from home.starter.people import Moment


def load_maintenance(ledger: Ledger, *, moment: Moment) -> None:
    def build(order: int, row: dict[str, Any]) -> MaintenanceRecord | None:
        device = Device.objects.filter(location__slug=row["location"], name_en=row["name_en"]).first()
        if device is None or device.maintenance.exists():
            return None
        values = {name: row[name] for name in ("task", "done_by", "note", "cost", "interval_months")}
        # A clinic may be loaded around a day to come; what was done lies before the real one.
        done_on = min(moment.today, clock.now().date()) - timedelta(days=row["days_ago"])
        return checked(MaintenanceRecord(resource_id=device.pk, done_on=done_on, **values))

    load_each(ledger, "maintenance", read_data("directory/maintenance")["record"], build)
