"""The Celery application: what the worker and beat run, and when."""

from celery import Celery

from config.env import point_at_settings

point_at_settings()

app = Celery("iyada", task_cls="config.tasks:ClinicTask")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Seconds between two runs. Each task is safe to run twice or late: what is due stands in the database.
PERIODIC = {
    "clinic.booking.tasks.forget_old_codes": 60 * 60,
    "clinic.messaging.tasks.deliver_due_messages": 15,
    "clinic.scheduling.tasks.end_unanswered_requests": 60,
    "clinic.scheduling.tasks.forget_old_entries": 60 * 60,
    "clinic.scheduling.tasks.forget_old_requests": 60 * 60,
    "clinic.scheduling.tasks.offer_freed_times": 60,
    "clinic.scheduling.tasks.remind_patients": 60,
    "clinic.scheduling.tasks.sweep_expired_holds": 60,
    "config.tasks.publish_scheduled_pages": 15,
    "content.pagecache.tasks.pay_debts": 15,
    "content.pagecache.tasks.purge_edge": 15,
    "content.pagecache.tasks.warm_after_emptying": 15,
    "content.search.tasks.rebuild_index": 60 * 60,
    "content.tasks.forget_old_enquiries": 60 * 60,
    "content.tasks.prepare_pictures": 10 * 60,
}


@app.on_after_configure.connect
def plan(sender: Celery, **kwargs: object) -> None:
    """Give beat its schedule. A tick that no worker took before the next one is dropped, never piled up."""
    sender.conf.beat_schedule = {
        name.rpartition(".")[2]: {"task": name, "schedule": seconds, "options": {"expires": seconds}}
        for name, seconds in PERIODIC.items()
    }
