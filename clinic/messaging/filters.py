import django_filters
from django.forms import CheckboxSelectMultiple
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet

from clinic.messaging.enums import MessageStatus
from clinic.messaging.models import Message
from clinic.messaging.registry import kinds


def kind_choices() -> list[tuple[str, str | Promise]]:
    return [(kind.name, kind.label) for kind in kinds()]


class MessageFilterSet(WagtailFilterSet):
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=MessageStatus.choices, widget=CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kind_choices)

    class Meta:
        model = Message
        fields = ["status", "kind", "channel", "language"]
