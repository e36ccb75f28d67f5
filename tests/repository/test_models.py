"""Facts about every model: how private each field is, a factory, and migrations that say the same."""

from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest
from django.core.management import call_command
from django.db.models import Field, Model
from factory.django import DjangoModelFactory

import tests.factories
from clinic.lib.privacy import Privacy
from tests.repository.tree import our_models

# Written by Wagtail whenever a page asks for another size, by the loader of the starter clinic, and by a migration.
WITHOUT_FACTORY = {"content.ClinicRendition", "starter.LoadedItem", "directory.HijriSetting"}


def own_fields(model: type[Model]) -> set[str]:
    """The columns and many-to-many of the model's own, but for keys that mean nothing beside the row."""
    return {
        field.name
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if isinstance(field, Field) and not (field.primary_key and (field.name == "id" or field.remote_field))
    }


def classification_of(model: type[Model]) -> dict[str, Privacy]:
    module = import_module(f"{model._meta.app_config.name}.classification")
    classified: dict[str, Privacy] = module.CLASSIFICATION.get(model.__name__, {})
    return classified


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_field_says_how_private_it_is(model: type[Model]) -> None:
    assert set(classification_of(model)) == own_fields(model)


def factories() -> dict[str, list[type[DjangoModelFactory[Model]]]]:
    found: dict[str, list[type[DjangoModelFactory[Model]]]] = {}
    for _finder, name, _is_package in iter_modules(tests.factories.__path__):
        for each in made_in(import_module(f"tests.factories.{name}")):
            found.setdefault(each._meta.model._meta.label, []).append(each)
    return found


def made_in(module: ModuleType) -> list[type[DjangoModelFactory[Model]]]:
    return [
        each
        for each in vars(module).values()
        if isinstance(each, type) and issubclass(each, DjangoModelFactory) and each.__module__ == module.__name__
    ]


def test_every_model_has_a_factory() -> None:
    made = set(factories())
    lacking = {model._meta.label for model in our_models() if not has_factory(model, made)}
    assert lacking == WITHOUT_FACTORY


def has_factory(model: type[Model], made: set[str]) -> bool:
    """A row that is only ever the parent of another one is made by the factory of its children."""
    return model._meta.label in made or any(child._meta.label in made for child in model.__subclasses__())


@pytest.mark.django_db
def test_the_migrations_say_what_the_models_say() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
