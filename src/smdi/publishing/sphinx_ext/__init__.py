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
    search,
)
from smdi.publishing.sphinx_ext.page import fallback_font, head, ui, weight

VERSION = "1"


def setup(app: Sphinx) -> dict[str, object]:
    """Register everything with Sphinx."""
    parts = (numbers, exhibit, home, data_list, search, mathml, numref, outside, pictures, ui, head)
    for part in (*parts, fallback_font, weight):
        part.register(app)
    return {"version": VERSION, "parallel_read_safe": True, "parallel_write_safe": True}
