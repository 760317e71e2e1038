"""Pages that are written by several processes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from smdi.publishing.sphinx_ext import writing
from tests.publishing.tiny_book import CONF

PAGES = 12


def written(folder: Path, builder: str = "html") -> tuple[dict[str, bytes], set[int]]:
    """Build a book; give its files and which processes made its pages."""
    source, told = folder / "source", folder / "told"
    (source / "extra").mkdir(parents=True)
    (source / "conf.py").write_text(CONF)
    pages = [f"page-{number}" for number in range(PAGES)]
    listed = "\n".join(pages)
    (source / "index.md").write_text(f"# 报告\n\n```{{toctree}}\n{listed}\n```\n")
    for page in pages:
        (source / f"{page}.md").write_text(f"# 页 {page}\n\n见 {{doc}}`index`。\n\n$$x^2$$\n")

    def tell(*_: object) -> None:
        with told.open("a") as stream:
            stream.write(f"{os.getpid()}\n")

    with docutils_namespace():
        app = Sphinx(
            source, source, folder / "made", folder / "trees", builder, warningiserror=True
        )
        app.connect("html-page-context", tell)
        app.build()
    assert app.statuscode == 0
    made = {
        file.relative_to(folder / "made").as_posix(): file.read_bytes()
        for file in (folder / "made").rglob("*")
        if file.is_file() and file.name != ".buildinfo"
    }
    return made, set(map(int, told.read_text().split())) if told.exists() else set()


def test_many_pages_are_written_by_others_to_the_same_bytes(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(writing, "processors", lambda: 2)
    alone, by_one = written(tmp_path / "a")
    monkeypatch.setattr(writing, "FEWEST", PAGES + 1)
    shared, by_many = written(tmp_path / "b")
    assert by_one == {os.getpid()}
    assert len(by_many) > 2
    assert shared == alone
    assert f"page-{PAGES - 1}.html" in shared


def test_where_there_is_one_processor_pages_are_written_beside_what_resolves_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "processors", lambda: 1)
    monkeypatch.setattr(writing, "FEWEST", 1)
    assert len(written(tmp_path)[0]) > PAGES


def test_a_builder_that_writes_one_file_is_left_alone(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(writing, "FEWEST", 1)
    assert written(tmp_path, "singlehtml")[0]
