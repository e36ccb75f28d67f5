"""Every factory makes a row that the database accepts, twice."""

from typing import Any

import pytest
from factory.django import DjangoModelFactory
from wagtail.models import Page

from tests.repository.test_models import factories

ALL = sorted({each for made in factories().values() for each in made}, key=lambda each: each.__name__)


@pytest.mark.django_db
@pytest.mark.parametrize("factory", ALL, ids=lambda factory: factory.__name__)
def test_a_factory_makes_two_rows(factory: type[DjangoModelFactory[Any]]) -> None:
    model: Any = factory._meta.model
    parent = {"parent": Page.get_first_root_node()} if issubclass(model, Page) else {}
    before = model.objects.count()
    for _number in range(2):
        factory.create(**parent).refresh_from_db()
    assert model.objects.count() - before == 2
