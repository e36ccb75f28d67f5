"""Makes the files of pictures, one picture at a time, with memory that a limit bounds."""

import copy
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image as Pillow
from PIL import ImageOps
from wagtail.images.models import IMAGE_FORMAT_EXTENSIONS, Filter
from willow.plugins.pillow import PillowImage

from content.models import ClinicImage, ClinicRendition
from content.pictures.uses import USES, Use

log = logging.getLogger(__name__)
# Pixels that all sizes are cut from: enough for the widest, and for the tallest crop of a panorama.
LONG_SIDE, SHORT_SIDE = 2880, 1200


class Superseded(Exception):
    """The picture was given another file, or deleted, while its sizes were made."""


class Prepared(Filter):
    """A filter of Wagtail's that starts from a picture in memory, so that many sizes cost one decoding."""

    def __init__(self, spec: str, source: Pillow.Image) -> None:
        super().__init__(spec)
        self.source = source

    @contextmanager
    def get_willow_image(self, image: Any, source: Any = None) -> Iterator[PillowImage]:
        willow = PillowImage(self.source)
        willow.format_name = "png"  # the filter asks only whether it is a drawing
        yield willow


def lacking(image: ClinicImage) -> list[tuple[Use, str]]:
    """What is not prepared yet: pairs of a use and a filter, whose format is "plain" where only the alpha decides."""
    if image.is_svg():
        return []
    there = {(row.filter_spec, row.focal_point_key) for row in image.renditions.all()}
    found: list[tuple[Use, str]] = []
    for use in USES.values():
        key = use.focal_key(image)
        found += [(use, spec) for spec in use.wanted(image) if (spec, key) not in there]
        if not any((spec, key) in there for spec in use.fallbacks):
            found.append((use, f"{use.operation(use.fallback)}|format-plain"))
    return found


def prepare(image: ClinicImage) -> int:
    """Make every file that `image` lacks, and return how many. All of them appear at once, on commit.

    Crops around an earlier focal point go with the same commit. Nothing is kept, and nothing returned, if the image
    was given another file or deleted meanwhile. Raises OSError when the original cannot be read or decoded, or the
    store takes no file.
    """
    image = ClinicImage.objects.prefetch_related("renditions").get(pk=image.pk)
    work = lacking(image)
    if not work:
        return 0
    source = decode(image)
    model = scaled(image, source)
    made: list[ClinicRendition] = []
    try:
        with transaction.atomic():
            for use, spec in work:
                made.append(make(image, use, spec.replace("plain", plain_format(source)), source=source, model=model))
            hold(image)
            for row in superseded(image):
                row.delete()  # its file goes on commit
    except Superseded:
        forget_files(made)
        return 0
    except BaseException:
        forget_files(made)
        raise
    return len(made)


def hold(image: ClinicImage) -> None:
    """From here to the commit nobody can replace the file of `image`. Raises Superseded if somebody has."""
    held = ClinicImage.objects.select_for_update().filter(pk=image.pk)
    if image.file.name not in held.values_list("file", flat=True):
        raise Superseded


def superseded(image: ClinicImage) -> list[ClinicRendition]:
    """The crops around a focal point that `image` has no more."""
    keys = {spec: use.focal_key(image) for use in USES.values() for spec in use.prepared}
    rows = ClinicRendition.objects.filter(image=image, filter_spec__in=keys)
    return [row for row in rows if row.focal_point_key != keys[row.filter_spec]]


def decode(image: ClinicImage) -> Pillow.Image:
    """The picture upright, in RGB or RGBA, no larger than needed, without what the camera noted."""
    with image.open_file() as file, Pillow.open(file) as picture:
        size = working_size(*picture.size)
        picture.draft(None, size)  # a JPEG is decoded at a fraction of its size
        profile = picture.info.get("icc_profile") if picture.mode in ("RGB", "RGBA") else None
        flat = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
        flat.thumbnail(size, Pillow.Resampling.LANCZOS, reducing_gap=2.0)
        flat.info["exif"] = picture.info.get("exif", b"")
        plain = ImageOps.exif_transpose(flat)
    # The place where a photograph was taken is nobody's business.
    plain.info = {"icc_profile": profile} if profile else {}
    return plain


def working_size(width: int, height: int) -> tuple[int, int]:
    long, short = max(width, height), min(width, height)
    factor = min(1.0, max(LONG_SIDE / long, SHORT_SIDE / short))
    return max(1, round(width * factor)), max(1, round(height * factor))


def scaled(image: ClinicImage, source: Pillow.Image) -> ClinicImage:
    """`image` as if the decoded picture were the original: the focal point at the same spot of it."""
    model = copy.copy(image)
    factor = max(source.size) / max(1, image.width, image.height)
    for name in ("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"):
        value = getattr(image, name)
        setattr(model, name, None if value is None else round(value * factor))
    model.width, model.height = source.size
    return model


def plain_format(source: Pillow.Image) -> str:
    """The format for old browsers: JPEG, but PNG for a picture that one can see through."""
    if source.mode == "RGBA" and source.getchannel("A").histogram()[-1] < source.width * source.height:
        return "png"
    return "jpeg"


def make(image: ClinicImage, use: Use, spec: str, *, source: Pillow.Image, model: ClinicImage) -> ClinicRendition:
    output = Prepared(spec, source).run(model, BytesIO())
    key = use.focal_key(image)
    # The original's name is never used twice (see ClinicImage), so neither is this one.
    stem = PurePath(image.file.name).stem[:60]
    words = ".".join(filter(None, [stem, key, spec.split("|", maxsplit=1)[0]]))
    file = ContentFile(output.f.getvalue(), name=words + IMAGE_FORMAT_EXTENSIONS[output.format_name])
    return ClinicRendition.objects.create(image=image, filter_spec=spec, focal_point_key=key, file=file)


def forget_files(made: list[ClinicRendition]) -> None:
    """Remove files whose rows were never committed. A store that does not even do that is only worth a line."""
    for row in made:
        try:
            row.file.storage.delete(row.file.name)
        except Exception:  # noqa: BLE001 - each store has faults of its own
            log.warning("A file is left over: %s", row.file.name)
