from celery import shared_task


@shared_task
def sweep_expired_holds() -> int:
    """Delete holds that have ended; how many. Runs each minute, and is never needed for a time to be free again."""
    from clinic.scheduling.actions import sweep_expired

    return sweep_expired()
