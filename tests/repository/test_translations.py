"""Every text that people read exists in Arabic."""

from config.translations.catalogue import catalogue_path, read_catalogue
from config.translations.soundness import findings
from config.translations.sources import source_messages
from tests.repository.tree import ROOT


def test_every_text_is_soundly_translated_into_arabic() -> None:
    catalogue = read_catalogue(catalogue_path(ROOT / "site" / "locale", "ar"))
    assert list(findings(catalogue, source_messages(ROOT))) == []
