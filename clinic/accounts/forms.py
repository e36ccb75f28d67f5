"""Forms about the staff."""

from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.users.forms import UserCreationForm, UserEditForm

from clinic.accounts.enums import Role


class SignInForm(LoginForm):
    """Wagtail's, whose field for the password has no label of its own: its name would stand there, in English."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = AuthenticationForm.base_fields["password"].label


class RolesField(forms.ModelMultipleChoiceField):
    """Groups by the name that their role has in the reader's language."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, group: Group) -> str:
        return str(Role(group.name).label) if group.name in Role.values else group.name


def roles_field() -> RolesField:
    return RolesField(queryset=Group.objects.order_by("pk"), required=False, label=_("Roles"))


class StaffCreationForm(UserCreationForm):
    groups = roles_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["dir"] = self.fields["email"].widget.attrs["dir"] = "ltr"


class StaffEditForm(UserEditForm):
    groups = roles_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget.attrs["dir"] = self.fields["email"].widget.attrs["dir"] = "ltr"
