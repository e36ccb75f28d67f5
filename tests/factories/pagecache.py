from factory.django import DjangoModelFactory

from content.pagecache.models import Debt


class DebtFactory(DjangoModelFactory[Debt]):
    """A change whose raise is missing."""

    class Meta:
        model = Debt
