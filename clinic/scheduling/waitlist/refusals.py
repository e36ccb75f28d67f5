"""Why something about the waitlist was not done."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "over": _("The time for an answer is over, and this visit may be offered to somebody else."),
    "answered": _("This offer was already answered."),
    "ended": _("This entry of the waitlist has already ended."),
    "busy": _("Many people are booking right now. Please try again in a moment."),
}


class WaitlistRefused(Exception):
    """Nothing was written. `code` is a key of `REFUSALS`."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> str | Promise:
        """One sentence for the reader, translated when it is shown."""
        return REFUSALS[self.code]
