"""The places that show a picture. A task prepares each one in advance, so a place that is not here has no files."""

from dataclasses import dataclass
from functools import cached_property

from wagtail.images.models import AbstractImage, Filter


@dataclass(frozen=True)
class Use:
    """One place: the widths to prepare in pixels, the shape, and how wide the browser will draw it.

    `ratio` (width, height) crops around the focal point; without one the whole picture is kept. `height` bounds
    it too, for logos. AVIF comes in every width; old browsers get `fallback` alone, as JPEG or transparent PNG.
    """

    name: str
    widths: tuple[int, ...]
    fallback: int
    sizes: str = ""
    ratio: tuple[int, int] | None = None
    height: int | None = None
    has_avif: bool = True

    @cached_property
    def prepared(self) -> frozenset[str]:
        """Every filter of this use, in Wagtail's words, with the format: "fill-480x576|format-avif"."""
        avif = [f"{self.operation(width)}|format-avif" for width in self.widths] if self.has_avif else []
        return frozenset([*avif, *self.fallbacks])

    @cached_property
    def fallbacks(self) -> tuple[str, str]:
        """The filters of the one file for old browsers; only one of the two is made."""
        return tuple(f"{self.operation(self.fallback)}|format-{kind}" for kind in ("jpeg", "png"))  # type: ignore[return-value]

    def operation(self, width: int) -> str:
        if self.ratio:
            return f"fill-{width}x{round(width * self.ratio[1] / self.ratio[0])}"
        return f"max-{width}x{self.height}" if self.height else f"width-{width}"

    def wanted(self, image: AbstractImage) -> tuple[str, ...]:
        """The AVIF filters that `image` needs: none beyond its own size, for it is never enlarged."""
        if not self.has_avif:
            return ()
        natural = self.natural_width(image)
        beyond = [width for width in self.widths if width >= natural]
        enough = beyond[0] if beyond else self.widths[-1]
        return tuple(f"{self.operation(width)}|format-avif" for width in self.widths if width <= enough)

    def natural_width(self, image: AbstractImage) -> int:
        """How wide this use shows `image` at most, in its own pixels."""
        if self.ratio is None:
            return int(image.width)
        return min(int(image.width), int(image.height) * self.ratio[0] // self.ratio[1])

    def shape(self, image: AbstractImage) -> tuple[int, int]:
        """Width and height of the largest file of this use: what a page keeps free for it."""
        width = max(1, min(self.natural_width(image), self.widths[-1]))
        if self.ratio:
            return width, max(1, round(width * self.ratio[1] / self.ratio[0]))
        height = max(1, round(width * int(image.height) / max(1, int(image.width))))
        if self.height and height > self.height:
            return max(1, round(width * self.height / height)), self.height
        return width, height

    def focal_key(self, image: AbstractImage) -> str:
        """What Wagtail calls the focal point's key: it differs when the same filter would cut another part."""
        return str(Filter(self.operation(self.widths[0])).get_cache_key(image))


USES = {
    use.name: use
    for use in (
        Use("hero", (480, 960), 960, "(min-width: 34rem) 30rem, 92vw", ratio=(5, 6)),
        Use("card", (400, 800), 800, "(min-width: 60rem) 23rem, (min-width: 40rem) 46vw, 92vw", ratio=(8, 5)),
        Use("portrait", (160, 320, 480), 320, "7rem", ratio=(4, 5)),
        Use("body", (480, 960, 1440), 960, "(min-width: 74rem) 74rem, 100vw"),
        Use("logo", (352,), 352, height=96),
        # For networks, which read no AVIF: JPEG alone.
        Use("sharing", (1200,), 1200, ratio=(40, 21), has_avif=False),
    )
}
