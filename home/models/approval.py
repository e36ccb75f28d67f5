"""Approval: the one step between a draft and the public, for pages and for the snippets of the frame."""

from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, TaskState, WorkflowState
from wagtail.permissions import policy_registry


def may_publish(user: AbstractBaseUser | Any, subject: Model) -> bool:
    """Whether `user` may publish this page or snippet: the policy of its model says so, by tree or by language."""
    return bool(policy_registry.get(subject).user_has_permission_for_instance(user, "publish", subject))


class PublisherApproval(Task):
    """Whoever may publish something may approve it, and nobody else.

    So one task serves both languages and every model, and a change of the roles changes no workflow.
    """

    def start(self, workflow_state: WorkflowState, user: Any = None) -> TaskState:
        """Submit; a lock of somebody who could not approve is opened, or nobody could go on."""
        subject = workflow_state.content_object
        holder = getattr(subject, "locked_by", None)
        if holder and not may_publish(holder, subject):
            subject.locked, subject.locked_by, subject.locked_at = False, None, None
            subject.save(update_fields=["locked", "locked_by", "locked_at"])
        return super().start(workflow_state, user=user)

    def user_can_access_editor(self, obj: Model, user: Any) -> bool:
        return may_publish(user, obj)

    def locked_for_user(self, obj: Model, user: Any) -> bool:
        return not may_publish(user, obj)

    def user_can_lock(self, obj: Model, user: Any) -> bool:
        return may_publish(user, obj)

    def get_actions(self, obj: Model, user: Any) -> list[tuple[str, str | Promise, bool]]:
        """As `(name, label, asks for a comment)`."""
        if not may_publish(user, obj):
            return []
        return [
            ("reject", _("Request changes"), True),
            ("approve", _("Approve"), False),
            ("approve", _("Approve with comment"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        """Four queries and one for each kind of content that waits, however much waits."""
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        waiting = waiting.select_related("workflow_state").prefetch_related("workflow_state__content_object")
        mine = [
            state.pk
            for state in waiting
            if (subject := state.workflow_state.content_object) and may_publish(user, subject)
        ]
        return TaskState.objects.filter(pk__in=mine)

    @classmethod
    def get_description(cls) -> Promise:
        return _("Whoever may publish the page or snippet can approve it")

    class Meta:
        verbose_name = _("approval by a publisher")
        verbose_name_plural = _("approvals by a publisher")
