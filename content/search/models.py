"""The index of the site search: one row for each thing that visitors may find, in each language it exists in."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from content.search.enums import Kind
from content.search.words import bare_words


class Entry(models.Model):
    """One subject in one language, as it was when it was last published or changed.

    Everything here is derived: `manage.py search rebuild` makes it again. `title`, `summary` and `body` are
    for reading, `folded` (the title), `names` (the title and keywords), `spelling` (each word once) and `words`
    for comparing: see `content.search.words`.
    """

    kind = models.CharField(max_length=12, choices=Kind)
    subject = models.PositiveBigIntegerField()  # the key of the page, or of the row of the directory
    language = models.CharField(max_length=5)
    title = models.CharField(max_length=255)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    path = models.CharField(max_length=500)
    folded = models.TextField()
    names = models.TextField()
    spelling = models.TextField()
    words = SearchVectorField()

    class Meta:
        verbose_name = _("search entry")
        verbose_name_plural = _("search entries")
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "language"], name="search_entry_once_in_a_language"),
            models.CheckConstraint(condition=models.Q(path__startswith="/"), name="search_entry_leads_to_this_site"),
        ]
        indexes = [
            GinIndex(fields=["words"], name="search_entry_words"),
            GinIndex(fields=["names"], opclasses=["gin_trgm_ops"], name="search_entry_names"),
            GinIndex(fields=["spelling"], opclasses=["gin_trgm_ops"], name="search_entry_spelling"),
        ]

    def __str__(self) -> str:
        return self.title


class Synonyms(models.Model):
    """Words that mean the same to whoever searches: "heart, cardiology, قلب". Either leads to all the others."""

    words = models.CharField(
        _("words"),
        max_length=500,
        help_text=_("Words or short phrases of either language, with commas between them: heart, cardiology, cardiac"),
    )

    class Meta:
        verbose_name = _("words that mean the same")
        verbose_name_plural = _("words that mean the same")
        ordering = ["words"]
        constraints = [models.CheckConstraint(condition=models.Q(words__regex="[,،\n]"), name="synonyms_of_two_words")]

    def __str__(self) -> str:
        return self.words

    def clean(self) -> None:
        super().clean()
        if len(self.phrases()) < 2:
            raise ValidationError({"words": _("Write at least two words or phrases, with a comma between them.")})

    def phrases(self) -> list[tuple[str, ...]]:
        """Each phrase as its bare words; what holds no word is left out."""
        parts = self.words.replace("،", ",").replace("\n", ",").split(",")
        return [phrase for part in parts if (phrase := tuple(bare_words(part)))]
