"""Verbs of the audit trail in the reader's language. Each app adds the words of its own verbs."""

import re
from collections.abc import Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from clinic.audit.models import AuditEvent

Words = str | Promise

SENTENCES: dict[str, Words] = {}
# Of details that are no field of the subject's model.
CHOICES: dict[str, Mapping[str, Words]] = {}


def add_words(sentences: Mapping[str, Words], **choices: Mapping[str, Words]) -> None:
    """Say how verbs read, as lazy translations: {"user.changed": _("Account changed: %(fields)s")}.

    A sentence may name keys of the event's `detail`; `fields` is a list of names of model fields. `choices` give
    the words of a detail's values: role={"nurse": _("Nurse")}.
    """
    SENTENCES.update(sentences)
    CHOICES.update(choices)


def verbs() -> list[tuple[str, str]]:
    """All verbs that have words, for a choice."""
    return sorted(((verb, plain(str(words))) for verb, words in SENTENCES.items()), key=lambda choice: choice[1])


def plain(sentence: str) -> str:
    """`sentence` without its details, for a choice."""
    return " ".join(re.sub(r"[(“:]*\s*%\(\w+\)s[)”]*", "…", sentence).split())


class Details(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "—"


def tell(event: AuditEvent) -> str:
    """What happened, as a sentence. A verb that nobody gave words to is shown as it is stored."""
    sentence = SENTENCES.get(event.verb)
    if sentence is None:
        return event.verb
    model = model_of(event.subject_type)
    detail = event.detail if isinstance(event.detail, dict) else {}
    return str(sentence) % Details({key: shown(key, value, model) for key, value in detail.items()})


def shown(key: str, value: Any, model: type[Model] | None) -> str:
    """A detail for people: the label of a choice or of a field instead of its name."""
    if isinstance(value, list):
        # Translators: between the words of a list
        return _(", ").join(field_name(item, model) if key == "fields" else str(item) for item in value) or "—"
    if key in CHOICES:
        return str(CHOICES[key].get(value, value))
    if model is not None and isinstance(value, str):
        key = "status" if key in {"from", "to"} else key
        choices = dict(getattr(model_field(model, key), "flatchoices", ()))
        return str(choices.get(value, value)) or "—"
    return str(value)


def model_field(model: type[Model], name: str) -> Any:
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def field_name(name: str, model: type[Model] | None) -> str:
    field = model_field(model, name) if model else None
    if field is None:
        return name
    return str(getattr(field, "verbose_name", None) or field.related_model._meta.verbose_name_plural)


def model_of(subject_type: str) -> type[Model] | None:
    """The model of "appointment" or "scheduling.appointment", if it is (still) one of the clinic's."""
    name = subject_type.rsplit(".", maxsplit=1)[-1].lower()
    ours = (model for model in apps.get_models() if model.__module__.startswith("clinic."))
    return next((model for model in ours if model._meta.model_name == name), None)


def kind_of(event: AuditEvent) -> str:
    """What kind of thing the event is about."""
    model = model_of(event.subject_type)
    return str(capfirst(model._meta.verbose_name)) if model else event.subject_type


def who(event: AuditEvent) -> str:
    """The person's name as it was then; visitors and the system have none."""
    return event.actor_name or _("Visitor or system")
