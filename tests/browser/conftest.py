"""A real browser: an installed Chromium, driven by Playwright against a live server.

Without one the tests are skipped by name; with CI=true that is a failure.
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from wagtail.models import Locale, Site
from wagtail_factories import SiteFactory

from tests.browser.program import HEADLESS
from tests.factories.home import HomePageFactory

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-quic",
    # A page of another site, made up by a test, may ask for what this machine serves.
    "--disable-features=LocalNetworkAccessChecks",
]


# For one module only: while it is open, this thread has a running loop, which other tests would stumble over.
@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    if not HEADLESS or not Path(HEADLESS).exists():
        reason = "No Chromium is installed: the browser tests need one (apt-get install chromium)."
        if os.environ.get("CI") == "true":
            pytest.fail(reason)
        pytest.skip(reason)
    # Playwright's loop runs in this thread; Django would take it for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=HEADLESS, args=FLAGS)
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def phone(chromium: Browser) -> Iterator[BrowserContext]:
    """A phone that asks for Arabic."""
    context = chromium.new_context(
        viewport={"width": 360, "height": 740}, device_scale_factor=2, is_mobile=True, has_touch=True, locale="ar"
    )
    yield context
    context.close()


@pytest.fixture
def desk(chromium: Browser) -> Iterator[BrowserContext]:
    """A computer that asks for English."""
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en")
    yield context
    context.close()


@pytest.fixture
def desk_without_scripts(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 1280, "height": 800}, locale="en", java_script_enabled=False)
    yield context
    context.close()


@pytest.fixture
def site_root(transactional_db: None) -> None:
    """The site and its languages, which tests that empty the tables have taken away."""
    for language in ("en", "ar"):
        Locale.objects.get_or_create(language_code=language)
    if not Site.objects.exists():
        SiteFactory(hostname="localhost", is_default_site=True, root_page=HomePageFactory())
