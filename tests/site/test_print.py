"""What comes out of a reader's printer: the text, whole charts, tables with their head."""

from __future__ import annotations

import io
import re
import unicodedata

import pypdf
import pytest
from playwright.sync_api import Page

from tests.site.conftest import Visit

PAGES = ["regions", "industries", "trend-equipment", "audit"]
# What serves a screen alone; a box without area is not printed.
SHOWN = """() => [...document.querySelectorAll(
    "nav, header, footer, button:not(.sort), input, .bd-sidebar, .exhibit-tools, .table-filter," +
    " .exhibit-said, .headerlink, #jb-print-toc, .prev-next-footer"
)].filter((one) => one.checkVisibility() && one.getBoundingClientRect().height > 0)
  .map((one) => one.tagName + "." + one.className)"""
# Of each drawing: is it there, the ground it is on, whether it stays whole.
PICTURES = """() => [...document.querySelectorAll(".exhibit-drawing.wide")].map((one) => [
    one.checkVisibility(), getComputedStyle(one.querySelector("rect")).fill,
    getComputedStyle(one.closest("figure")).breakInside])"""
CUT = """() => [...document.querySelectorAll(".bd-article *")].filter((one) =>
    ["auto", "scroll", "hidden"].includes(getComputedStyle(one).overflowX)
    && one.checkVisibility() && one.scrollWidth > one.clientWidth + 1
).map((one) => one.className)"""


@pytest.fixture(params=PAGES)
def paper(desk: Visit, request: pytest.FixtureRequest) -> Page:
    """A page as it is printed, by a reader who likes it dark, on A4."""
    desk.page.emulate_media(color_scheme="dark")
    page = desk.open(f"{request.param}.html")
    # The room for text on A4, in pixels of CSS.
    page.set_viewport_size({"width": 658, "height": 970})
    page.emulate_media(media="print", color_scheme="dark")
    return page


def test_paper_bears_the_text_and_nothing_to_press(paper: Page) -> None:
    assert paper.evaluate(SHOWN) == []


def test_charts_are_printed_whole_and_as_bright_as_they_are(paper: Page) -> None:
    assert {*map(tuple, paper.evaluate(PICTURES))} <= {(True, "rgb(255, 255, 255)", "avoid")}


def test_title_and_text_begin_at_one_margin(paper: Page) -> None:
    edges = paper.evaluate(
        "[...document.querySelectorAll('#jb-print-docs-body h1, article section > p')]"
        ".map((one) => Math.round(one.getBoundingClientRect().left))"
    )
    assert len(edges) > 2 and len(set(edges)) == 1


def test_nothing_is_cut_at_the_edge_of_the_paper(paper: Page) -> None:
    assert paper.evaluate(CUT) == []
    assert paper.evaluate("document.documentElement.scrollWidth") <= 658


def test_a_long_table_returns_under_its_head_and_loses_no_row(desk: Visit) -> None:
    page = desk.open("regions.html")
    read = [sheet.extract_text() for sheet in pypdf.PdfReader(io.BytesIO(page.pdf())).pages]
    # Chromium writes some characters as the radicals that they look like.
    sheets = [unicodedata.normalize("NFKC", sheet) for sheet in read]
    rows = [re.findall(r"^\d+\s*推?\s*[^\d\s及]{2,} \d+模?$", sheet, re.M) for sheet in sheets]
    assert sum(map(len, rows)) >= 31 + 51
    assert all("名次" in sheet for sheet, own in zip(sheets, rows, strict=True) if own)
