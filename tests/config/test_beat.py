from config.celery import PERIODIC, app
from config.settings import queues


def test_every_periodic_task_exists_and_goes_to_a_queue_that_a_worker_reads() -> None:
    app.loader.import_default_modules()
    planned = app.conf.beat_schedule
    assert {entry["task"] for entry in planned.values()} == set(PERIODIC)
    assert set(PERIODIC) <= set(app.tasks)
    read = {queue.name for queue in queues.CELERY_TASK_QUEUES}
    assert {app.amqp.router.route({}, name)["queue"].name for name in PERIODIC} <= read
