"""What every store of media has in common: which folders are public, for how long, and how it fails."""

# Names in these folders are never used for another picture, so browsers may keep them.
PUBLIC_FOLDERS = ("images/", "original_images/")
YEAR = 365 * 24 * 3600  # seconds
IMMUTABLE = f"public, max-age={YEAR}, immutable"


class StoreFault(OSError):
    """A store that is reached over the network does not answer, or refuses."""
