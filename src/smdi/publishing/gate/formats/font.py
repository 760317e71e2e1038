"""Fonts: the names that a font bears, and what it carries beside its letters."""

from __future__ import annotations

import io

from fontTools.ttLib import TTFont

from smdi.publishing.gate.content import Content, Text
from smdi.publishing.gate.findings import Finding
from smdi.publishing.gate.release import File

# Tables that are letters, their measures and their names; others can carry texts.
_OF_LETTERS = {
    *("CFF ", "OS/2", "VORG", "cmap", "glyf", "head", "hhea", "hmtx", "loca"),
    *("maxp", "name", "post", "vhea", "vmtx"),
}


def read(file: File) -> Content:
    """Read a font; a table that is no letters is a finding, and so are its notes."""
    content = Content()
    with TTFont(io.BytesIO(file.content)) as font:
        notes = (
            getattr(font.flavorData, "metaData", None),
            getattr(font.flavorData, "privData", None),
        )
        for tag in font.reader.keys():  # noqa: SIM118 - a reader of tables, no mapping
            if tag not in _OF_LETTERS:
                what = f"a table {tag} of a font"
                content.findings.append(Finding(file.name, "", what, "it can carry texts"))
        if any(notes):
            content.findings.append(
                Finding(file.name, "", "notes of a font", "they can carry texts")
            )
        names = [(record.nameID, record.toUnicode()) for record in font["name"].names]
        content.texts += [Text(f"name {number}", text) for number, text in names]
    return content
