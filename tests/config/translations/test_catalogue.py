import gettext
import os
from pathlib import Path

from config.translations.catalogue import (
    Message,
    catalogue_path,
    compile_translations,
    outdated,
    read_catalogue,
    updated_catalogue,
    write_catalogue,
)


def visits() -> list[Message]:
    return [
        Message("%(n)s visit", "%(n)s visits", files={"clinic/b.py"}),
        Message("Today", files={"clinic/b.py", "clinic/a.py"}),
        Message("Book", context="verb", files={"clinic/a.py"}),
    ]


def test_known_translations_survive_and_what_nobody_says_any_more_goes(tmp_path: Path) -> None:
    path = catalogue_path(tmp_path, "ar")
    first = updated_catalogue(read_catalogue(path), [*visits(), Message("Gone", files={"clinic/a.py"})], "ar")
    for entry in first:
        entry.msgstr = "" if entry.msgid_plural else "ترجمة"
    write_catalogue(first, path)

    second = updated_catalogue(read_catalogue(path), visits(), "ar")

    assert [entry.msgid for entry in second] == ["Today", "Book", "%(n)s visit"]
    assert [entry.msgstr for entry in second] == ["ترجمة", "ترجمة", ""]
    assert second[0].occurrences == [("clinic/a.py", ""), ("clinic/b.py", "")]
    assert len(second[2].msgstr_plural) == 6


def test_an_unchanged_catalogue_is_not_written_again(tmp_path: Path) -> None:
    path = catalogue_path(tmp_path, "ar")
    assert write_catalogue(updated_catalogue(read_catalogue(path), visits(), "ar"), path)
    assert not write_catalogue(updated_catalogue(read_catalogue(path), reversed(visits()), "ar"), path)


def test_a_catalogue_is_compiled_once_until_it_changes(tmp_path: Path) -> None:
    path = catalogue_path(tmp_path, "ar")
    catalogue = updated_catalogue(read_catalogue(path), visits(), "ar")
    catalogue[0].msgstr = "اليوم"
    forms = ["لا زيارات", "زيارة", "زيارتان", "%(n)s زيارات", "%(n)s زيارة", "%(n)s زيارة"]
    catalogue[2].msgstr_plural = dict(enumerate(forms))
    write_catalogue(catalogue, path)

    assert compile_translations(tmp_path) == 1
    assert compile_translations(tmp_path) == 0
    later = path.with_suffix(".mo").stat().st_mtime + 1
    os.utime(path, (later, later))
    assert outdated(tmp_path) == [path]

    with path.with_suffix(".mo").open("rb") as file:
        arabic = gettext.GNUTranslations(file)
    assert arabic.gettext("Today") == "اليوم"
    numbers = (0, 1, 2, 3, 11, 100)
    assert [arabic.ngettext("%(n)s visit", "%(n)s visits", number) for number in numbers] == forms
