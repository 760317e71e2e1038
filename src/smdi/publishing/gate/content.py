"""What is read from a file of the release: its texts, its tables, and its elements of markup."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from lxml import etree

from smdi.publishing.gate.findings import Finding

# Letters that take no room: soft hyphen, accents, zero widths, directions, variants, tags.
_UNSEEN = re.compile(
    "[\u00ad\u0300-\u036f\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u20d0-\u20f0\u3164\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
# Letters of other scripts that look like these.
_ALIKE = str.maketrans(
    "\u0410\u0412\u0415\u0405\u0406\u0408\u041a\u041c\u041d\u041e\u0420\u0421\u0422\u0423"
    "\u0425\u0430\u0435\u0455\u0456\u0458\u043e\u0440\u0441\u0443\u0445\u0391\u0392\u0395"
    "\u0396\u0397\u0399\u039a\u039c\u039d\u039f\u03a1\u03a4\u03a5\u03a7",
    "ABESIJKMHOPCTYXaesijopcyxABEZHIKMNOPTYX",
)
_ANY_ALIKE = re.compile(f"[{''.join(map(chr, _ALIKE))}]")
# Places on a map are neither table nor text.
DRAWN = frozenset({"coordinates", "arcs", "bbox"})


@dataclass(frozen=True)
class Text:
    """A text, and where it stands.

    Of a text that is `spoken` a reader sees or hears all; `code` is text too; in `bytes` words may
    stand among whatever else, so that only what is known by heart is looked for.
    """

    place: str
    content: str
    kind: Literal["spoken", "code", "bytes"] = "code"


@dataclass(frozen=True)
class Table:
    """Rows of cells, each cell as text, under the names of their columns (may be none)."""

    place: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[str]]


@dataclass
class Content:
    """All that was read from one file.

    `trees` are parsed HTML and SVG, `styles` CSS, `specs` Vega-Lite, each with its place;
    `findings` what is wrong with the file itself.
    """

    texts: list[Text] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    trees: list[tuple[str, etree._Element]] = field(default_factory=list)
    styles: list[Text] = field(default_factory=list)
    specs: list[tuple[str, Mapping[str, Any]]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def add(self, other: Content) -> None:
        """Take over what was read from a part of the file."""
        self.texts += other.texts
        self.tables += other.tables
        self.trees += other.trees
        self.styles += other.styles
        self.specs += other.specs
        self.findings += other.findings


def plain(text: str) -> str:
    """Return a text without what hides letters: references, widths, marks, other scripts."""
    for _ in range(2):
        if "&" in text:
            text = html.unescape(text)
    if text.isascii():
        return text
    text = _UNSEEN.sub("", unicodedata.normalize("NFKC", text))
    # To translate a long text takes longest, and few have such a letter.
    return text.translate(_ALIKE) if _ANY_ALIKE.search(text) else text


def tables_in(node: object, place: str = "") -> Iterator[Table]:
    """Yield each list of records (or of lists of scalars) in what was read from JSON."""
    if isinstance(node, Mapping):
        for key, value in node.items():
            if key in DRAWN:
                continue
            yield from tables_in(value, f"{place}.{key}" if place else str(key))
    elif isinstance(node, list):
        records = [row for row in node if isinstance(row, Mapping)]
        shapes = [row["properties"] for row in records if isinstance(row.get("properties"), dict)]
        if records:
            yield _table(place, shapes or records)
        lists = [row for row in node if isinstance(row, list)]
        if lists and len(lists) == len(node):
            rows = [[_cell(value) for value in row if not isinstance(value, list)] for row in lists]
            if any(rows):
                yield Table(place, (), rows)
        for value in node:
            if isinstance(value, Mapping | list):
                yield from tables_in(value, place)


def _table(place: str, records: Sequence[Mapping[str, Any]]) -> Table:
    columns = tuple(dict.fromkeys(key for row in records for key in row))
    rows = [[_cell(row.get(key)) for key in columns] for row in records]
    return Table(place, columns, rows)


def _cell(value: object) -> str:
    return "" if value is None or isinstance(value, Mapping | list) else str(value)
