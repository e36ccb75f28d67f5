from celery import shared_task

from content.enquiries.actions import forget_enquiries
from content.pictures.round import prepare_all


@shared_task(name="content.tasks.prepare_pictures")
def prepare_pictures() -> None:
    """Make the files that pictures lack. Safe to run twice, late and side by side."""
    for _step in prepare_all():
        pass


@shared_task(name="content.tasks.forget_old_enquiries")
def forget_old_enquiries() -> int:
    """Delete what visitors sent long ago; how many. Runs each hour."""
    return forget_enquiries()
