"""What a vector picture asks for: its fonts, what it says of itself, what Typst would not draw."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from pathlib import Path

# A font that is not there makes its text vanish from the picture without a word.
_GENERIC = {"sans-serif", "serif", "monospace", "inherit", "system-ui"}
_FAMILY = re.compile(r"font-family\s*:\s*([^;]+)")
_FONT = re.compile(r"(?:^|;)\s*font\s*:\s*[^;]*?\d(?:px|pt|em|%)\s+([^;]+)")


def svg_families(source: Path) -> set[str]:
    """Return the first choices among the font families that a vector picture asks for.

    Raises `ValueError` for a file that is no XML or holds a raster image.
    """
    try:
        root = ElementTree.fromstring(source.read_bytes())
    except ElementTree.ParseError as error:
        raise ValueError(f"not an SVG file: {error}") from error
    families: set[str] = set()
    for element in root.iter():
        if element.tag.endswith("}image"):
            raise ValueError("a raster image inside a vector picture")
        style = element.get("style") or ""
        found = [element.get("font-family") or "", *_FAMILY.findall(style), *_FONT.findall(style)]
        families |= {_first(family) for family in found if family}
    return families - {""}


def svg_title(source: Path) -> str:
    """Return what a vector picture says of itself in its own `<title>`, or nothing."""
    try:
        found = ElementTree.parse(source).getroot().find("{http://www.w3.org/2000/svg}title")
    except (OSError, ElementTree.ParseError):
        return ""
    return (found.text or "").strip() if found is not None else ""


def _first(family: str) -> str:
    return family.split(",")[0].strip().strip("\"'")


def unknown_families(source: Path, known: set[str]) -> set[str]:
    """Return the families of a vector picture that the book's fonts do not offer."""
    return {family for family in svg_families(source) if family not in known | _GENERIC}
