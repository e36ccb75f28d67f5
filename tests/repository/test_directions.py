import pytest

from tests.repository.directions import JS, TEMPLATE, in_css, in_lines, physical_directions


def test_pages_mirror_because_nothing_names_left_or_right() -> None:
    assert physical_directions() == []


@pytest.mark.parametrize(
    "rule",
    [
        "p { margin-left: 1rem }",
        "p { text-align: right }",
        "p { left: 0 }",
        "p { border-top-right-radius: 2px }",
        "p { float: left }",
        "p { background: linear-gradient(to right, red, blue) }",
        "p { transform: translateX(-50%) }",
        "p { transform: translate(4px, 0) }",
        "p { padding: 0 1rem 0 2rem; }",
    ],
)
def test_a_style_that_would_not_mirror_is_found(rule: str) -> None:
    assert list(in_css(f"a {{ color: red }}\n{rule}")) == [(2, rule)]


@pytest.mark.parametrize(
    "rule",
    [
        "p { margin-inline-start: 1rem; text-align: start }",
        "p { inset: 0 0 0 0; padding: 1rem 2rem 3rem 2rem; }",
        "/* left of the name */ p { background: url('left.svg') }",
        "p { padding-inline: env(safe-area-inset-left) env(safe-area-inset-right) }",
        "p { transform: translateX(calc(var(--forward) * 4px)) }",
        "p { transform: translate(0, 4px) }",
        "p { content: 'left' }",
    ],
)
def test_a_style_that_mirrors_passes(rule: str) -> None:
    assert list(in_css(rule)) == []


def test_a_script_may_read_arrow_keys_but_not_set_a_side() -> None:
    assert list(in_lines(JS, 'if (event.key === "ArrowLeft") go();')) == []
    assert [number for number, _ in in_lines(JS, 'a();\nbox.style.left = "4px";')] == [2]
    assert list(in_lines(JS, "box.style.setProperty('margin-right', '1px')"))


def test_a_template_may_not_align_by_attribute() -> None:
    assert list(in_lines(TEMPLATE, '<td align="right">'))
    assert list(in_lines(TEMPLATE, '<p style="text-align: left">'))
    assert list(in_lines(TEMPLATE, '<p class="lead">What is left to do</p>')) == []
