"""Each form of ours, sent as a person would send it but for a field or two."""

from typing import Any

import pytest
from django.test.client import MULTIPART_CONTENT
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.addresses import our_addresses
from tests.fuzz.found import Found, find_forms
from tests.fuzz.knocking import FORM, Knock, check
from tests.fuzz.odd import WORD
from tests.fuzz.town import PEOPLE, Town

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("fuzz")]  # one clinic for all


@pytest.fixture(scope="module")
def found(town: Town) -> list[Found]:
    return find_forms(town, our_addresses())


@st.composite
def nearly(draw: Any, each: Found) -> Knock:
    """The form with one field or two changed, doubled, or left out."""
    form = each.form
    sent = [(name, value) for name, values in form.fields.items() for value in values]
    if form.buttons:
        sent.append(draw(st.sampled_from(form.buttons)))
    for _ in range(draw(st.integers(0, 2)) if sent else 0):
        place = draw(st.integers(0, len(sent) - 1))
        name = sent[place][0]
        how = draw(st.sampled_from(["change", "change", "change", "double", "drop"]))
        if how == "drop" and len(sent) > 1:
            del sent[place]
        elif how == "double":
            sent.append((name, draw(WORD)))
        else:
            sent[place] = (name, draw(WORD))
    who = draw(st.sampled_from([each.who] * 4 + list(PEOPLE)))
    if form.method == "GET":
        return Knock(who, "GET", form.path, tuple(sent))
    kind = draw(st.sampled_from([FORM, FORM, MULTIPART_CONTENT]))
    return Knock(who, "POST", form.path, body=tuple(sent), kind=kind)


def test_nearly_what_a_person_would_send_is_answered(town: Town, found: list[Found], examples: Any) -> None:
    faults = []
    for each in found:
        try:
            send(town, each, examples(2))
        except Exception as fault:  # noqa: BLE001 # told below, with those of the other forms
            faults.append(f"{each}: {fault!r} {' '.join(getattr(fault, '__notes__', ()))}")
    assert len(found) > 80
    assert not faults, "\n".join(faults)


def send(town: Town, each: Found, chosen: Any) -> None:
    @chosen
    @given(nearly(each))
    def knock(one: Knock) -> None:
        check(town, each.address, one)

    knock()
