"""The name of the site is the name that its e-mails are written under."""

from clinic.messaging.sender import name_comes_from
from home.models import SiteIdentity


def name_of_the_site() -> str:
    """In the active language; empty while nobody has named the site."""
    identity = SiteIdentity.objects.filter(site__is_default_site=True).first()
    return identity.name if identity else ""


name_comes_from(name_of_the_site)
