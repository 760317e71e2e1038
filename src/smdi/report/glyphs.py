"""Which characters a font can show, and which of a drawing's text it cannot."""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

from smdi.report.rendering import FONT_FILE, font_folder


def texts(svg_text: str) -> list[str]:
    """Return every text of a drawing, as it reads."""
    root = ElementTree.fromstring(svg_text)
    return ["".join(element.itertext()) for element in root.iter() if _is_text(element)]


def missing_glyphs(svg_text: str, font: Path | None = None) -> set[str]:
    """Characters of a drawing's text that the font (by default ours) lacks; blanks aside."""
    known = characters(font or font_folder() / FONT_FILE)
    used = set("".join(texts(svg_text)))
    return {character for character in used if not character.isspace() and character not in known}


@cache
def characters(font: Path) -> frozenset[str]:
    """All characters of an OpenType font, from the format 4 and 12 tables of its `cmap`."""
    data = font.read_bytes()
    start = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    codes: set[int] = set()
    for record in range(count):
        (offset,) = struct.unpack_from(">I", data, start + 4 + 8 * record + 4)
        codes.update(_codes(data, start + offset))
    return frozenset(chr(code) for code in codes)


def _is_text(element: ElementTree.Element) -> bool:
    return element.tag.rpartition("}")[2] == "text"


def _table(data: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for record in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * record)
        if name == tag:
            return int(offset)
    raise ValueError(f"the font has no table {tag.decode()}")


def _codes(data: bytes, start: int) -> list[int]:
    (form,) = struct.unpack_from(">H", data, start)
    if form == 12:
        (groups,) = struct.unpack_from(">I", data, start + 12)
        ranges = [struct.unpack_from(">II", data, start + 16 + 12 * n) for n in range(groups)]
    elif form == 4:
        (doubled,) = struct.unpack_from(">H", data, start + 6)
        ends = struct.unpack_from(f">{doubled // 2}H", data, start + 14)
        starts = struct.unpack_from(f">{doubled // 2}H", data, start + 16 + doubled)
        ranges = [(a, b) for a, b in zip(starts, ends, strict=True) if b != 0xFFFF]
    else:
        ranges = []
    return [code for first, last in ranges for code in range(first, last + 1)]
