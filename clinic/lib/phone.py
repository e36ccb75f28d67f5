"""Telephone numbers: read from what people type, kept as E.164."""

import phonenumbers
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


def to_e164(typed: str, *, region: str | None = None) -> str:
    """The number in E.164, as in "+962791234567". Arabic-Indic digits, spaces and 00 are understood.

    A number without a country code is read as one of `region` (ISO 3166 alpha-2, the clinic's by default).
    Raises `ValidationError` for what no telephone could ring.
    """
    try:
        number = phonenumbers.parse(typed, region or settings.PHONE_REGION)
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_valid_number(number):
        raise ValidationError(
            _("Enter a phone number that we can call, for example 079 123 4567 or +962 79 123 4567."), code="phone"
        )
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def for_reading(e164: str) -> str:
    """The number as it is printed, in international form: "+962 7 9123 4567"; unknown text stays as it is."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return e164
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def numbers_in(text: str) -> list[str]:
    """The telephone numbers that stand in `text`, as they are written there. Extensions and short codes are none."""
    return [match.raw_string for match in phonenumbers.PhoneNumberMatcher(text, settings.PHONE_REGION)]


def can_text(e164: str) -> bool:
    """Whether `e164` can take an SMS: any number but those that are known to be a landline or a service."""
    try:
        number = phonenumbers.parse(e164)
    except phonenumbers.NumberParseException:
        return False
    kinds = phonenumbers.PhoneNumberType
    texting = (kinds.MOBILE, kinds.FIXED_LINE_OR_MOBILE, kinds.PERSONAL_NUMBER, kinds.UNKNOWN)
    return phonenumbers.is_valid_number(number) and phonenumbers.number_type(number) in texting
