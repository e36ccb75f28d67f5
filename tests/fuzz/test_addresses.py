"""Whatever is asked of an address of ours, by whomever, is answered; never by a fault of the server."""

from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from clinic.accounts.enums import Role
from tests.fuzz.addresses import Address, our_addresses
from tests.fuzz.knocking import FORM, Knock, check
from tests.fuzz.names import asked_by
from tests.fuzz.odd import BODIES, HEADER, METHODS, WORD
from tests.fuzz.town import PEOPLE, STRANGER, Town

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("fuzz")]  # one clinic for all
ADDRESSES = our_addresses()
# Where nothing is to be found: the tests keep no mail, and no document has a path in the memory.
NOT_THERE = {
    "documents/<slug:reference>/<path:filename>",
    "api/",
    "api/<path:rest>",
    "admin/sent-mail/",
    "admin/sent-mail/<slug:name>/",
    "admin/sent-mail/<slug:name>/<int:number>/",
}
NUMBERS = st.one_of(st.integers(0, 3), st.sampled_from([2**31, 2**63, 10**40, 10**4000]))
SLUGS = st.from_regex(r"[-a-zA-Z0-9_]{1,60}", fullmatch=True)
PARTS = {"int": NUMBERS, "slug": st.one_of(SLUGS, st.just("a" * 3000))}


def plain(town: Town, address: Address) -> Knock:
    """As somebody knocks who may come in."""
    who = Role.ADMINISTRATOR if address.is_guarded else STRANGER
    if address.route.startswith("admin/my-calendar"):
        who = Role.CLINICIAN
    path = address.path(lambda kind, name: town.value(address, kind, name), "en")
    return Knock(who, "GET", path, town.query(address), town.query(address))


@st.composite
def knocks(draw: Any, town: Town, address: Address) -> Knock:
    def part(kind: str, name: str) -> Any:
        if draw(st.integers(0, 4)):
            return town.value(address, kind, name)
        return draw(PARTS.get(kind, WORD)) or "0"

    names = st.sampled_from(asked_by(address))
    pairs = st.lists(st.tuples(names, WORD), max_size=4).map(tuple)
    method = draw(st.one_of(st.sampled_from(["GET", "POST"]), st.sampled_from(["GET", "POST"]), METHODS))
    body, kind = ((), FORM) if method == "GET" else draw(st.one_of(pairs.map(lambda each: (each, FORM)), BODIES))
    return Knock(
        who=draw(st.sampled_from(PEOPLE)),
        method=method,
        path=address.path(part, draw(st.sampled_from(["en", "ar"]))),
        query=draw(st.sampled_from([(), town.query(address)])) + draw(pairs),
        body=body,
        kind=kind,
        headers=dict(draw(st.lists(HEADER, max_size=2))),
    )


@pytest.mark.parametrize("address", [each for each in ADDRESSES if each.is_written_here], ids=str)
def test_the_fuzz_reaches_an_address(town: Town, address: Address) -> None:
    """Otherwise all that it sends would come to nothing: a new address may need a row in `open_town`."""
    knock = plain(town, address)
    with transaction.atomic():
        statuses = {knock.at(town).status_code}
        if statuses & {404, 405}:
            statuses = {replace(knock, method="POST").at(town).status_code}
        transaction.set_rollback(True)
    assert (404 in statuses) is (address.route in NOT_THERE), statuses
    assert max(statuses) < 500


@pytest.mark.parametrize("address", ADDRESSES, ids=str)
def test_an_address_answers_whatever_it_is_asked(town: Town, address: Address, examples: Any) -> None:
    is_ours = address.is_written_here

    @examples(2 if is_ours else 1)
    @given(knocks(town, address))
    def knock(each: Knock) -> None:
        check(town, address, each)

    knock()
