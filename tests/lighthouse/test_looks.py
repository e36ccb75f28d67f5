"""A look that the browser kept no record of is not taken for a verdict, nor a verdict for such a look."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.lighthouse.instrument import CATEGORIES, look

NO_RECORD = "Something went wrong with recording the trace over your page load. (NO_NAVSTART)"
WRONG = "Lighthouse was unable to reliably load the page you requested. (ERRORED_DOCUMENT_REQUEST)"
Program = Callable[..., Path]


def verdict(performance: float) -> str:
    scores = {name: {"score": 1 if name != "performance" else performance} for name in CATEGORIES}
    return json.dumps({"categories": scores, "audits": {}})


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """What says one after the other: a verdict on its output, or why there is none."""

    def made(*says: str) -> Path:
        for number, said in enumerate(says):
            name = f"{number}.verdict" if said.startswith("{") else f"{number}.fault"
            (tmp_path / name).write_text(said)
        script = tmp_path / "lighthouse"
        script.write_text(
            f"""#!/bin/sh
cd '{tmp_path}'
said=$(ls | grep -E '(verdict|fault)$' | sort -n | head -1)
mv "$said" "$said.said"
case $said in
*.verdict) cat "$said.said" ;;
*) cat "$said.said" >&2; exit 1 ;;
esac
"""
        )
        script.chmod(0o755)
        return script

    return made


def test_a_look_without_a_record_is_taken_again(program: Program, capsys: pytest.CaptureFixture[str]) -> None:
    reports = look(program(verdict(1), NO_RECORD, verdict(0.5)), "http://x", path="/ar/", times=2)
    assert [report.scores["performance"] for report in reports] == [100, 50]
    assert "/ar/ was not recorded" in capsys.readouterr().out


def test_a_page_that_is_never_recorded_is_not_passed(program: Program) -> None:
    with pytest.raises(RuntimeError, match="1 of 3 looks were recorded"):
        look(program(verdict(1), *[NO_RECORD] * 4), "http://x", path="/ar/", times=3)


def test_a_page_that_answers_wrongly_is_not_looked_at_again(program: Program) -> None:
    with pytest.raises(RuntimeError, match="ERRORED_DOCUMENT_REQUEST"):
        look(program(WRONG, verdict(1)), "http://x", path="/ar/", times=1)


def test_a_low_score_is_kept(program: Program) -> None:
    reports = look(program(verdict(0.2), verdict(1)), "http://x", path="/ar/", times=1)
    assert [report.scores["performance"] for report in reports] == [20]
