import pytest
from django.test import Client
from django.utils.translation import override
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Page, Site

from content.models import ContactPage, HealthTopicPage, LegalPage, StandardPage
from home.models import Footer, HomePage, Menu, Partner, SiteNavigation
from home.starter.files import data_names, read_data
from home.starter.kinds import FOLDERS

pytestmark = pytest.mark.usefixtures("clinic")
LANGUAGES = ("en", "ar")
SLUGS = {
    "about",
    "your-visit",
    "contact",
    "privacy",
    "accessibility",
    "when-to-get-help",
    "terms",
    "questions",
    "news",
    "health",
}


def arabic_share(text: str) -> float:
    letters = [letter for letter in text if letter.isalpha()]
    return sum("؀" <= letter <= "ۿ" for letter in letters) / max(len(letters), 1)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["", *sorted(SLUGS)])
def test_every_page_is_live_in_both_languages_and_shows_its_words(client: Client, language: str, slug: str) -> None:
    address = f"/{language}/{slug}/" if slug else f"/{language}/"
    answer = client.get(address)
    assert answer.status_code == 200
    name = f"pages/{slug}" if slug else "frame/home"
    title = read_data(name)["title"][language] if slug else read_data(name)["hero"][0]["value"]["title"][language]
    assert title in answer.content.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_home_page_with_all_its_sections_takes_twenty_queries(
    client: Client, language: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get(f"/{language}/")
    with django_assert_num_queries(20):
        client.get(f"/{language}/")


def test_each_page_is_tied_to_its_translation() -> None:
    for model, count in ((HomePage, 1), (StandardPage, 3), (LegalPage, 3), (ContactPage, 1), (HealthTopicPage, 8)):
        english = model.objects.filter(locale__language_code="en")
        assert english.count() == count
        for page in english:
            twin = page.get_translation(page.locale.__class__.objects.get(language_code="ar"))
            assert twin.live
            assert twin.slug == page.slug or model is HomePage
            assert arabic_share(twin.title + twin.search_description) > 0.9


def test_blocks_of_a_page_have_the_same_ids_in_both_languages() -> None:
    for english in StandardPage.objects.filter(locale__language_code="en"):
        arabic = StandardPage.objects.get(locale__language_code="ar", translation_key=english.translation_key)
        assert [block.id for block in english.body] == [block.id for block in arabic.body]
        assert len(english.body) == len({block.id for block in english.body}) > 4


def test_every_word_of_the_seed_files_stands_in_both_languages() -> None:
    def pairs(value: object) -> list[dict[str, str]]:
        if isinstance(value, dict):
            if "en" in value or "ar" in value:
                return [value]
            return [pair for each in value.values() for pair in pairs(each)]
        return [pair for each in value for pair in pairs(each)] if isinstance(value, list) else []

    folders = (*FOLDERS, "frame")
    for name in [name for folder in folders for name in data_names(folder)]:
        for pair in pairs(read_data(name)):
            assert set(pair) == {"en", "ar"}, (name, pair)
            assert arabic_share(pair["en"]) == 0, pair
            assert arabic_share(pair["ar"].replace("<", " <")) > 0.3, pair


def test_the_welcome_page_of_wagtail_is_gone_and_the_site_begins_at_home() -> None:
    assert not Page.objects.filter(title__startswith="Welcome to").exists()
    assert Site.objects.get(is_default_site=True).root_page.specific == HomePage.objects.get(locale__language_code="en")
    assert Page.objects.filter(depth=2).count() == 2


@pytest.mark.parametrize("language", LANGUAGES)
def test_menu_footer_and_partners_lead_somewhere_in_both_languages(client: Client, language: str) -> None:
    for model, count in ((Menu, 1), (Footer, 1), (Partner, 4)):
        assert model.objects.filter(locale__language_code=language, live=True).count() == count
    body = client.get(f"/{language}/").content.decode()
    for slug in SLUGS:
        assert f'href="/{language}/{slug}/"' in body, slug
    with override(language):
        for partner in Partner.objects.filter(locale__language_code=language):
            assert partner.logo
            assert partner.logo.default_alt_text == partner.name


def test_the_site_knows_its_menu_and_footer() -> None:
    navigation = SiteNavigation.for_site(Site.objects.get(is_default_site=True))
    assert navigation.header.locale.language_code == "en"
    assert navigation.footer.locale.language_code == "en"
