"""Rules by which a table finds its widths, its size, its direction and its page breaks.

Everything here is arithmetic over the texts of the cells, so that it can be tested without a PDF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from typst_book.markup import width
from typst_book.measures import Measures

# A text may wrap, but not into columns narrower than this many characters.
NARROWEST = 7.0
# A table taller than this part of a page runs on to the next; a lower one is kept whole.
KEEP_WHOLE = 0.55

_NUMBER = re.compile(r"[-−+]?\d[\d, ]*(\.\d+)?\s*[%‰]?")
_ABSENT = {"", "—", "–", "-", "…", "/"}


@dataclass(frozen=True)
class Cell:
    """One cell: what is printed, its bare text, what it spans, and what of it no line parts.

    Its `mark` stands behind a number and is no part of it.
    """

    markup: str
    text: str
    columns: int = 1
    rows: int = 1
    numeric: bool = False
    unbroken: str = ""
    mark: str = ""
    marked: str = ""

    @property
    def number(self) -> str:
        """Return the text without that of its mark."""
        return self.text.removesuffix(self.marked)


@dataclass(frozen=True)
class Layout:
    """How a table is printed: `widths` in points of a table `width` points wide."""

    size: str
    turned: bool
    width: float
    widths: tuple[float, ...]
    long: bool


@dataclass
class Grid:
    """Cells by row, head first."""

    columns: int
    head: list[list[Cell]] = field(default_factory=list)
    body: list[list[Cell]] = field(default_factory=list)

    def column(self, rows: Sequence[Sequence[Cell]], index: int) -> list[Cell]:
        """Return the cells that stand in one column alone, spans from rows above minded."""
        found, reach = [], [0] * self.columns
        for row in rows:
            position = 0
            pending = iter(row)
            while position < self.columns:
                if reach[position] > 0:
                    reach[position] -= 1
                    position += 1
                    continue
                cell = next(pending, None)
                if cell is None:
                    break
                if position == index and cell.columns == 1:
                    found.append(cell)
                for covered in range(position, min(position + cell.columns, self.columns)):
                    reach[covered] = cell.rows - 1
                position += cell.columns
        return found


def is_number(text: str) -> bool:
    """Return whether a cell holds a number and nothing else."""
    return bool(_NUMBER.fullmatch(text.strip()))


def is_numeric_column(cells: Sequence[Cell]) -> bool:
    """Return whether a column holds numbers: several, gaps at most, or any that are marked so."""
    filled = [cell for cell in cells if cell.text.strip() not in _ABSENT]
    if not filled:
        return False
    numbers = [cell for cell in filled if is_number(cell.number)]
    # Among numbers that are marked so a word may stand, such as that one is withheld.
    if any(cell.numeric for cell in filled):
        return bool(numbers)
    return len(numbers) == len(filled) > 1


def split_number(text: str) -> tuple[str, str]:
    """Split before the point or the sign: `-7.19` -> `-7`, `.19`; `69%` -> `69`, `%`."""
    found = re.match(r"\s*([-−+]?[\d, ]+)(.*)", text.strip())
    return (found[1], found[2]) if found else (text, "")


@dataclass(frozen=True)
class Alignment:
    """Room that every number of a column gets, so that the decimal points stand in line."""

    whole: str
    fraction: str

    def missing(self, text: str) -> str:
        """Return what a number lacks after the point to be as long as the longest."""
        rest = split_number(text)[1]
        return self.fraction[len(rest) :] if len(rest) < len(self.fraction) else ""


def alignment(cells: Sequence[Cell]) -> Alignment:
    """Return the widest whole part and the widest fraction of a column."""
    parts = [split_number(cell.number) for cell in cells if is_number(cell.number)]
    return Alignment(
        max((whole for whole, _ in parts), key=width, default=""),
        max((rest for _, rest in parts), key=width, default=""),
    )


def group_rows(rows: Sequence[Sequence[Cell]]) -> list[list[Cell]]:
    """Let a name that stands before rows without one reach down over them.

    A table that leaves its first cells empty means the name above; spanning them, the name keeps
    its rows on one page. Rows that already span are left as they are.
    """
    plain = all(cell.rows == cell.columns == 1 for row in rows for cell in row)
    names = [row[0].text.strip() for row in rows if row]
    if not plain or len(names) != len(rows) or not names or not names[0] or all(names):
        return [list(row) for row in rows]
    starts = [index for index, name in enumerate(names) if name]
    grouped = [list(row[1:]) for row in rows]
    for start, end in zip(starts, [*starts[1:], len(rows)], strict=True):
        grouped[start].insert(0, replace(rows[start][0], rows=end - start))
    return grouped


def _natural(grid: Grid, size: float, lines: int, room: float) -> list[float]:
    """Return each column's width without wrapping, its head on so many lines at most."""
    widths = []
    for index in range(grid.columns):
        body = max((width(c.text) for c in grid.column(grid.body, index)), default=0.0)
        heads = grid.column(grid.head, index)
        head = max((width(c.text) for c in heads), default=0.0)
        unbroken = max((width(c.unbroken) for c in heads), default=0.0)
        head = head if head <= 4 or lines == 1 else max(head / lines + 0.7, 4.0, unbroken)
        widths.append(max(body, head, 1.5) * size + room)
    return widths


def _fit(natural: Sequence[float], room: float, narrowest: float) -> tuple[float, ...] | None:
    """Return widths within `room`: wide columns wrap, none below the narrowest; else None."""
    total = sum(natural)
    if total <= room:
        return tuple(natural)
    fixed = [wide for wide in natural if wide <= narrowest]
    spare = room - sum(fixed) - narrowest * (len(natural) - len(fixed))
    if spare < 0:
        return None
    # What is left over goes to the wide columns in proportion to what they lack.
    lacking = sum(wide - narrowest for wide in natural if wide > narrowest)
    return tuple(
        wide if wide <= narrowest else narrowest + spare * (wide - narrowest) / lacking
        for wide in natural
    )


def _best(grid: Grid, room: float, size: float, cell: float) -> tuple[float, ...] | None:
    """Return widths with the fewest lines of head with which no cell wraps, else `_fit`."""
    for lines in (1, 2, 3):
        natural = _natural(grid, size, lines, cell)
        if sum(natural) <= room:
            return tuple(natural)
    return _fit(_natural(grid, size, 3, cell), room, NARROWEST * size + cell)


def _height(grid: Grid, widths: Sequence[float], size: float, measures: Measures) -> float:
    total = 0.0
    for row in [*grid.head, *grid.body]:
        lines = 1.0
        position = 0
        for cell in row:
            room = sum(widths[position : position + cell.columns]) - _cell_room(measures)
            lines = max(lines, -(-width(cell.text) * size // max(room + 0.5, 1)))
            position += cell.columns
        total += lines * size * measures.line + 2 * measures.cell_y
    return total


def _cell_room(measures: Measures) -> float:
    # A point more than the insets, as the width of a text is only estimated.
    return 2 * measures.cell_x + 1.0


def layout(grid: Grid, measures: Measures, caption: str = "") -> Layout:
    """Lay out a table upright in normal size, else in small size, else turned.

    A head takes a second and a third line before the type shrinks. Raises `ValueError` for a table
    that fits nowhere.
    """
    for turned in (False, True):
        room = measures.text_height if turned else measures.text_width
        for name, size in (("normal", measures.table), ("small", measures.small_table)):
            widths = _best(grid, room, size, _cell_room(measures))
            if widths is None:
                continue
            height = _height(grid, widths, size, measures)
            page = measures.text_width if turned else measures.text_height
            total = sum(widths)
            # A narrow table breathes: up to half as wide again, but no wider than the text.
            # Nor is it so narrow that its caption would need a second line.
            titled = width(caption) * measures.caption * 1.03
            whole = min(max(total * 1.35, room * 0.5, titled), room)
            stretched = tuple(wide * whole / total for wide in widths)
            return Layout(name, turned, whole, stretched, height > page * KEEP_WHOLE)
    raise ValueError(f"a table of {grid.columns} columns fits on no page, not even turned")
