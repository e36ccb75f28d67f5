"""Ways to a map that readers choose themselves: this site asks no one for one."""

from clinic.directory.models import Location


def map_of(location: Location) -> str:
    """The address of a map on a site that asks readers for nothing; empty while nobody has measured the place."""
    if not is_measured(location):
        return ""
    at = f"{location.latitude}/{location.longitude}"
    return f"https://www.openstreetmap.org/?mlat={location.latitude}&mlon={location.longitude}#map=17/{at}"


def map_links(location: Location) -> list[tuple[str, str]]:
    """Name and address of each map service; the names are the same in every language."""
    if not is_measured(location):
        return []
    at = f"{location.latitude},{location.longitude}"
    return [
        ("OpenStreetMap", map_of(location)),
        ("Google Maps", f"https://www.google.com/maps/search/?api=1&query={at}"),
        ("Apple Maps", f"https://maps.apple.com/?ll={at}&q={at}"),
    ]


def geo_of(location: Location) -> str:
    """What opens the map of a phone (RFC 5870); empty without coordinates."""
    return f"geo:{location.latitude},{location.longitude}" if is_measured(location) else ""


def is_measured(location: Location) -> bool:
    return location.latitude is not None and location.longitude is not None
