"""What editors see beside what they write is what visitors will see, in the language that it is written for."""

import pytest

from home.models import Menu, SiteIdentity, SiteNavigation
from tests.factories.home import AnnouncementFactory, FooterFactory, MenuFactory, PartnerFactory, arabic, english
from tests.home.website import Website


@pytest.mark.parametrize("language", ["en", "ar"])
@pytest.mark.parametrize("factory", [MenuFactory, FooterFactory, PartnerFactory, AnnouncementFactory])
def test_a_part_of_the_frame_is_previewed_in_its_own_language(website: Website, factory: type, language: str) -> None:
    part = factory(locale={"en": english, "ar": arabic}[language](), live=False)
    html = part.make_preview_request().content.decode()
    assert f'<html lang="{language}" dir="{"rtl" if language == "ar" else "ltr"}"' in html


def test_a_partner_without_a_logo_is_previewed_by_name(website: Website) -> None:
    assert "Rawabi Insurance" in PartnerFactory(name="Rawabi Insurance").make_preview_request().content.decode()


@pytest.mark.parametrize("mode", ["en", "ar"])
def test_a_setting_is_previewed_before_it_is_saved(website: Website, mode: str) -> None:
    identity = SiteIdentity(site=website.site, name_en="Rainbow Clinic", name_ar="عيادة قوس قزح")
    html = identity.make_preview_request(preview_mode=mode).content.decode()
    assert {"en": "Rainbow Clinic", "ar": "عيادة قوس قزح"}[mode] in html
    footer = FooterFactory(text="Beside the old mill", live=True)
    navigation = SiteNavigation(site=website.site, footer=footer)
    assert "Beside the old mill" in navigation.make_preview_request(preview_mode=mode).content.decode()


def test_there_is_a_size_for_phones_and_one_for_desktops() -> None:
    widths = {size["name"]: size["device_width"] for size in Menu().preview_sizes}
    assert widths["phone"] < 400
    assert widths["desktop"] > 1200
