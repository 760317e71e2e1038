"""Site and PDF take their colours from the palette; the template knows each that it is given."""

from __future__ import annotations

import re
from pathlib import Path

from smdi.publishing.styles import css, typst
from smdi.report.palette import read_palette

TEMPLATE = Path("src/typst_book/template/colours.typ")


def test_the_site_defines_every_property_that_its_style_sheet_uses() -> None:
    used = set(
        re.findall(r"var\((--(?:book|map)-[a-z-]+)\)", Path("book/_static/custom.css").read_text())
    )
    assert used
    assert used <= set(re.findall(r"(--(?:book|map)-[a-z-]+):", css(read_palette())))


def test_links_of_the_site_have_the_accent_that_charts_draw_with() -> None:
    assert f"--pst-color-link: {read_palette().colours.accent};" in css(read_palette())


def test_the_pdf_is_given_each_colour_of_the_template_and_no_other() -> None:
    own = re.findall(r"#let ([a-z-]+)", TEMPLATE.read_text("utf-8"))
    assert re.findall(r"#let ([a-z-]+)", typst(read_palette())) == own
