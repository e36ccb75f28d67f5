"""Pictures of the starter clinic as images that editors can use."""

from django.core.files.base import ContentFile

from content.models import ClinicImage
from home.starter.files import picture
from home.starter.ledger import Ledger


def load_image(ledger: Ledger, name: str, *, title: str, alt_en: str = "", alt_ar: str = "") -> ClinicImage | None:
    """The image of `site/seed/<name>.svg`, stored now; None when it was stored before and an editor deleted it.

    Empty alternative texts mark a decorative picture.
    """
    key, path = f"image:{name}", picture(name)
    if ledger.has(key):
        return ClinicImage.objects.filter(title=title).order_by("pk").first()
    image = ClinicImage(title=title, alt_en=alt_en, alt_ar=alt_ar)
    image.file.save(path.name, ContentFile(path.read_bytes()), save=False)
    image.full_clean(exclude=["file_hash", "file_size", "width", "height"])
    image.file_size = path.stat().st_size
    image.save()
    ledger.write([key], created=1)
    return image
