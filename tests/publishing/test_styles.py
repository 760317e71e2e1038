"""Site and PDF take their colours from the palette; the template knows each that it is given."""

from __future__ import annotations

import re
from itertools import pairwise
from pathlib import Path

from lxml import etree

from smdi.publishing.styles import css, favicon, typst
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


def test_the_sign_shows_bars_that_rise_alike_from_one_ground() -> None:
    drawn = etree.fromstring(favicon(read_palette().colours).encode())
    ground, *bars = drawn.iter("{*}rect")
    side = float(ground.get("width"))
    assert (ground.get("fill"), len(bars)) == (read_palette().colours.deep, 4)
    x, y, width, height = (
        [float(bar.get(name)) for bar in bars] for name in ("x", "y", "width", "height")
    )
    assert len({top + high for top, high in zip(y, height, strict=True)}) == 1
    assert len({b - a for a, b in pairwise(x)}) == len({b - a for a, b in pairwise(height)}) == 1
    assert height == sorted(height) and x == sorted(x)
    assert width[0] < x[1] - x[0], "bars do not touch"
    assert x[0] == side - x[-1] - width[-1], "as much room at the left as at the right"
    assert side - y[0] - height[0] == x[0], "and below them"
    assert min(y) > x[0]
