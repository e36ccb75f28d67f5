"""A clinic that shows Hijri dates."""

from clinic.directory.models import HijriSetting


def show_hijri(*, shift: int = 0) -> None:
    HijriSetting.objects.update(is_shown=True, shift=shift)
