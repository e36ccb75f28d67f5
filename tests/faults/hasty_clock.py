"""Celery as beat sees it, with the clinic's queues, but without its code: what reminds is rung for each second.

Run as `celery --app tests.faults.hasty_clock beat`. Loading all the code takes a processor for six seconds.
"""

from celery import Celery

RUNG = ("clinic.messaging.tasks.deliver_due_messages", "clinic.scheduling.tasks.remind_patients")

app = Celery("iyada")
app.config_from_object("config.settings.queues", namespace="CELERY")
app.conf.beat_schedule = {name: {"task": name, "schedule": 1, "options": {"expires": 1}} for name in RUNG}
