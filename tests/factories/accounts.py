import factory
from factory.django import DjangoModelFactory

from clinic.accounts.enums import Scope
from clinic.accounts.models import ApiKey, User


class UserFactory(DjangoModelFactory[User]):
    """Somebody who may sign in, without any role yet."""

    username = factory.Sequence(lambda n: f"person{n}")
    first_name = "Rana"
    last_name = factory.Sequence(lambda n: f"Khoury {n}")
    email = factory.LazyAttribute(lambda row: f"{row.username}@iyada.example")
    password = factory.django.Password("a long password of the tests")

    class Meta:
        model = User


class ApiKeyFactory(DjangoModelFactory[ApiKey]):
    """A key that nobody holds: its secret was never told. `clinic.accounts.keys.make_key` makes usable ones."""

    name = factory.Sequence(lambda n: f"Program {n}")
    prefix = factory.Sequence(lambda n: f"PREFIX{n:04}")
    secret_hash = "0" * 64
    scopes = factory.LazyFunction(lambda: [Scope.REBUILD_WEBSITE_DATA.value])

    class Meta:
        model = ApiKey
