from celery import shared_task


@shared_task(name="clinic.messaging.tasks.deliver_due_messages")
def deliver_due_messages() -> None:
    """Send what is due. Safe to run twice, late and side by side."""
    from clinic.messaging.delivery import deliver_due

    deliver_due()
