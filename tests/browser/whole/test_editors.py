"""What editors do all day, up to where a visitor sees it: in the starter clinic, with its cache, worker and clock."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.whole.clinic import LANGUAGES, StarterClinic
from tests.browser.whole.people import DESKTOP, PHONE, Reader, reader, writer

SCREENS = {"desktop": DESKTOP, "phone": PHONE}
THE_MENU = """
    SELECT menu.id FROM home_menu menu JOIN wagtailcore_locale locale ON locale.id = menu.locale_id
    WHERE locale.language_code = 'en' ORDER BY menu.id LIMIT 1
"""
THE_ENGLISH_HOME = """
    SELECT home.id FROM wagtailcore_page home JOIN wagtailcore_locale locale ON locale.id = home.locale_id
    WHERE home.depth = 2 AND locale.language_code = 'en'
"""
THE_PAGE = """
    SELECT page.id FROM wagtailcore_page page JOIN wagtailcore_locale locale ON locale.id = page.locale_id
    WHERE locale.language_code = %s AND page.translation_key IN (
        SELECT english.translation_key FROM wagtailcore_page english WHERE english.slug = %s
    )
"""
# What was to happen today happens now. The clock finds it so, as on the day itself.
THE_DAY_HAS_COME = """
    UPDATE wagtailcore_revision SET approved_go_live_at = now() - interval '1 minute',
        content = jsonb_set(content, '{go_live_at}', to_jsonb(now() - interval '1 minute'))
    WHERE approved_go_live_at IS NOT NULL AND object_str = 'The lift is out of order.'
"""
THE_DAY_IS_OVER = """
    UPDATE home_announcement SET expire_at = now() - interval '1 minute'
    WHERE message = 'The lift is out of order.'
"""


def number(clinic: StarterClinic, statement: str, *values: str) -> int:
    return int(str(clinic.site.query(statement, *values)[0][0]))


def finds_in_the_menu(visitor: Reader, label: str) -> None:
    """In the bar, or behind the button of a small screen."""
    drawer = visitor.page.locator("details.drawer > summary")
    if drawer.is_visible():
        drawer.click()
    expect(visitor.page.locator("header nav a", has_text=label).locator("visible=true")).to_have_count(1)


def test_a_menu_is_changed_approved_and_on_the_page_at_the_next_request(
    clinic: StarterClinic, chromium: Browser
) -> None:
    menu = f"snippets/home/menu/edit/{number(clinic, THE_MENU)}/"

    # Given a visitor whose page comes from the cache, and has no such entry
    with reader(chromium, clinic, language="en") as visitor:
        visitor.asks_for("")
        assert visitor.asks_for("") == "hit"
        expect(visitor.page.locator("header nav a", has_text="Find it here")).to_have_count(0)

        # When an editor adds an entry to the menu and submits it
        with writer(chromium, clinic, "editor") as tamara:
            tamara.opens(menu)
            tamara.adds_a_block("items", "Link")
            tamara.page.locator("[name^=items-][name$=-value-label]:visible").last.fill("Find it here")
            tamara.page.locator("[name^=items-][name$=-value-route]:visible").last.select_option("search")
            expect(tamara.action("publish")).to_have_count(0)
            tamara.chooses("submit")

        # Then nothing has changed for the visitor: a draft makes no page old
        assert visitor.asks_for("") == "hit"
        expect(visitor.page.locator("header nav a", has_text="Find it here")).to_have_count(0)

        # And when a publisher, who finds it on her first page, approves it
        with writer(chromium, clinic, "publisher") as lina:
            expect(lina.page.locator("main")).to_contain_text("Main menu")
            lina.opens(menu)
            lina.chooses("approve")

        # Then it is there with the next request, and from the second one it comes from the cache again
        assert visitor.asks_for("") == "miss"
        finds_in_the_menu(visitor, "Find it here")
        assert visitor.asks_for("") == "hit"

    with reader(chromium, clinic, language="en", screen=PHONE) as visitor:
        assert visitor.asks_for("") == "hit"
        finds_in_the_menu(visitor, "Find it here")


def test_a_page_is_translated_side_by_side_and_published_by_who_publishes_arabic(
    clinic: StarterClinic, chromium: Browser
) -> None:
    # Given a page that a publisher has published in English
    with writer(chromium, clinic, "publisher") as lina:
        lina.opens(f"pages/add/content/standardpage/{number(clinic, THE_ENGLISH_HOME)}/")
        lina.page.locator("[name=title]").fill("Where to park")
        lina.page.locator("[name=introduction]").fill("Behind the house there is room for ten cars.")
        lina.chooses("publish")

    # Then Arabic visitors read it in English, with a notice
    for screen in SCREENS.values():
        with reader(chromium, clinic, language="ar", screen=screen) as visitor:
            visitor.opens("where-to-park/")
            expect(visitor.page.locator(".notice-above")).to_contain_text("غير متوفرة بعد بالعربية")
            expect(visitor.page.locator("main [lang=en] h1")).to_have_text("Where to park")

    # When an editor translates it, text by text beside its source
    with writer(chromium, clinic, "editor") as tamara:
        tamara.opens(f"pages/{page_number(clinic, 'where-to-park')}/edit/")
        tamara.opens_the_panel("translation").get_by_role("link", name=re.compile("Translate into")).click()
        tamara.submits("form[method=post] button.button[type=submit]")
        expect(tamara.page.locator(".beside__source").first).to_have_text("Where to park")
        tamara.page.locator(".beside__own input, .beside__own textarea").nth(0).fill("أين توقفون سيارتكم")
        for pair in tamara.page.locator(".beside__pair").all():
            if "ten cars" in pair.inner_text():
                pair.locator("textarea, input").first.fill("خلف المبنى متّسع لعشر سيارات.")
        tamara.submits(".beside__end button")

    # Then it is a draft: nothing has changed for visitors
    with reader(chromium, clinic, language="ar") as visitor:
        visitor.opens("where-to-park/")
        expect(visitor.page.locator(".notice-above")).to_have_count(1)

    # And when the publisher of Arabic publishes it, in an editor that speaks Arabic
    with writer(chromium, clinic, "nashir", language="ar") as hala:
        hala.opens(f"pages/{page_number(clinic, 'where-to-park', language='ar')}/edit/")
        expect(hala.page.locator("[name=title]")).to_have_value("أين توقفون سيارتكم")
        hala.chooses("publish")

    # Then the switch above the English page leads to it, and the notice is gone
    for screen in SCREENS.values():
        with reader(chromium, clinic, language="en", screen=screen) as visitor:
            visitor.opens("where-to-park/")
            visitor.page.locator("header .language").first.click()
            visitor.language = "ar"
            expect(visitor.page.locator("h1")).to_have_text("أين توقفون سيارتكم")
            visitor.sees_a_page_in_their_language()
            visitor.sees("خلف المبنى متّسع لعشر سيارات.")
            expect(visitor.page.locator(".notice-above")).to_have_count(0)


def page_number(clinic: StarterClinic, slug: str, *, language: str = "en") -> int:
    """Of the page of that language whose English address is `slug`."""
    return number(clinic, THE_PAGE, language, slug)


def test_a_banner_appears_and_goes_at_the_times_that_were_set(clinic: StarterClinic, chromium: Browser) -> None:
    words = "The lift is out of order."

    # Given a banner that a publisher has scheduled
    with writer(chromium, clinic, "publisher") as lina:
        lina.opens("snippets/home/announcement/add/?locale=en")
        lina.page.locator("[name=message]").fill(words)
        lina.chooses("save")
        soon = datetime.now(UTC) + timedelta(hours=24)
        lina.schedules(appears=f"{soon:%Y-%m-%d %H:%M}", expires=f"{soon + timedelta(hours=8):%Y-%m-%d %H:%M}")
        lina.chooses("publish")

        # Then it stands among what is to come, and no visitor sees it
        lina.opens("")
        expect(lina.page.locator("main")).to_contain_text(words)

    with reader(chromium, clinic, language="en") as visitor:
        visitor.asks_for("")
        assert visitor.asks_for("") == "hit"
        expect(visitor.page.locator("body")).not_to_contain_text(words)

        # When its day comes, it stands above the page
        clinic.site.query(THE_DAY_HAS_COME)
        visitor.waits_for(words, path="")
        expect(visitor.page.locator(".banner", has_text=words)).to_be_visible()

        # And when its day is over, it is gone
        clinic.site.query(THE_DAY_IS_OVER)
        visitor.waits_for(words, path="", there=False)


def test_in_an_emergency_one_form_warns_the_visitors_of_both_languages(
    clinic: StarterClinic, chromium: Browser
) -> None:
    words = {"en": "Do not come in: the street is closed.", "ar": "لا تأتوا إلى العيادة: الشارع مغلق."}
    with writer(chromium, clinic, "publisher") as lina:
        # When a publisher fills in the form of her first page
        lina.submits("main a[href$='/emergency/']")
        for language in LANGUAGES:
            lina.page.locator(f"[name=message_{language}]").fill(words[language])
        lina.page.locator("[name=phone]").fill("06 555 0100")
        lina.submits("main form button[type=submit]")

        # Then every visitor sees it with the next request, on every screen, with a number to call
        for language in LANGUAGES:
            for screen in SCREENS.values():
                with reader(chromium, clinic, language=language, screen=screen) as visitor:
                    for path in ("", "doctors/"):
                        visitor.opens(path)
                        banner = visitor.page.locator(".banner--emergency", has_text=words[language])
                        expect(banner).to_be_in_viewport()
                        expect(banner.locator("a[href='tel:+96265550100']")).to_be_visible()

        # And when she takes it down, it is gone in both
        lina.submits("main form[action*=emergency] button")
    for language in LANGUAGES:
        with reader(chromium, clinic, language=language) as visitor:
            visitor.opens("")
            expect(visitor.page.locator(".banner--emergency")).to_have_count(0)


@pytest.mark.parametrize("screen", SCREENS)
def test_what_an_author_writes_waits_for_a_publisher(clinic: StarterClinic, chromium: Browser, screen: str) -> None:
    slug = f"a-new-x-ray-{screen}"
    with writer(chromium, clinic, "author") as sami:
        # When an author writes a page, there is no way to publish it
        sami.opens(f"pages/add/content/standardpage/{number(clinic, THE_ENGLISH_HOME)}/")
        sami.page.locator("[name=title]").fill(f"A new X-ray {screen}")
        sami.chooses("save")
        sami.opens_the_actions()
        expect(sami.action("submit")).to_be_visible()
        expect(sami.action("publish")).to_have_count(0)

        # And a browser that asks for it all the same gets a draft
        sami.page.evaluate(
            """() => {
                const action = Object.assign(document.createElement("input"),
                    {type: "hidden", name: "action-publish", value: "1"});
                document.querySelector("#page-edit-form, [data-edit-form]").append(action);
            }"""
        )
        sami.chooses("save")

    # Then no visitor finds it
    with reader(chromium, clinic, language="en", screen=SCREENS[screen]) as visitor:
        answer = visitor.page.goto(f"{clinic.address}/en/{slug}/")
        assert answer
        assert answer.status == 404
