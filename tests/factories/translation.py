import factory
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from factory.django import DjangoModelFactory

from content.translation.models import Basis
from home.models import Menu


class BasisFactory(DjangoModelFactory[Basis]):
    content_type = factory.LazyFunction(lambda: ContentType.objects.get_for_model(Menu))
    object_id = factory.Sequence(str)
    as_of = factory.LazyFunction(timezone.now)

    class Meta:
        model = Basis
