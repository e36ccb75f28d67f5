"""Pictures of screens, light enough for a page of the documents."""

from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

HEAVIEST = 150 * 1024  # bytes of one picture


def take(page: Page, target: Path) -> None:
    """What is on the screen, as WebP: a fifth of the bytes of a PNG."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    with Image.open(BytesIO(page.screenshot(animations="disabled", caret="hide"))) as picture:
        picture.convert("RGB").save(target, "WEBP", quality=86, method=6)
    assert 4 * 1024 < target.stat().st_size < HEAVIEST
