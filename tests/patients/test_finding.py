"""Patients are found by what people type: either script, any transliteration, any form of a number, with slips."""

import unicodedata
from collections.abc import Callable

import pytest
from django.db import connection
from pytest_django import DjangoAssertNumQueries

from clinic.lib.arabic import for_search
from clinic.patients.models import Patient
from clinic.patients.queries import find_patients, first_patients, sounds_of
from tests.factories.patients import PatientFactory

pytestmark = pytest.mark.django_db

Find = Callable[[str], list[str]]


@pytest.fixture
def find() -> Find:
    """The names of whom a text finds, among six people of whom some have a name in one script only."""
    for name_en, name_ar, number in (
        ("", "محمد منصور", 1),
        ("Abdelrahman Khoury", "", 2),
        ("", "عبد الرحمن الخوري", 3),
        ("Layla Haddad", "ليلى حدّاد", 4),
        ("Fatima Zahra", "", 5),
        ("", "فاطمة الزهراء", 6),
    ):
        person = {"name_en": name_en, "name_ar": name_ar, "email": f"p{number}.x-y@patients.example"}
        PatientFactory(phone=f"+9627912345{number}0", **person)
    return lambda text: [each.name_en or each.name_ar for each in find_patients(text, among=Patient.objects.all())]


@pytest.mark.parametrize(
    "spellings",
    [
        "محمد مُحمّد Mohammed Mohamad Muhammad Mohamed Mehmed",
        "أحمد احمد Ahmed Ahmad",
        "فاطمة فاطمه Fatima Fatimah Fatma",
        "ليلى ليلي Layla Laila Leila",
        "يوسف Yousef Youssef Yusuf",
        "عائشة Aisha Aysha Ayesha",
        "خالد Khaled Khalid",
        "غسان Ghassan Ghasan",
        "جمال Jamal Gamal Djamal",
        "قاسم Qasim Kassem Qassem",
        "شادي Shadi Chadi",
        "حسين Hussein Hussain Husayn",
        "صالح Saleh Salih Salah",
        "علاء Alaa Ala'a Ala’",
        "إلياس الياس Elias Ilyas",
        "وليد Walid Waleed Oualid",
        "رمضان Ramadan Ramazan",
        "هيثم Haitham Haytham",
        "السيد Alsayed Elsayed El-Sayyid",
        "طه Taha",
    ],
)
def test_a_name_sounds_the_same_however_it_is_spelt(spellings: str) -> None:
    sounds = {spelling: sounds_of(spelling) for spelling in spellings.split()}
    assert len(set(sounds.values())) == 1, sounds


SERVANT = (
    "عبد الرحمن,عبدالرحمن,عبد الرّحمٰن,Abdulrahman,Abdelrahman,Abd al-Rahman,Abd Ar-Rahman,Abdul Rahman,Abderrahmane"
)


def test_a_name_of_two_words_sounds_the_same_joined_or_not() -> None:
    assert {sounds_of(spelling) for spelling in SERVANT.split(",")} == {sounds_of("Abd Rahman")}
    assert {sounds_of(spelling) for spelling in ("عبد الله", "عبدالله", "Abdullah", "Abdallah", "Abd Allah")} == {
        sounds_of("عبدالله")
    }


@pytest.mark.parametrize("text", ["Mohammed Mansour", "mohamad", "مُحمَّد", "محمد منصور", "Muhammad Mansur", "منصور محمد"])
def test_an_arabic_name_is_found_by_any_transliteration(find: Find, text: str) -> None:
    assert find(text) == ["محمد منصور"]


@pytest.mark.parametrize("text", SERVANT.split(","))
def test_servants_of_god_are_found_in_both_scripts(find: Find, text: str) -> None:
    assert set(find(text)) == {"Abdelrahman Khoury", "عبد الرحمن الخوري"}


@pytest.mark.parametrize("text", ["Layla Hadadd", "Lyala Haddad", "ليلا حداد", "Layla Haddab", "layla had", "haddad L"])
def test_a_slip_of_the_finger_is_forgiven(find: Find, text: str) -> None:
    assert find(text)[0] == "Layla Haddad"


@pytest.mark.parametrize(
    "text",
    [
        *("0791234540", "079 123 4540", "+962 79 123 4540", "00962791234540", "+962 (0) 79 1234540", "٠٧٩١٢٣٤٥٤٠"),
        *("4540", "٤٥٤٠", "layla 4540", "P4.X-Y@patients.example", "p4.x"),
    ],
)
def test_a_phone_or_an_address_is_found_as_people_write_it(find: Find, text: str) -> None:
    assert find(text) == ["Layla Haddad"]


def test_a_file_number_is_found_and_so_is_its_end(find: Find) -> None:
    patient = Patient.objects.get(name_en="Layla Haddad")
    assert find(patient.file_number) == ["Layla Haddad"]
    assert "Layla Haddad" in find(patient.file_number[-4:])


@pytest.mark.parametrize("text", ["Omar", "0799999999", "%", "_", "|", "00", "'; DROP TABLE", "\0", "ـ", "9" * 400])
def test_what_is_nobodys_finds_nobody_or_everybody_but_no_fault(find: Find, text: str) -> None:
    assert len(find(text)) in {0, 6}


def test_who_is_named_so_comes_before_who_is_named_alike() -> None:
    for name in ("Haneen Ahmad", "Omar Hassan", "Hussein Omar", "Omar Hussein", "Omar Husseini"):
        PatientFactory(name_en=name, name_ar="")
    PatientFactory(name_en="", name_ar="عمر حسين")
    found = [patient.name_en for patient in find_patients("Omar Hussein", among=Patient.objects.all())]
    assert found == ["Omar Hussein", "Omar Husseini", "Hussein Omar", "Omar Hassan", ""]


@pytest.mark.parametrize("text", ["omar", "om", "عمر", "hussein", "Omer", "Omar Hussein", "layla@", "0791", "zz", ""])
def test_the_first_of_many_are_those_whom_the_whole_list_begins_with(text: str) -> None:
    names = ("Haneen Omari", "Omar Hassan", "Hussein Omar", "Omar", "Umar Saleh", "Romario Odeh", "Omar Husseini")
    people = [PatientFactory(name_en=name, name_ar="", email=f"layla@{name[:2]}.example") for name in names]
    PatientFactory(name_en="", name_ar="عمر حسين")
    Patient.objects.filter(name_en="Omar").update(merged_into=people[0])
    everybody = Patient.objects.all()

    for most in (1, 3, 8):
        assert first_patients(text, among=everybody, most=most) == list(find_patients(text, among=everybody)[:most])


def test_when_half_of_the_town_is_called_so_the_rest_is_not_looked_at(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    PatientFactory.create_batch(4, name_en="Mohammad Saleh", name_ar="")
    with django_assert_num_queries(2):
        assert len(first_patients("moh", among=Patient.objects.all(), most=3)) == 3


def test_whatever_writes_a_patient_the_key_is_made() -> None:
    patient = PatientFactory(name_en="Layla Haddad", name_ar="", email="")
    Patient.objects.filter(pk=patient.pk).update(name_en="Rania Saleh")
    assert [*find_patients("رانيا صالح", among=Patient.objects.all())] == [patient]
    assert not find_patients("Layla", among=Patient.objects.all())


def test_only_those_are_found_who_may_be_seen(find: Find) -> None:
    mine = Patient.objects.filter(name_en="Layla Haddad")
    for text in ("mohammed", "Fatimma Zahrra", "0791234520"):
        assert find(text)
        assert not find_patients(text, among=mine)


def test_the_database_folds_as_the_rest_of_the_portal_does() -> None:
    letters = [chr(code) for first, last in ((0x20, 0x17F), (0x610, 0x6FF)) for code in range(first, last + 1)]
    known = [letter for letter in letters if unicodedata.category(letter) not in ("Cc", "Cf", "Cn")]
    with connection.cursor() as cursor:
        cursor.execute("SELECT l, patients_fold('x' || l || 'x') FROM unnest(%s::text[]) l", [known])
        differing = {letter: folded for letter, folded in cursor.fetchall() if folded != for_search(f"x{letter}x")}
    assert differing == {}


@pytest.mark.parametrize(("text", "count"), [("layla", 3), ("0791234567", 1), ("Layla Haddob", 7)])
def test_a_search_takes_the_same_number_of_statements_for_each_length(
    django_assert_num_queries: DjangoAssertNumQueries, text: str, count: int
) -> None:
    for size in (1, 3):
        PatientFactory.create_batch(size, name_en="Layla Haddad", phone="+962791234567")
        with django_assert_num_queries(count):
            assert list(find_patients(text, among=Patient.objects.all()))


def test_a_search_reads_an_index() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    for text in ("layla haddad", "ليلى", "4567", "lay"):
        plan = find_patients(text, among=Patient.objects.all()).explain()
        assert "Seq Scan" not in plan
