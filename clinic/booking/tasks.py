from celery import shared_task


@shared_task
def forget_old_codes() -> int:
    """Delete codes that nobody can type any more; how many. Runs each hour."""
    from clinic.booking.codes import forget_codes

    return forget_codes()
