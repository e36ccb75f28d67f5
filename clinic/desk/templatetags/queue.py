"""Small pieces of the queue's page."""

from django import template
from django.utils.translation import gettext as _

register = template.Library()


@register.filter
def minutes(number: int) -> str:
    """ "25 min", for a figure."""
    return _("%(number)d min") % {"number": number}
