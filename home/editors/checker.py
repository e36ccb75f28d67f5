"""What the browser looks for in a preview, besides the rules for what is stored."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.userbar import ContentCheckerItem

# Rules of axe that hold for what editors write; the frame around it is tested with the code.
MORE = ("image-alt", "list", "listitem", "th-has-data-cells", "duplicate-id-aria", "link-in-text-block", "valid-lang")


class ClinicChecker(ContentCheckerItem):
    axe_include = ["main"]
    axe_exclude = [".crumbs", ".notice__title", ".care__title", ".button"]
    axe_run_only = [*ContentCheckerItem.axe_run_only, *MORE]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "image-alt": {
            "error_name": _("The image has no alternative text"),
            "help_text": _("Write one in the image library, or mark the image as decorative."),
        },
        "heading-order": {
            "error_name": _("A heading leaves out a level"),
            "help_text": _("Under a heading comes the next smaller one."),
        },
    }
