"""Two ways to work at a desk: with the mouse, or by keyboard alone. A test that takes both says each task once."""

from playwright.sync_api import Locator, Page, expect

FARTHEST = 200  # presses of Tab to anything on a page
IS_FOCUSED = "element => element === document.activeElement"


class Mouse:
    """Points at things; what a list offers is chosen by its value, since a browser draws the list itself."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reaches(self, place: Locator) -> None:
        place.click()

    def presses(self, place: Locator) -> None:
        place.click()

    def writes(self, place: Locator, text: str) -> None:
        self.reaches(place)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def chooses(self, place: Locator, value: str) -> None:
        place.select_option(value)

    def goes_on(self, place: Locator) -> None:
        """Press what leads to another page, and wait for that."""
        with self.page.expect_navigation():
            self.presses(place)


class Keyboard(Mouse):
    """Reaches everything by Tab, as it comes, and never points."""

    def reaches(self, place: Locator) -> None:
        expect(place).to_be_visible()
        for _press in range(FARTHEST):
            if place.evaluate(IS_FOCUSED):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{place} cannot be reached by the keyboard")

    def presses(self, place: Locator) -> None:
        self.reaches(place)
        self.page.keyboard.press("Space" if place.get_attribute("type") in {"radio", "checkbox"} else "Enter")

    def chooses(self, place: Locator, value: str) -> None:
        """Down the list from its first line."""
        self.reaches(place)
        self.page.keyboard.press("Home")
        for _press in range(place.locator("option").count()):
            if place.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{place} offers no {value}")


HANDS: dict[str, type[Mouse]] = {"mouse": Mouse, "keyboard": Keyboard}
