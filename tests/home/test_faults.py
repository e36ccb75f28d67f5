import pytest
from django.template import loader
from django.test import Client

from home.views import PUBLIC
from tests.home.website import Website


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_missing_page_is_explained_in_both_languages(client: Client, website: Website, language: str) -> None:
    response = client.get(f"/{language}/nothing/here/")
    html = response.content.decode()
    other = {"en": "ar", "ar": "en"}[language]
    assert response.status_code == 404
    assert f'<html lang="{language}"' in html
    assert f'href="/{language}/"' in html
    assert f'lang="{other}" dir="' in html
    assert '<meta name="robots" content="noindex">' in html
    assert "canonical" not in html


def test_the_page_for_faults_needs_no_database_and_no_request() -> None:
    html = loader.get_template("500.html").render()
    assert "Something went wrong" in html
    assert "حدث خطأ ما" in html


def test_the_page_for_maintenance_needs_no_other_file() -> None:
    html = (PUBLIC / "50x.html").read_text()
    assert 'lang="ar" dir="rtl"' in html
    assert "src=" not in html
    assert "<link" not in html
