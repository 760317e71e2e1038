"""What the extension writes into pages is as it was when a person looked and approved of it."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from lxml import html
from sphinx import locale
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from smdi.report.exhibits import csv_bytes
from tests.publishing.sample_book import PAGES, write_sources
from tests.report.drawings.map_samples import few_points
from tests.report.drawings.table_samples import SAMPLES, WITH_FRAMES
from typst_book import builder

PRINT = {"typst_marks": ["simulated", "derived"], "typst_table_boxes": ["exhibit-table"]}


def build(folder: Path, form: str, **config: object) -> Path:
    """Build the book of one of each thing; nothing of it is complained of."""
    write_sources(folder)
    told = io.StringIO()
    locale.translators.clear()
    with docutils_namespace(), few_points():
        made = folder / "_made"
        Sphinx(folder, folder, made, folder / "_trees", form, config, warning=told).build()
    assert told.getvalue() == ""
    return made


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("book"), "html")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_written_as_approved(name: str, book: Path, approved) -> None:
    page = html.fromstring((book / f"{name}.html").read_text("utf-8"))
    (body,) = page.xpath("//div[@class='body']")
    told = page.xpath("//head/meta[@name='description'] | //head/script[@type]")
    parts = [html.tostring(one, encoding="unicode", with_tail=False) for one in (*told, body)]
    approved.holds(f"{name}.html", "\n".join(parts))


def test_tables_say_in_words_what_was_approved(approved) -> None:
    told = "".join(f"{name}: {draw().alt}\n" for name, draw in SAMPLES.items())
    approved.holds("alt.txt", told)


def test_the_pages_are_printed_as_approved(tmp_path: Path, monkeypatch, approved) -> None:
    monkeypatch.setattr(builder, "compile_pdf", lambda *_: b"")
    made = build(
        tmp_path, "typst", extensions="myst_nb,smdi.publishing.sphinx_ext,typst_book", **PRINT
    )
    pages = sorted((made / "source" / "pages").iterdir())
    assert len(pages) == len(PAGES)
    for page in pages:
        approved.holds(page.name, page.read_text("utf-8"))


def test_frames_to_take_away_are_as_approved(approved) -> None:
    told = "".join(
        f"# {name}\n{csv_bytes(draw()[1]).decode('utf-8-sig')}"
        for name, draw in WITH_FRAMES.items()
    )
    approved.holds("frames.csv", told)
