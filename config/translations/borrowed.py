"""Texts of Django and Wagtail that have no Arabic in those versions, or none that an editor understands.

Our catalogue wins over theirs, so that nobody meets English in between.

Never imported: the extraction reads it like any other source. A text that a newer version translates by itself
can go from here. Of what only developers or features that are switched off show, nothing stands here.
"""

from django.utils.translation import gettext_noop, ngettext_lazy

DJANGO = (
    gettext_noop("Conflicting form data submitted. Please try again."),
    gettext_noop("Constraint “%(name)s” is violated."),
    gettext_noop("Disabled"),
    gettext_noop("Enable password-based authentication for this user by setting a password."),
    gettext_noop("Enabled"),
    gettext_noop("Enter a valid domain name."),
    gettext_noop("Ensure this value is a multiple of step size %(limit_value)s."),
    gettext_noop("Password-based authentication"),
    gettext_noop("Password-based authentication was disabled."),
    gettext_noop("Raw passwords are not stored, so there is no way to see the user’s password."),
    gettext_noop("Reset password"),
    gettext_noop("Set password"),
    gettext_noop("Set password: %s"),
    ngettext_lazy("Please submit at least %(num)d form.", "Please submit at least %(num)d forms.", "num"),
    ngettext_lazy("Please submit at most %(num)d form.", "Please submit at most %(num)d forms.", "num"),
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "min_length",
    ),
)
WAGTAIL = (
    gettext_noop("%(model_name)s scheduled for publishing"),
    gettext_noop("%(model_name)s scheduled for publishing at %(go_live_at)s"),
    gettext_noop("%(model_name)s unscheduled for publishing at %(go_live_at)s"),
    gettext_noop("%(model_name)s unscheduled from publishing"),
    gettext_noop("- Select an option -"),
    gettext_noop("Bold"),
    gettext_noop("Cancelled by %(cancelled_by)s"),
    gettext_noop("Italic"),
    gettext_noop("Locale"),
    gettext_noop("Locked by"),
    # Said of translations that one may not change, too: ours leads to the panel that knows.
    gettext_noop("No other translations"),
    gettext_noop(
        'See our <a href="%(guide_link)s" target="_blank">content checks guide</a>'
        " for more information on how content metrics are calculated."
    ),
    gettext_noop("This data explained"),
    gettext_noop('You do not have permission to publish pages at "%(page_title)s"'),
    gettext_noop("unknown number"),
)
