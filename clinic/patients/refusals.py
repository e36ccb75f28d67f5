"""Why two patients were not merged, or a merge was not undone: a code for programs, a sentence for people."""

from django.utils.translation import gettext_lazy as _

MERGE_REFUSALS = {
    "same": _("These are one file already."),
    "merged": _("One of the two has been merged meanwhile. Nothing was changed."),
    "changed": _("Somebody has changed one of the two meanwhile, and nothing was saved. Please look again."),
    "undone": _("This merge has been undone already."),
    "merged_on": _("%(name)s was merged into another file later. Undo that merge first."),
    "details": _(
        "After the merge these details of %(name)s were changed again: %(fields)s. "
        "To undo it would lose that change. Nothing was changed."
    ),
    "rows": _("Some of what was moved belongs to another patient by now: %(rows)s. Nothing was changed."),
    "busy": _("Somebody is working on one of the two at this moment. Please try again."),
}


class MergeRefused(Exception):
    """Nothing was written. `code` is a key of `MERGE_REFUSALS`, whose sentence may name `details`."""

    def __init__(self, code: str, **details: str) -> None:
        super().__init__(code)
        self.code = code
        self.details = details

    @property
    def message(self) -> str:
        """For the reader, in their language."""
        return str(MERGE_REFUSALS[self.code]) % self.details
