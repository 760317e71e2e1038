"""Measures of the theme that decide how a table is laid out, asked of Typst itself."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import typst


@dataclass(frozen=True)
class Measures:
    """All in points, but for `line`, which is a multiple of the type size."""

    text_width: float
    text_height: float
    table: float  # type size of tables, and of those that need a smaller one
    small_table: float
    caption: float
    cell_x: float  # room on each side of a cell's text
    cell_y: float
    line: float


def read_measures(source: Path, fonts: typst.Fonts) -> Measures:
    """Return the measures of the template in `source`, an editor's own theme included."""
    compiler = typst.Compiler(
        str(source / "template" / "measures.typ"), root=str(source), font_paths=fonts
    )
    found = json.loads(compiler.query("<measures>", field="value", one=True))
    return Measures(**{name.replace("-", "_"): float(value) for name, value in found.items()})
