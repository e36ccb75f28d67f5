"""The stamp of a form: when it was shown, and under which reference its answers will be kept.

A stamp keeps one set of answers: who sends the same form twice, or replays it, finds the enquiry that is there.
"""

from dataclasses import dataclass
from datetime import timedelta

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner

from clinic.lib.references import new_reference

LEAST = timedelta(seconds=3)  # nobody reads and fills in a form faster
MOST = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Stamp:
    text: str
    reference: str

    @property
    def is_fresh(self) -> bool:
        """Whether the form was shown less than `LEAST` ago: a program has filled it in."""
        return read(self.text, self._page, most=LEAST) is not None

    @property
    def _page(self) -> int:
        return int(self.text.partition(".")[0])


def new_stamp(page: int) -> Stamp:
    reference = new_reference()
    return Stamp(_signer().sign(f"{page}.{reference}"), reference)


def read(text: str, page: int, *, most: timedelta = MOST) -> Stamp | None:
    """The stamp that `text` is; None for a forged one, for that of another page and for one older than `most`."""
    try:
        number, _dot, reference = _signer().unsign(text, max_age=most).partition(".")
    except (SignatureExpired, BadSignature):
        return None
    return Stamp(text, reference) if number == str(page) else None


def _signer() -> TimestampSigner:
    return TimestampSigner(salt="content.enquiries")
