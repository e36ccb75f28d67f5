import factory
from factory.django import DjangoModelFactory

from clinic.accounts.models import User


class UserFactory(DjangoModelFactory[User]):
    """Somebody who may sign in, without any role yet."""

    username = factory.Sequence(lambda n: f"person{n}")
    first_name = "Rana"
    last_name = factory.Sequence(lambda n: f"Khoury {n}")
    email = factory.LazyAttribute(lambda row: f"{row.username}@iyada.example")
    password = factory.django.Password("a long password of the tests")

    class Meta:
        model = User
