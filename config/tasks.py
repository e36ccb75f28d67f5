"""Work behind the request: a Celery task that survives a lost broker, and django-tasks on top of it.

Wagtail hands its index, reference and file jobs to django-tasks. They must leave only on commit: a worker
is faster than a long transaction, finds nothing, and the published page would never be found by search.
"""

import logging
from collections import Counter
from functools import partial
from typing import Any

from celery import current_app, current_task, shared_task
from celery.contrib.django.task import DjangoTask
from django.core.exceptions import ObjectDoesNotExist
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskContext, TaskResult, TaskResultStatus
from django_tasks.signals import task_enqueued
from django_tasks.utils import get_random_id
from kombu.exceptions import OperationalError

from clinic.lib.breaker import Breaker

log = logging.getLogger(__name__)
breaker = Breaker(rest=5)  # seconds; a refused connection costs about one
undelivered: Counter[str] = Counter()  # by task, since this process started


class ClinicTask(DjangoTask):
    """A task whose `delay` never raises into a request: with the broker down it is counted and logged.

    What must not be lost stands in a table (the outbox, holds) and is found by the next periodic run.
    Inside a worker the fault is raised, so that a retry is not forgotten.
    """

    abstract = True

    def apply_async(self, *args: Any, **options: Any) -> Any:
        if current_task:
            return super().apply_async(*args, **options)
        if not breaker.is_open:
            try:
                return super().apply_async(*args, **options)
            except OperationalError as fault:
                breaker.trip()
                log.warning("The broker cannot be reached: %s", fault)
        undelivered[self.name] += 1
        log.warning("Not sent: %s (%d since start)", self.name, undelivered[self.name])
        return None


class CeleryBackend(BaseTaskBackend):
    """django-tasks over Celery. OPTIONS["CELERY_QUEUES"] maps its queue names to Celery's.

    With the broker down a task is done at once in this process: a published page must be findable.
    """

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        self.validate_task(task)
        result: TaskResult[Any] = TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )
        transaction.on_commit(partial(self.send, result))
        return result

    def send(self, result: TaskResult[Any]) -> None:
        queues = self.options.get("CELERY_QUEUES", {})
        job = (result.task.module_path, result.args, result.kwargs)
        sent = run_task.apply_async(
            job, task_id=result.id, queue=queues.get(result.task.queue_name, result.task.queue_name)
        )
        if sent is None:
            run_here(result)
        else:
            task_enqueued.send(type(self), task_result=result)


def run_here(result: TaskResult[Any]) -> None:
    """Run the task now. Its fault is logged, never raised: the change it follows is already committed."""
    try:
        call(result.task, result)
    except Exception:  # the task is anybody's code, and the visitor's request must not fail for it
        log.exception("%s failed", result.task.module_path)


def call(task: Task[Any, Any], result: TaskResult[Any]) -> None:
    leading = (TaskContext(task_result=result),) if task.takes_context else ()
    task.call(*leading, *result.args, **result.kwargs)


@shared_task(bind=True, name="config.tasks.run_task", max_retries=4)
def run_task(self: ClinicTask, path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Run the django-task at `path`. An object that is not there (yet) is looked for again for 15 seconds."""
    task = import_string(path)
    if not isinstance(task, Task):
        raise TypeError(f"{path} is no task")
    now = timezone.now()
    result: TaskResult[Any] = TaskResult(
        task=task,
        id=self.request.id,
        status=TaskResultStatus.RUNNING,
        enqueued_at=None,
        started_at=now,
        last_attempted_at=now,
        finished_at=None,
        args=args,
        kwargs=kwargs,
        backend=task.backend,
        errors=[],
        worker_ids=[self.request.hostname or "worker"] * (self.request.retries + 1),
    )
    try:
        call(task, result)
    except ObjectDoesNotExist as fault:
        if self.request.retries >= (self.max_retries or 0):
            log.info("%s%s: deleted meanwhile", path, tuple(args))
            return
        raise self.retry(exc=fault, countdown=2**self.request.retries) from fault


@shared_task(name="config.tasks.publish_scheduled_pages")
def publish_scheduled_pages() -> None:
    """Publish and expire what editors have timed (Wagtail's own command)."""
    call_command("publish_scheduled", verbosity=0)


def broker_answers() -> bool:
    """Whether the broker takes a connection within half a second."""
    try:
        with current_app.connection_for_write(connect_timeout=0.5) as connection:
            connection.ensure_connection(max_retries=1, interval_start=0, timeout=0.5)
    except (OperationalError, OSError):
        return False
    return True
