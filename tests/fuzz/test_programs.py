"""What other programs are told of our addresses (docs/openapi.json) is what they find, whatever they send."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, transaction
from hypothesis import given
from hypothesis import strategies as st
from schemathesis import GenerationMode

from clinic.accounts.enums import Role
from config.charsets import OnlyUtf8
from tests.fuzz.addresses import our_addresses
from tests.fuzz.town import Town

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("fuzz")]  # one clinic for all
TOLD = json.loads((Path(__file__).parents[2] / "docs" / "openapi.json").read_text())
OPERATIONS = [(path, method) for path, methods in TOLD["paths"].items() for method in methods]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """Django ends a request by closing what is in a transaction, as all of the town is."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def headers_of(town: Town, who: str) -> dict[str, str]:
    if who == "program":
        return {"Authorization": f"Bearer {town.key}"}
    cookies = town.client(who).cookies
    return {"Cookie": "; ".join(f"{name}={cookie.value}" for name, cookie in cookies.items())}


@pytest.mark.parametrize("who", ["program", Role.RECEPTIONIST, Role.ADMINISTRATOR])
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_programs_find_what_they_are_told(town: Town, examples: Any, path: str, method: str, who: str) -> None:
    schema = schemathesis.openapi.from_dict(TOLD)
    schema.app = OnlyUtf8(WSGIHandler())
    operation = schema[path][method.upper()]
    headers = headers_of(town, who)
    # What takes nothing can be asked nothing wrong.
    modes = list(GenerationMode) if "parameters" in TOLD["paths"][path][method] else [GenerationMode.POSITIVE]

    @examples(4)
    @given(st.one_of([operation.as_strategy(mode) for mode in modes]))
    def ask(case: Any) -> None:
        with transaction.atomic():
            answer = case.call(headers=headers)
            transaction.set_rollback(True)
        assert answer.status_code < 500
        operation.validate_response(answer)

    ask()


def test_everything_that_is_told_exists() -> None:
    routes = {f"/{address.route}" for address in our_addresses()}
    assert set(TOLD["paths"]) <= routes
