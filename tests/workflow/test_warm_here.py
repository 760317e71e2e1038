"""What the server of jobs does in one process: it runs a step or a script, and loads ahead."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
import sphinx.application

from smdi.edition import read_edition
from smdi.report.text.notebook_text import parsed, read_text
from smdi.report.text.prose import compile_ahead
from smdi.report.text.templates import compiled
from smdi.workflow import jobs
from smdi.workflow.server import ahead, warm


@pytest.mark.parametrize(
    ("line", "status"),
    [("pass", 0), ("sys.exit()", 0), ("sys.exit(0)", 0), ("sys.exit(3)", 3), ("sys.exit('a')", 1)],
)
def test_a_script_gives_its_status_and_has_its_words(tmp_path, monkeypatch, line, status) -> None:
    monkeypatch.setattr(sys, "argv", ["before"])
    script = tmp_path / "a.py"
    script.write_text(
        f"import sys\nopen({str(tmp_path / 'told')!r}, 'w').write(repr(sys.argv))\n{line}"
    )
    assert warm.run_here([str(script), "word"]) == status
    assert (tmp_path / "told").read_text() == repr([str(script), "word"])


def test_an_edition_and_its_steps_are_run_as_a_job(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[tuple] = []
    monkeypatch.setattr(jobs, "run_jobs", lambda *words: asked.append(words) or 7)
    assert warm.run_here(["2021", "site", "pdf"]) == 7
    assert asked == [(read_edition("2021"), ["site", "pdf"])]


def test_all_is_loaded_in_its_order_whatever_is_faulty_and_then_what_chapters_read(
    tmp_path: Path, monkeypatch
) -> None:
    told: list[str] = []
    monkeypatch.chdir(tmp_path)  # where there is no notebook

    def load(name: str) -> None:
        told.append(name)
        if name == "faulty":
            raise ImportError(name)

    monkeypatch.setattr(warm.importlib, "import_module", load)
    monkeypatch.setattr(warm, "MODULES", ("first", "faulty", warm.CHAPTERS_NEED, "last"))
    monkeypatch.setattr(warm, "_loaded", set())
    monkeypatch.setattr(ahead, "read_for_chapters", lambda: told.append("read"))
    monkeypatch.setattr(ahead, "read_for_pages", lambda: told.append("pages"))
    warm.load_all()
    assert told == ["first", "faulty", warm.CHAPTERS_NEED, "read", "last", "pages"]
    warm.load_all()
    assert told[-1] == "pages", "what is loaded is not loaded again"
    monkeypatch.setattr(warm, "_loaded", set())
    monkeypatch.setattr(ahead, "read_for_chapters", lambda: 1 / 0)
    warm.load_all()
    assert told[-2:] == ["last", "pages"]


def test_last_is_what_sphinx_loads_for_each_book(tmp_path, monkeypatch) -> None:
    told: list[str] = []

    def load(name: str) -> object:
        told.append(name)
        return sphinx.application

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(warm.importlib, "import_module", load)
    monkeypatch.setattr(warm, "MODULES", ("first", "last"))
    monkeypatch.setattr(warm, "_loaded", set())
    warm.load_all()
    of_sphinx = ["sphinx.application", *sphinx.application.builtin_extensions]
    styles = "smdi.publishing.sphinx_ext.page.weight"
    assert told == ["first", "last", *of_sphinx, styles]


def test_notebooks_are_parsed_and_compiled_ahead_but_those_that_cannot_be(
    tmp_path: Path, monkeypatch
) -> None:
    text = f"---\nfor: {tmp_path}\n---\n\nA text of this test.\n"
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "notebooks/a.md").write_bytes(b"\xff")
    (tmp_path / "notebooks/b.md").write_text(text)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(warm, "MODULES", ())
    monkeypatch.setattr(warm, "_loaded", set())
    warm.load_all()
    before = parsed.cache_info().misses
    assert parsed(text).cells[0].source == "A text of this test."
    assert parsed.cache_info().misses == before
    before = compiled.cache_info().misses
    compile_ahead(read_text(Path("notebooks/b.md")))
    assert compiled.cache_info().misses == before


def test_a_server_for_what_narrows_an_edition_reads_it_last_and_stops_for_no_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    read: list[str] = []
    monkeypatch.setattr(warm, "MODULES", ())
    monkeypatch.setattr(warm, "_loaded", set())
    monkeypatch.setattr(ahead, "compile_notebook", lambda notebook: None)
    monkeypatch.setattr(ahead, "read_for_scopes", lambda edition: read.append(edition.id) or 1 / 0)
    assert [*warm._loads("2021")][-1] == "2021"
    assert [*warm._loads("2021")] == []
    assert "none" in [*warm._loads("none")]
    assert read == ["2021"]


def test_whoever_warms_up_has_a_drawer_and_all_libraries(tmp_path: Path, monkeypatch) -> None:
    told: list[object] = []
    monkeypatch.delenv(warm.DRAWER_VARIABLE, raising=False)
    monkeypatch.setattr(warm.os, "register_at_fork", lambda **given: told.append([*given]))
    monkeypatch.setattr(warm, "end_with_parent", lambda parent: None)
    monkeypatch.setattr(warm, "_draw", lambda: os._exit(0))
    monkeypatch.setattr(warm, "load_all", lambda: told.append("loaded"))
    children: list[int] = []
    fork = os.fork

    def forked() -> int:
        child = fork()
        children.append(child)
        return child

    monkeypatch.setattr(os, "fork", forked)
    try:
        warm.warm_up(str(tmp_path / "warm"))
        assert os.environ[warm.DRAWER_VARIABLE] == f"{tmp_path}/warm-drawer"
    finally:
        os.environ.pop(warm.DRAWER_VARIABLE, None)
    assert told == [["before"], "loaded"]
    (drawer,) = children
    assert os.waitstatus_to_exitcode(os.waitpid(drawer, 0)[1]) == 0
