"""Celery on Valkey or Redis, and django-tasks on Celery. The broker is a doorbell; what is due stands in tables."""

from kombu.entity import Queue

from config.env import env

# Wagtail's jobs (search, references, files) stay out of the way of what patients wait for.
TASKS = {
    "default": {
        "BACKEND": "config.tasks.CeleryBackend",
        "QUEUES": ["default"],
        "OPTIONS": {"CELERY_QUEUES": {"default": "index"}},
    }
}

CELERY_BROKER_URL = env.redis_url
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_TIMEOUT = 1
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    # Without it a worker stays deaf after the network swallowed its connection.
    "socket_timeout": 15,
    "socket_connect_timeout": 2,
    "socket_keepalive": True,
    "health_check_interval": 10,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "global_keyprefix": "celery:",
}
CELERY_TASK_DEFAULT_QUEUE = "default"
CELERY_TASK_QUEUES = [Queue(name) for name in ("default", "messages", "index")]
CELERY_TASK_CREATE_MISSING_QUEUES = False  # a misspelt queue is a fault, not a letter box that nobody empties
CELERY_TASK_ROUTES = {
    "clinic.messaging.tasks.*": {"queue": "messages"},
    "content.tasks.prepare_pictures": {"queue": "index"},
    "content.pagecache.tasks.purge_edge": {"queue": "index"},
    "content.pagecache.tasks.warm_pages": {"queue": "index"},
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_RETRY_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 120
CELERY_TASK_SOFT_TIME_LIMIT = 90
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.2, "interval_max": 0.2}
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 4
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE_FILENAME = str(env.data_dir / "run" / "beat")
