"""A question is planned once for each connection, and seen by whoever watches."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from clinic.lib.planned import ask_planned

QUESTION = "SELECT n, 7 %% 4 FROM generate_series(1, %(most)s) n WHERE n <> ALL(%(without)s)"
KINDS = {"without": "integer[]", "most": "integer", "unused": "text"}


def plans() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements WHERE name LIKE 'planned_%'")
        return int(cursor.fetchone()[0])


@pytest.fixture
def fresh(transactional_db: None) -> Iterator[None]:
    connection.close()
    yield
    connection.close()


@pytest.mark.usefixtures("fresh")
def test_a_question_is_planned_once_and_its_answers_follow_its_parameters() -> None:
    assert ask_planned(QUESTION, {"most": 3, "without": [2]}, kinds=KINDS) == [(1, 3), (3, 3)]
    assert ask_planned(QUESTION, {"most": 1, "without": []}, kinds=KINDS) == [(1, 3)]
    assert plans() == 1


@pytest.mark.usefixtures("fresh")
def test_a_new_connection_plans_anew() -> None:
    ask_planned(QUESTION, {"most": 1, "without": []}, kinds=KINDS)
    connection.close()
    assert plans() == 0
    assert ask_planned(QUESTION, {"most": 1, "without": []}, kinds=KINDS) == [(1, 3)]
    assert plans() == 1


@pytest.mark.usefixtures("fresh")
def test_a_plan_holds_for_all_parameters_and_takes_no_time_again() -> None:
    for most in range(8):  # without the setting PostgreSQL would plan the first five anew
        ask_planned(QUESTION, {"most": most, "without": []}, kinds=KINDS)
    with connection.cursor() as cursor:
        cursor.execute("SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE name LIKE 'planned_%'")
        assert cursor.fetchall() == [(8, 0)]


@pytest.mark.django_db
def test_who_watches_statements_sees_the_question_and_counts_it_once() -> None:
    heard: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        heard.append(sql)
        return execute(sql, params, many, context)

    with CaptureQueriesContext(connection) as queries, connection.execute_wrapper(listen):
        ask_planned(QUESTION, {"most": 1, "without": []}, kinds=KINDS)

    assert heard == [QUESTION]
    assert len(queries) == 1
