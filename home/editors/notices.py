"""E-mail to those who can approve, when something waits for them."""

from typing import Any

from django.db.models import QuerySet
from wagtail.admin.mail import GroupApprovalTaskStateSubmissionEmailNotifier
from wagtail.models import TaskState
from wagtail.permissions import policy_registry
from wagtail.signals import task_submitted

from clinic.accounts.models import User
from home.models import PublisherApproval


class ApprovalNotifier(GroupApprovalTaskStateSubmissionEmailNotifier):
    """Wagtail's notice about a task, to those who may publish what waits instead of to the members of groups."""

    def can_handle(self, instance: Any, **kwargs: Any) -> bool:
        return isinstance(instance, TaskState) and isinstance(instance.task.specific, PublisherApproval)

    def get_recipient_users(self, task_state: TaskState, **kwargs: Any) -> QuerySet[User]:
        subject = task_state.workflow_state.content_object
        policy = policy_registry.get(subject)
        people: QuerySet[User] = policy.users_with_permission_for_instance("publish", subject)
        sender = kwargs.get("user")
        return people.exclude(pk=sender.pk) if sender else people


notify_publishers = ApprovalNotifier()


def connect_notices() -> None:
    task_submitted.connect(notify_publishers, sender=TaskState, dispatch_uid="publishers_hear_of_submissions")
