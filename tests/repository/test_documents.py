"""What is written for people."""

import re

import pytest

from tests.repository.tree import ROOT, name_of

DECISIONS = ROOT / "docs" / "decisions"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


def test_every_decision_is_numbered_once_and_listed() -> None:
    index = (DECISIONS / "README.md").read_text()
    pages = [page.name for page in sorted(DECISIONS.glob("*.md")) if page.name != "README.md"]
    assert [name for name in pages if f"]({name})" not in index] == []
    assert [name[:4] for name in pages] == [f"{number:04}" for number in range(1, len(pages) + 1)]


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_link_in_a_page_leads_somewhere(page: object) -> None:
    path = ROOT / str(page)
    links = re.findall(r"\]\(([^)#\s]+)(?:#[^)]*)?\)", path.read_text())
    near = [link for link in links if "://" not in link and not link.startswith("mailto:")]
    assert [link for link in near if not (path.parent / link).exists()] == []


def test_the_readme_names_the_commands_that_exist() -> None:
    readme, script = (ROOT / "README.md").read_text(), (ROOT / "run").read_text()
    named = set(re.findall(r"\./run (\w+)", readme))
    assert named
    assert {word for word in named if f"./run {word}" not in script} == set()
