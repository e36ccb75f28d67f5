import polib
import pytest

from config.translations.catalogue import Message, key_of, updated_catalogue
from config.translations.soundness import findings


def judge(entry: polib.POEntry) -> list[str]:
    message = Message(entry.msgid, entry.msgid_plural, entry.msgctxt or "", {"clinic/a.py"})
    catalogue = updated_catalogue([entry], [message], "ar")
    catalogue[0].flags = entry.flags
    assert key_of(catalogue[0]) == key_of(entry)
    return list(findings(catalogue, [message]))


@pytest.mark.parametrize(
    ("english", "arabic"),
    [
        ("Book a visit", "احجز موعداً"),
        ("Hello %(name)s, welcome.", "مرحباً %(name)s، أهلاً بك."),
        ("Are you sure?", "هل أنت متأكد؟"),
        ("Write to desk@clinic.example, please", "اكتب إلى desk@clinic.example من فضلك"),
        ('<a href="%(u)s">More</a>', '<a href="%(u)s">المزيد</a>'),
        ("%(day)s, %(time)s", "%(day)s، %(time)s"),
        ("Iyada", "Iyada"),
        ("Call 079 123 4567", "اتصل على \u2066079 123 4567\u2069"),
    ],
)
def test_a_sound_translation_passes(english: str, arabic: str) -> None:
    assert judge(polib.POEntry(msgid=english, msgstr=arabic)) == []


@pytest.mark.parametrize(
    ("english", "arabic", "fault"),
    [
        ("Book a visit", "", "is not translated"),
        ("Book a visit", "Book a visit", "is not in Arabic"),
        ("Hello %(name)s", "مرحباً", "placeholders"),
        ("Hello {name}", "مرحباً {nam}", "placeholders"),
        ("Yes, today", "نعم, اليوم", "Latin comma"),
        ("Sure?", "متأكد?", "Latin comma"),
        ("Call “Sara”", "اتصل بـ“سارة”", "quotation mark"),
        ("A <b>name</b>", "اسم", "markup"),
        ("It is done.", "تم", "does not end"),
        ("Name: ", "الاسم:", "does not end"),
        ("Call 079 123 4567", "اتصل على 079 123 4567", "turn round"),
        ("As in +96265550100", "مثل +96265550100", "turn round"),
        ("From \u2066%(a)s\u2069", "من %(a)s", "isolate"),
    ],
)
def test_an_unsound_translation_is_refused(english: str, arabic: str, fault: str) -> None:
    assert any(fault in finding for finding in judge(polib.POEntry(msgid=english, msgstr=arabic)))


FORMS = ["لا زيارات", "زيارة واحدة", "زيارتان", "%(n)s زيارات", "%(n)s زيارة", "%(n)s زيارة"]


def plural(forms: list[str]) -> polib.POEntry:
    return polib.POEntry(msgid="%(n)s visit", msgid_plural="%(n)s visits", msgstr_plural=dict(enumerate(forms)))


def test_one_and_two_are_words_of_their_own() -> None:
    assert judge(plural(FORMS)) == []


def test_every_plural_form_is_filled_and_many_name_their_number() -> None:
    assert any("plural form 2" in finding for finding in judge(plural([*FORMS[:2], "", *FORMS[3:]])))
    assert any("plural form 3" in finding for finding in judge(plural([*FORMS[:3], "زيارات", *FORMS[4:]])))


def test_a_number_without_a_name_stands_in_every_form() -> None:
    # "%d days" % 1 fails in Python when the Arabic text has no place for the number.
    forms = dict(enumerate(["لا أيام", "يوم", "يومان", "%d أيام", "%d يوماً", "%d يوم"]))
    found = judge(polib.POEntry(msgid="%d day", msgid_plural="%d days", msgstr_plural=forms))
    assert [finding for finding in found if "plural form 1" in finding]


def test_a_guess_is_no_translation() -> None:
    assert any("fuzzy" in finding for finding in judge(polib.POEntry(msgid="Day", msgstr="يوم", flags=["fuzzy"])))


def test_the_catalogue_and_the_sources_hold_the_same_texts() -> None:
    held, wanted = Message("Old", files={"a.py"}), Message("New", files={"a.py"})
    found = list(findings(updated_catalogue(polib.POFile(), [held], "ar"), [wanted]))
    assert [finding for finding in found if "“New” is not in the catalogue" in finding]
    assert [finding for finding in found if "“Old” is in no source" in finding]


def test_one_text_cannot_stand_with_and_without_a_plural() -> None:
    both = [Message("visit", files={"a.py"}), Message("visit", "visits", files={"a.py"})]
    found = list(findings(updated_catalogue(polib.POFile(), both, "ar"), both))
    assert any("with and without a plural" in finding for finding in found)
