"""Editors keep the words that mean the same."""

import pytest
from django.test import Client
from django.urls import reverse

from clinic.accounts.enums import Role
from clinic.accounts.roles import sync_roles
from content.search.models import Synonyms
from tests.accounts.cast import person
from tests.search.conftest import titles

pytestmark = pytest.mark.django_db


def sign_in(role: Role) -> Client:
    client = Client()
    sync_roles()
    client.force_login(person(role.value.replace("_", "-"), role=role))
    return client


def adding() -> str:
    return reverse("wagtailsnippets_search_synonyms:add")


def test_an_editor_adds_words_and_visitors_find_by_them_at_once(heart: object) -> None:
    response = sign_in(Role.EDITOR).post(adding(), {"words": "ticker، heart"})
    assert response.status_code == 302
    assert "Heart care" in titles("ticker")


def test_one_word_alone_is_refused_and_kept_in_the_form(heart: object) -> None:
    response = sign_in(Role.EDITOR).post(adding(), {"words": "ticker, ,"})
    assert response.status_code == 200
    assert "Write at least two words" in response.content.decode()
    assert ">\nticker, ,</textarea>" in response.content.decode()
    assert not Synonyms.objects.filter(words__contains="ticker").exists()


def test_reception_does_not_change_the_words(heart: object) -> None:
    before = Synonyms.objects.count()
    sign_in(Role.RECEPTIONIST).post(adding(), {"words": "a, b"})
    assert Synonyms.objects.count() == before
