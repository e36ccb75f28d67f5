from importlib import import_module

from django.apps import AppConfig

from clinic.lib.live import watch_tables
from clinic.patients.followers import follow


class SchedulingConfig(AppConfig):
    name = "clinic.scheduling"

    def ready(self) -> None:
        # Its models can be imported only now.
        import_module("clinic.scheduling.messages").register_kinds()
        import_module("clinic.scheduling.waitlist.messages").register_kinds()
        import_module("clinic.scheduling.reminders.messages").register_reminder()
        for name in ("Appointment", "WaitlistEntry"):
            follow(self.get_model(name))
        watch_tables(
            {
                "scheduling_appointment": "visits",
                "scheduling_reservation": "visits",
                "scheduling_hold": "holds",
                "scheduling_lateness": "queue",
            }
        )
        import_module("clinic.scheduling.absences.notices").register_kind()
