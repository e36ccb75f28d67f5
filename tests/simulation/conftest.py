import json
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

JSONB = 3802  # its oid; Django leaves the reading of JSON to its fields


def ask_here(statement: str, values: dict[str, Any] | None = None) -> list[dict[str, Any]]:
    """The rows of one statement on this process's own connection, as `Portal.ask` gives them."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        columns = cursor.description or []
        rows = cursor.fetchall() if columns else []
    return [
        {
            column.name: json.loads(value) if column.type_code == JSONB else value
            for column, value in zip(columns, row, strict=True)
        }
        for row in rows
    ]


@pytest.fixture
def ask(db: None) -> Callable[..., list[dict[str, Any]]]:
    return ask_here
