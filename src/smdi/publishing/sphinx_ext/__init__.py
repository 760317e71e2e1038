"""What the book needs of Sphinx: named values, exhibits, search in Chinese, MathML, pictures."""

from __future__ import annotations

from sphinx.application import Sphinx

from smdi.publishing.sphinx_ext import (
    data_list,
    exhibit,
    home,
    mathml,
    numbers,
    numref,
    outside,
    pictures,
    profiles,
    search,
    tables,
)
from smdi.publishing.sphinx_ext.page import fallback_font, head, referrers, ui, weight

VERSION = "1"


def setup(app: Sphinx) -> dict[str, object]:
    """Register everything with Sphinx."""
    content = (numbers, exhibit, tables, home, data_list, mathml, numref, outside, pictures)
    page = (ui, head, referrers, fallback_font, weight)
    for part in (*content, profiles, search, *page):
        part.register(app)
    return {"version": VERSION, "parallel_read_safe": True, "parallel_write_safe": True}
