"""A link leads to exactly one place."""

import pytest
from wagtail.blocks.struct_block import StructBlockValidationError

from content.blocks import FooterLinkBlock, LinkBlock
from tests.home.website import Website

EMPTY = {"label": "", "page": None, "route": "", "address": "", "phone": ""}


@pytest.mark.parametrize(
    "target",
    [
        {"route": "book"},
        {"label": "Ministry", "address": "https://moh.gov.jo"},
        {"phone": "06 555 0100"},
    ],
)
def test_a_link_to_one_place_is_taken(target: dict[str, str]) -> None:
    block = LinkBlock()
    block.clean(block.to_python({**EMPTY, **target}))


@pytest.mark.parametrize(
    "targets",
    [
        {},
        {"label": "Nowhere"},
        {"route": "book", "phone": "06 555 0100"},
        {"label": "Two", "address": "https://moh.gov.jo", "route": "doctors"},
        {"address": "https://moh.gov.jo"},
        {"label": "Script", "address": "javascript:alert(1)"},
        {"phone": "12"},
        {"route": "nonsense"},
    ],
)
def test_a_link_to_nowhere_or_to_two_places_is_refused(targets: dict[str, str]) -> None:
    block = LinkBlock()
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({**EMPTY, **targets}))


def test_a_page_and_an_address_together_are_refused(website: Website) -> None:
    block = LinkBlock()
    value = block.to_python({**EMPTY, "page": website.homes["en"].pk, "address": "https://moh.gov.jo"})
    with pytest.raises(StructBlockValidationError):
        block.clean(value)


def test_a_phone_is_kept_in_international_form() -> None:
    block = LinkBlock()
    assert block.clean(block.to_python({**EMPTY, "phone": "٠٦ ٥٥٥ ٠١٠٠"}))["phone"] == "+96265550100"


def test_a_link_that_nobody_needs_may_stay_empty() -> None:
    block = LinkBlock(required=False)
    assert not any(block.clean(block.to_python(EMPTY)).values())


def test_the_key_of_a_footer_link_is_for_programs() -> None:
    block = FooterLinkBlock()
    assert block.clean(block.to_python({**EMPTY, "route": "book", "key": "book-now"}))["key"] == "book-now"
    with pytest.raises(StructBlockValidationError):
        block.clean(block.to_python({**EMPTY, "route": "book", "key": "Book now"}))
