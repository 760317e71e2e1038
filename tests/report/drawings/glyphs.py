"""Which text a drawing holds, and which of its characters a font cannot show."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from fontTools.ttLib import TTFont

from smdi.report.rendering import FONT_FILE, font_folder


def texts(svg_text: str) -> list[str]:
    """Return every text of a drawing, as it reads."""
    elements = ElementTree.fromstring(svg_text).iter()
    return ["".join(text.itertext()) for text in elements if text.tag.rpartition("}")[2] == "text"]


def missing_glyphs(svg_text: str) -> set[str]:
    """Return the characters of a drawing's text that the report's font lacks; blanks aside."""
    used = set("".join(texts(svg_text)))
    return {letter for letter in used - characters(font_folder() / FONT_FILE) if letter.strip()}


@cache
def characters(font: Path) -> frozenset[str]:
    """Return all characters of a font."""
    return frozenset(map(chr, TTFont(font, lazy=True).getBestCmap()))
