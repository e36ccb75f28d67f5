"""Opaque references: what stands in public addresses and what people read aloud, never a row's id."""

import secrets

# Crockford's base 32 without the letters that sound or look like a digit: https://www.crockford.com/base32.html
ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_reference() -> str:
    """Ten random characters (49 bits), as in "K7QMW4TZDH": unguessable enough beside a rate limit."""
    return "".join(secrets.choice(ALPHABET) for _ in range(10))


def is_reference(text: str) -> bool:
    """Whether `text` could be a reference; no query need look for anything else."""
    return len(text) == 10 and set(text) <= set(ALPHABET)


def spoken(reference: str) -> str:
    """The reference in two groups, as it is printed and read aloud: "K7QMW-4TZDH"."""
    return f"{reference[:5]}-{reference[5:]}"


def from_typed(text: str) -> str:
    """The reference in what a person typed: spaces and hyphens dropped, letters raised."""
    return "".join(text.split()).replace("-", "").upper()
