"""A table as an exhibit stores it: columns with units, rows of text, and its alt text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from smdi.report.charts.frames import number_text
from smdi.report.values import unit_head


class Cell(str):
    """The text of a value that bears a mark: derived or simulated."""

    mark: str

    def __new__(cls, text: str, mark: str) -> Cell:
        """Make the text with its mark."""
        made = super().__new__(cls, text)
        made.mark = mark
        return made


@dataclass(frozen=True)
class Column:
    """A column: `unit` stands in its head, `decimals` are those its numbers have.

    `names`: it says what its rows are about; without such a column the first of words does.
    `joined`: what neighbouring rows repeat stands once, reaching down over them.
    `bars`: the numbers are also drawn, to one scale with those of other such columns of the unit.
    """

    key: str
    name: str
    unit: str = ""
    align: str = "left"
    decimals: int = 0
    names: bool = False
    joined: bool = False
    bars: bool = False


@dataclass(frozen=True)
class Table:
    """A table of texts with what it says in words (`alt`).

    `groups` stand over the rows, in order: a line of words and the number of rows below it. The
    last `totals` rows are sums of those above.
    """

    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    alt: str
    groups: tuple[tuple[str, int], ...] = ()
    totals: int = 0

    def record(self) -> dict[str, Any]:
        """Return the table as an exhibit stores it; `marks` where a cell bears one.

        A mark is derived or simulated, '' for a cell without.
        """
        made: dict[str, Any] = {
            "columns": [asdict(column) for column in self.columns],
            "rows": [[str(cell) for cell in row] for row in self.rows],
            "groups": [list(group) for group in self.groups],
            "totals": self.totals,
        }
        marks = [[getattr(cell, "mark", "") for cell in row] for row in self.rows]
        return made | ({"marks": marks} if any(map(any, marks)) else {})


def number_column(
    key: str, name: str, unit: str = "", decimals: int = 0, *, bars: bool = False
) -> Column:
    """Return a column of numbers, set flush right, its unit as the language writes it."""
    return Column(key, name, unit_head(unit), "right", decimals, bars=bars)


def plain(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Any]],
    alt: str,
    *,
    groups: Sequence[tuple[str, int]] = (),
    totals: int = 0,
) -> Table:
    """Make a table of cells: texts as they are, numbers with the decimals of their column."""
    made = [
        tuple(
            cell if isinstance(cell, str) else number_text(float(cell), column.decimals or 0)
            for cell, column in zip(row, columns, strict=True)
        )
        for row in rows
    ]
    return Table(tuple(columns), tuple(made), alt, tuple(groups), totals)
