"""The workflow: one approval by whoever may publish, for every page and every snippet of the frame."""

from typing import Any

from django.apps import AppConfig, apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from wagtail.models import Page, Workflow, WorkflowContentType, WorkflowPage, WorkflowTask

from home.editors.policies import SNIPPETS
from home.models import PublisherApproval

# Stored once and read in both languages, so it is written in both.
NAME = "Approval · موافقة"
STOCK = "Moderators approval"  # what Wagtail's first migration makes
TABLES = {model._meta.db_table for model in (PublisherApproval, Workflow, WorkflowContentType, WorkflowPage, Page)}


@transaction.atomic
def keep_workflow() -> Workflow:
    """Make the workflow and put it where none stands. One that somebody has chosen instead is left alone."""
    task = PublisherApproval.objects.filter(name=NAME).first() or PublisherApproval.objects.create(name=NAME)
    workflow = Workflow.objects.filter(name=NAME).first() or Workflow.objects.create(name=NAME)
    WorkflowTask.objects.get_or_create(workflow=workflow, task=task)
    if root := Page.objects.filter(depth=1).first():
        WorkflowPage.objects.filter(page=root, workflow__name=STOCK).update(workflow=workflow)
        WorkflowPage.objects.get_or_create(page=root, defaults={"workflow": workflow})
    for kind in ContentType.objects.get_for_models(*SNIPPETS).values():
        WorkflowContentType.objects.get_or_create(content_type=kind, defaults={"workflow": workflow})
    for old in Workflow.objects.filter(name=STOCK, active=True, workflow_states__isnull=True):
        old.deactivate()
        for step in old.tasks.filter(name=STOCK):
            step.deactivate()
    return workflow


def keep_workflow_after_migrate(sender: AppConfig, **kwargs: Any) -> None:
    """Once for each migrate, when the tables and the content types of every app are there."""
    last = [config for config in apps.get_app_configs() if config.models_module][-1]
    if sender.label == last.label and TABLES.issubset(connection.introspection.table_names()):
        keep_workflow()
