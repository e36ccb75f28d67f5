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

    def takes(self, visit: Locator, *, to: Locator, practitioner: int) -> None:
        """Bring a visit of the board to another column, at its time: that of `practitioner`."""
        (x, y), (column, _top) = middle(visit), middle(to)
        self.page.mouse.move(x, y)
        self.page.mouse.down()
        self.page.mouse.move(column, y, steps=6)
        self.page.mouse.up()


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

    def takes(self, visit: Locator, *, to: Locator, practitioner: int) -> None:
        """By the form that M opens."""
        self.reaches(visit)
        with self.page.expect_navigation():
            self.page.keyboard.press("m")
        self.chooses(self.page.locator("[name=practitioner]"), str(practitioner))
        self.goes_on(self.page.locator(".iyada-move button[type=submit]").first)


def middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


HANDS: dict[str, type[Mouse]] = {"mouse": Mouse, "keyboard": Keyboard}
