"""The interface in Arabic: what is to be translated, the catalogue, and what makes a translation sound.

Done in Python alone (polib, and Babel while developing), so that no machine needs the gettext programs.
"""

from config.translations.catalogue import compile_translations, outdated

__all__ = ["compile_translations", "outdated"]
