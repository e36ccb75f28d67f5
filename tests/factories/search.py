import factory
from django.contrib.postgres.search import SearchVector
from django.db.models import Value
from factory.django import DjangoModelFactory

from content.search.enums import Kind
from content.search.models import Entry, Synonyms


class EntryFactory(DjangoModelFactory[Entry]):
    kind = Kind.PAGE
    subject = factory.Sequence(lambda n: 900_000 + n)
    language = "en"
    title = folded = names = spelling = factory.Sequence(lambda n: f"page {n}")
    path = factory.Sequence(lambda n: f"/en/page-{n}/")
    words = factory.LazyAttribute(lambda entry: SearchVector(Value(entry.title)))

    class Meta:
        model = Entry


class SynonymsFactory(DjangoModelFactory[Synonyms]):
    words = factory.Sequence(lambda n: f"knee {n}, orthopaedics {n}")

    class Meta:
        model = Synonyms
