"""The Celery application: what a worker and beat run."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("iyada")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
