"""What is refused before anything decodes it: a picture of a few kilobytes may fill hundreds of megabytes."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from PIL import Image as Pillow
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from content.uploads import StoredAtOnce

# Pillow reads many more, some of them by starting other programs.
FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "AVIF")
TOO_LARGE = _(
    "This picture has %(size)s pixels: more than %(limit)s million, too many to open safely. "
    "Make it smaller, for example 3000 pixels wide, and upload it again."
)
TOO_LONG = _(
    "This picture moves: %(frames)s frames of %(size)s pixels are more than %(limit)s million pixels together, "
    "too many to open safely. Upload one still picture, or fewer frames."
)


def refuse_flood(file: UploadedFile, *, limit: int) -> None:
    """Raise `ValidationError` when the header of `file` announces more than `limit` pixels, all frames together.

    Only headers are read. What is no picture that we know is left to those who ask for its format.
    """
    try:
        with Pillow.open(file, formats=FORMATS) as picture:
            width, height = picture.size
            frames = getattr(picture, "n_frames", 1) if width * height <= limit else 1
    except Pillow.DecompressionBombError as fault:
        raise too_large(str(fault).split("(")[1].split(" ")[0], limit) from None
    except Exception:  # noqa: BLE001 - a broken file has as many faults as there are formats; Wagtail names them
        return
    finally:
        file.seek(0)
    size = f"\u2066{width} × {height}\u2069"  # in this order in Arabic too
    if width * height > limit:
        raise too_large(size, limit)
    if width * height * frames > limit:
        details = {"size": size, "frames": frames, "limit": limit // 1_000_000}
        raise ValidationError(TOO_LONG, code="file_too_many_pixels", params=details)


def too_large(size: str, limit: int) -> ValidationError:
    details = {"size": size, "limit": limit // 1_000_000}
    return ValidationError(TOO_LARGE, code="file_too_many_pixels", params=details)


class PictureField(WagtailImageField):
    """Wagtail's, which decodes a picture to learn how large it is, behind a look at the header."""

    def to_python(self, data: Any) -> Any:
        if isinstance(data, UploadedFile) and 0 < (data.size or 0) <= self.max_upload_size:
            refuse_flood(data, limit=self.max_image_pixels)
        return super().to_python(data)


class PictureForm(StoredAtOnce, BaseImageForm):
    """For single and multiple uploads and for the chooser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureField(label=given.label, required=given.required, widget=given.widget)
