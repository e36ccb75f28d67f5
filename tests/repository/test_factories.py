"""Every factory makes a row that the database accepts, twice."""

from typing import Any

import pytest
from factory.django import DjangoModelFactory
from wagtail.models import Page

from tests.repository.test_models import factories

ALL = sorted({each for made in factories().values() for each in made}, key=lambda each: each.__name__)


def new_parent(number: int) -> Page:
    return Page.get_first_root_node().add_child(instance=Page(title=f"Place {number}", slug=f"place-{number}"))


@pytest.mark.django_db
@pytest.mark.parametrize("factory", ALL, ids=lambda factory: factory.__name__)
def test_a_factory_makes_two_rows(factory: type[DjangoModelFactory[Any]]) -> None:
    model: Any = factory._meta.model
    # Of some kinds of page, one stands below each parent.
    places = [{"parent": new_parent(number)} if issubclass(model, Page) else {} for number in range(2)]
    before = model.objects.count()
    for place in places:
        factory.create(**place).refresh_from_db()
    assert model.objects.count() - before == 2
