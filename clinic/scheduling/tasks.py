from celery import shared_task


@shared_task
def sweep_expired_holds() -> int:
    """Delete holds that have ended; how many. Runs each minute, and is never needed for a time to be free again."""
    from clinic.scheduling.actions import sweep_expired

    return sweep_expired()


@shared_task
def forget_old_requests() -> int:
    """Delete booking requests that nobody will send again, and deeds that nobody can undo; how many. Runs each hour."""
    from clinic.scheduling.actions import forget_deeds, forget_requests

    return forget_requests() + forget_deeds()


@shared_task
def remind_patients() -> int:
    """Queue the reminders that are due; how many. Runs each minute, and is safe to run twice and late."""
    from clinic.scheduling.reminders.run import queue_due_reminders

    return queue_due_reminders()


@shared_task
def end_unanswered_requests() -> int:
    """End the requests that nobody approved in time; how many. Runs each minute, and is safe to run twice and late."""
    from clinic.scheduling.actions import expire_requests

    return expire_requests()


@shared_task
def offer_freed_times(service: int | None = None) -> int:
    """Offer what is free to those who wait; how many offers. Runs each minute, and when a visit gives its time away."""
    from clinic.scheduling.waitlist.offers import work_through

    return work_through(service)


@shared_task
def forget_old_entries() -> int:
    """Delete waitlist entries that ended long ago; how many. Runs each hour."""
    from clinic.scheduling.waitlist.entries import forget_entries

    return forget_entries()
