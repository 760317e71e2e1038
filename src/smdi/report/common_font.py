"""Fonts of few letters: for a process that draws many charts, and for readers' browsers.

The engine of charts opens the font's file anew whenever it measures a text, some thousand times a
chart; of a twentieth of the size it draws in half of the time, and the same bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import uharfbuzz

from smdi.files import write_bytes

# Names by which an export may call a city or an industry, and no chart.
_OF_EXPORTS = {Path("data/standards", f"{name}.csv") for name in ("classes", "region_aliases")}
# Latin letters, punctuation and signs; each pair of Latin letters has a place in the layout.
_RANGES = ((0x20, 0x7F), (0x2010, 0x2040), (0x25A0, 0x25D0), (0x3000, 0x3012), (0xFF01, 0xFF5F))
_SIGNS = frozenset("°±·×÷←↑→↓−≈≠≤≥")
# How letters are placed: over one another, beside one another, on a line.
_LAYOUT = ("BASE", "GSUB", "GPOS")
# All that OpenType has a number for; 13 and 14 are of the licence.
_NAMES = range(26)


@cache
def common_letters() -> frozenset[str]:
    """Return the letters of the report's words and of the standards' names, and signs."""
    files = [*Path("data/language").glob("*.yaml"), *Path("data/standards").glob("*.csv")]
    told = (path.read_text("utf-8") for path in files if path not in _OF_EXPORTS)
    return _SIGNS.union(*told, *(map(chr, range(*ends)) for ends in _RANGES))


def common_font(font: Path, cached: Path) -> Path:
    """Return the folder of a font's common letters below `cached`, named by what it holds.

    It is written each time: from a damaged file the engine would drop every text without a word.
    """
    made = letters_of_font(font, common_letters())
    folder = cached / f"font-{hashlib.sha256(made).hexdigest()[:16]}"
    write_bytes(folder / font.name, made)
    return folder


def letters_of_font(font: Path, letters: Iterable[str], *, layout: bool = True) -> bytes:
    """Return a font of these letters of a font; the same letters give the same bytes.

    Without its `layout`, each letter stands as wide as it is. All that the font says of itself,
    its licence too, is kept.
    """
    wanted = uharfbuzz.SubsetInput()
    wanted.unicode_set.update(map(ord, letters))
    wanted.name_id_set.update(_NAMES)
    wanted.flags = uharfbuzz.SubsetFlags.NO_HINTING
    if not layout:
        wanted.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _LAYOUT)
    whole = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(font)))
    made: bytes = wanted.subset(whole).blob.data
    return made
