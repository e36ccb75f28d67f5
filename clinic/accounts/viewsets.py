"""The staff, in Wagtail's administration of users. Only administrators have the permissions that it asks for."""

from typing import Any

from django.db.models import QuerySet
from django.forms import BaseForm, ModelForm
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.widgets.button import Button
from wagtail.users.views import users

from clinic.accounts.enums import Role
from clinic.accounts.forms import StaffCreationForm, StaffEditForm
from clinic.accounts.models import User
from clinic.accounts.queries import people_within_rank
from clinic.accounts.views import SignOutView
from clinic.audit.views import RecordingDeleteView, RecordsSaving


def roles_of(user: User) -> str:
    names = [group.name for group in user.groups.all()]
    return ", ".join(str(Role(name).label) if name in Role.values else name for name in names)


class OwnRankOnly:
    """Nobody rises above their own rank: only a superuser makes, changes or deletes one."""

    request: Any

    def get_queryset(self) -> QuerySet[User]:
        return people_within_rank(self.request.user)

    def get_form(self, *args: Any, **kwargs: Any) -> BaseForm:
        form: BaseForm = super().get_form(*args, **kwargs)  # type: ignore[misc]
        if "is_superuser" in form.fields and not self.request.user.is_superuser:
            form.fields["is_superuser"].disabled = True
        return form


class StaffIndexView(users.IndexView):
    @cached_property
    def columns(self) -> list[Column]:
        columns = [column for column in super().columns if column.name not in {"is_superuser", "bulk_actions"}]
        roles = Column("roles", accessor=roles_of, label=_("Roles"), width="20%")
        return [*columns[:2], roles, *columns[2:]]

    def get_base_queryset(self) -> QuerySet[User]:
        people: QuerySet[User] = super().get_base_queryset()
        return people.prefetch_related("groups")


class StaffCreateView(OwnRankOnly, RecordsSaving, users.CreateView):
    verb = "created"


class StaffEditView(OwnRankOnly, RecordsSaving, users.EditView):
    verb = "changed"

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        address = reverse("wagtailusers_users:sign_out", args=[self.object.pk])
        return [
            *super().header_more_buttons,
            Button(_("Sign out everywhere"), url=address, icon_name="logout", priority=40),
        ]


class StaffDeleteView(OwnRankOnly, RecordingDeleteView, users.DeleteView):
    pass


class StaffViewSet(users.UserViewSet):
    index_view_class = StaffIndexView
    add_view_class = StaffCreateView
    edit_view_class = StaffEditView
    delete_view_class = StaffDeleteView
    copy_view_enabled = False

    def get_form_class(self, for_update: bool = False) -> type[ModelForm]:
        return StaffEditForm if for_update else StaffCreationForm

    def get_urlpatterns(self) -> list[URLPattern]:
        sign_out = self.construct_view(SignOutView)
        return [*super().get_urlpatterns(), path("<int:pk>/sign-out/", sign_out, name="sign_out")]
