"""The house: what stands where, and how large it grows."""

import re
import subprocess

from tests.repository.tree import ROOMS, ROOT, ROOT_FILES, ROOT_FOLDERS, everything, files, name_of


def ignored() -> set[str]:
    lines = (ROOT / ".gitignore").read_text().splitlines()
    return {line.strip("/") for line in lines if not line.startswith("#")} | {".git"}


def test_the_root_holds_what_the_design_names_and_nothing_else() -> None:
    entries = {entry.name: entry.is_dir() for entry in ROOT.iterdir() if entry.name not in ignored()}
    assert {name for name, is_folder in entries.items() if is_folder} == ROOT_FOLDERS
    assert {name for name, is_folder in entries.items() if not is_folder} == ROOT_FILES


def test_site_is_never_a_python_package() -> None:
    # `site` is a module of Python's own that is loaded before any of our code.
    assert [name_of(path) for path in files("site", kinds={".py"})] == []


def test_no_python_file_outgrows_its_room() -> None:
    lengths = {
        name_of(path): len(path.read_text().splitlines())
        for path in files(*ROOMS, "tests", kinds={".py"})
        if "migrations" not in path.parts
    }
    assert {name: length for name, length in lengths.items() if length > 400} == {}
    assert sum(length > 250 for length in lengths.values()) <= len(lengths) / 10


def test_no_module_is_a_grab_bag() -> None:
    grab_bags = re.compile(r"(?:^|/)(?:utils?|helpers?|common|misc|manager|managers|tools?)(?:\.\w+|/|$)")
    names = [name_of(path) for path in files(*ROOMS, "tests", "templates", "static", kinds={".py", ".html", ".js"})]
    assert [name for name in names if grab_bags.search(name)] == []


def test_only_the_typed_environment_reads_the_environment() -> None:
    reading = re.compile(r"\bos\.environ\b|\bgetenv\b|from os import .*\benviron\b")
    readers = {name_of(path) for path in files(*ROOMS, kinds={".py"}) if reading.search(code_of(path.read_text()))}
    assert readers == {"config/env.py"}


def code_of(source: str) -> str:
    """`source` without its docstrings and comments, which may name what they are about."""
    return re.sub(r"#.*", "", re.sub(r'""".*?"""', "", source, flags=re.DOTALL))


def test_nothing_is_left_for_later() -> None:
    marks = re.compile(r"\b(?:[T]ODO|[F]IXME|[X]XX)\b")
    assert [name_of(path) for path in everything() if marks.search(path.read_text(encoding="utf-8"))] == []


def test_no_file_depends_on_one_registry() -> None:
    hosts = re.compile(r"pypi\.org|pythonhosted\.org|npmjs\.(?:org|com)|--(?:extra-)?index-url", re.IGNORECASE)
    assert [name_of(path) for path in everything() if hosts.search(path.read_text(encoding="utf-8"))] == []


def test_every_locked_requirement_carries_its_hash() -> None:
    for lock in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / lock).read_text().replace("\\\n", " ")
        pins = [line for line in text.splitlines() if re.match(r"[a-z0-9]", line)]
        assert pins
        assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin] == []


def test_scripts_can_be_executed() -> None:
    for script in ("run", ".ci/run", "manage.py"):
        assert (ROOT / script).stat().st_mode & 0o100, script
    for script, shell in (("run", "sh"), (".ci/run", "bash")):
        subprocess.run([shell, "-n", str(ROOT / script)], check=True)
