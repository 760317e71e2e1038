"""Where the header of a sheet is, and what its columns are called.

Titles and blank rows may stand above a header, and a header may be of several rows, the upper ones
with merged cells that name groups of columns. A column is known by the text of its lowest heading
and by the headings joined from above.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from smdi.assessments.values import squeezed

SEARCHED = 40
DEEPEST = 3
JOINT = "／"


@dataclass(frozen=True)
class Header:
    """A header: its first and last row (from 1), and a heading a column as it is to be shown.

    `lowest` are the headings of the lowest row that has one, `names` those joined with the groups
    above them.
    """

    first: int
    last: int
    names: list[str]
    lowest: list[str]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Return the columns of every form of a heading, the lowest headings first."""
        places: dict[str, list[int]] = {}
        for forms in (self.lowest, self.names, [name.replace(JOINT, "") for name in self.names]):
            known = set(places)
            for place, name in enumerate(forms):
                key = squeezed(name)
                if key and key not in known and place not in places.get(key, []):
                    places.setdefault(key, []).append(place)
        return places

    def places_of(self, name: str) -> list[int]:
        """Return the columns that bear a heading, more than one where it is repeated."""
        exact = [place for place, shown in enumerate(self.names) if shown == name.strip()]
        return exact or self._places.get(squeezed(name), [])


def locate(head: list[list[str]], wanted: Collection[str]) -> Header | None:
    """Return the header that shows most of the wanted headings (squeezed), None if none shows any.

    Of equals the one of fewest rows is taken, so that no row of data becomes part of a header.
    """
    best: tuple[tuple[int, int], Header] | None = None
    for first in range(min(len(head), SEARCHED)):
        for depth in range(1, DEEPEST + 1):
            if first + depth > len(head) or not any(head[first]):
                break
            header = joined(head, first, depth)
            hits = sum(bool(header.places_of(name)) for name in wanted)
            if hits and (best is None or (hits, -depth) > best[0]):
                best = (hits, -depth), header
    return best[1] if best else None


def guess(head: list[list[str]]) -> Header | None:
    """Return the likely header of a sheet of which no heading is known.

    It is the first row that is nearly as full as the fullest, of texts that are no numbers, each
    its own; a row above it that is filled in part names groups and belongs to it.
    """
    filled = [sum(bool(cell) for cell in row) for row in head[:SEARCHED]]
    fullest = max(filled, default=0)
    for place, count in enumerate(filled):
        if count >= max(2, 0.6 * fullest) and _looks_like_header(head[place]):
            if place + 1 < len(filled) and filled[place + 1] > count and (
                _looks_like_header(head[place + 1])):  # fmt: skip
                continue
            first = place
            while first > 0 and place - first < DEEPEST - 1 and 2 <= filled[first - 1] < count:
                first -= 1
            return joined(head, first, place - first + 1)
    return None


def joined(head: list[list[str]], first: int, depth: int) -> Header:
    """Join `depth` rows from row place `first` into one header."""
    rows = [[" ".join(cell.split()) for cell in row] for row in head[first : first + depth]]
    groups = [_spread(row) for row in rows[:-1]]
    names, lowest = [], []
    for place in range(len(rows[-1])):
        parts = [row[place] for row in (*groups, rows[-1]) if row[place]]
        own = [row[place] for row in rows if row[place]]
        names.append(JOINT.join(dict.fromkeys(parts)) if rows[-1][place] else "".join(own[-1:]))
        lowest.append(own[-1] if own else "")
    return Header(first + 1, first + depth, names, lowest)


def _spread(row: list[str]) -> list[str]:
    """Carry the text of a merged cell over the blanks that it covers to its right."""
    out, current = [], ""
    for cell in row:
        current = cell or current
        out.append(current)
    return out


def _looks_like_header(row: list[str]) -> bool:
    cells = [squeezed(cell) for cell in row if cell]
    numbers = sum(_is_value(cell) for cell in cells)
    repeated = len(cells) - len(Counter(cells))
    return numbers <= 0.1 * len(cells) and repeated <= 0.3 * len(cells)


def _is_value(cell: str) -> bool:
    """Return whether a cell holds a number, a day or a credit code rather than a name."""
    digits = sum(character.isdigit() for character in cell)
    return digits > 0.6 * len(cell)
