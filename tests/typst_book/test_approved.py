"""Books are written in Typst as they were when a person looked at the pages and approved."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils

from tests.typst_book import features
from typst_book import builder

FIXTURES = Path(__file__).parent / "fixtures"
# MyST names a formula without a label by chance.
_CHANCE = re.compile(r"equation-[0-9a-f-]{36}")


def _features(folder: Path) -> None:
    """One of each thing that a page can hold, with the configuration of the report."""
    assert features.build(folder, "typst") == 0


def _book(name: str, folder: Path) -> None:
    source = str(FIXTURES / name)
    # Sphinx keeps the words of a process's last language; this book has its own.
    locale.translators.clear()
    with patch_docutils(source), docutils_namespace():
        app = Sphinx(
            source, source, str(folder / "typst"), str(folder / "doctrees"), "typst",
            status=io.StringIO(), warning=io.StringIO(), warningiserror=True,
        )  # fmt: skip
        app.build()


BOOKS: dict[str, Callable[[Path], None]] = {
    "features": _features,
    "toy": partial(_book, "book"),
    "rest": partial(_book, "rest"),
}


@pytest.mark.parametrize("name", BOOKS)
def test_a_book_is_written_as_approved(name: str, tmp_path: Path, monkeypatch, approved) -> None:
    monkeypatch.setattr(builder, "compile_pdf", lambda *_: b"")
    BOOKS[name](tmp_path)
    source = tmp_path / "typst" / "source"
    pages = sorted((source / "pages").iterdir())
    files = [source / "book.typ", source / "template" / "settings.typ", *pages]
    told = {f"{name}-{path.name}": path.read_text("utf-8") for path in files}
    for file, text in told.items():
        approved.holds(file, _CHANCE.sub("equation", text))
    kept = {path.name for path in approved.folder.glob(f"{name}-*")}
    assert kept == {*told}
