"""The one form of every indicator, and the suppression of its small cells.

Columns of a tidy frame
    measure   str    name of the quantity, as in data/published/*.csv
    group     str    what it is about: a region, an industry, a type of firm, 全国 …
    year      int
    value     float  unrounded, in `unit`; NaN when missing or suppressed
    unit      str    %, 百分点, 家, 位, 分, 人, 万元, 个
    base      int    number of firms the value is over (the denominator); 0 where it is suppressed
    withheld  bool   the value is suppressed: it exists and may not be shown

Suppression (statistical disclosure control, SDC Handbook ch. 4), where m is the edition's minimum
cell; nothing is suppressed when m is 0 or 1.
    primary        a count of 1 … m-1 firms; a share whose base is 1 … m-1, or with 1 … m-1 firms
                   behind it or behind what it leaves (97 of 100 tells of the 3 others); a mean
                   whose base is 1 … m-1
    complementary  where exactly one part of a whole is suppressed, the smallest other part that is
                   neither zero nor in print goes with it, since subtraction would give the first
                   away
    derived        a `difference` of which a term is suppressed
What the published edition prints is never suppressed: it is public. Only the four level classes of
one group and year are treated as parts of a whole; totals over groups (the provinces of the nation)
and several exhibits taken together are not looked at here.
A base of zero is no secret: the value is missing, not suppressed.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pandas as pd

from smdi.published.facts import fact_id

COLUMNS = ["measure", "group", "year", "value", "unit", "base", "withheld"]


class Disclosure(Protocol):
    """What suppression needs to know of an edition (a Population has both)."""

    @property
    def minimum_cell(self) -> int:
        """Return the least number of firms that may stand behind a value."""

    @property
    def published(self) -> frozenset[str]:
        """Return the ids of the facts in print."""


@dataclass(frozen=True)
class Row:
    """One value, with what suppression must know of it.

    `cell` is the number of firms behind it (None: the base alone is at stake); `whole` names the
    whole it is a part of, together with its group and year.
    """

    measure: str
    group: str
    year: int
    value: float
    unit: str
    base: int
    cell: int | None = None
    whole: str = ""
    withheld: bool = False

    def suppressed(self, minimum: int) -> Row:
        """Return the row without its value, and without a base that would tell as much.

        The base of a count is the count; one below the minimum is a small cell itself.
        """
        tells = self.unit == "家" or self.base < minimum
        return replace(self, value=math.nan, withheld=True, base=0 if tells else self.base)


def share(measure: str, group: str, year: int, count: int, base: int, whole: str = "") -> Row:
    """Return `count` of `base` in %, by one division (so that exact ties stay exact)."""
    value = 100 * int(count) / int(base) if base else math.nan
    return Row(measure, group, int(year), value, "%", int(base), int(count), whole)


def count(measure: str, group: str, year: int, firms: int, unit: str = "家") -> Row:
    """Return a number of firms; its base is itself."""
    return Row(measure, group, int(year), float(firms), unit, int(firms), int(firms))


def mean(measure: str, group: str, year: int, values: pd.Series, unit: str) -> Row:
    """Return the mean of the values that are there; missing when there are none."""
    known = values.dropna()
    value = float(known.astype("float64").mean()) if len(known) else math.nan
    return Row(measure, group, int(year), value, unit, len(known))


def setting(measure: str, group: str, year: int, value: float, unit: str) -> Row:
    """Return a threshold or a count that tells nothing of a single firm; never suppressed."""
    return Row(measure, group, int(year), float(value), unit, 0)


def rank(group: str, year: int, place: int) -> Row:
    """Return a place in a ranking; it has no base, and tells no number of firms."""
    return setting("rank", group, year, place, "位")


def difference(measure: str, minuend: Row, subtrahend: Row, unit: str = "百分点") -> Row:
    """Return a signed difference, suppressed with either term; group and year of the minuend."""
    suppressed = minuend.withheld or subtrahend.withheld
    return replace(
        minuend,
        measure=measure,
        value=math.nan if suppressed else minuend.value - subtrahend.value,
        unit=unit,
        cell=None,
        whole="",
        withheld=suppressed,
    )


def is_small(minimum: int, base: int, cell: int | None = None) -> bool:
    """Tell whether a base, the firms behind a value or those it leaves are too few to show."""
    cells = [base] if cell is None else [base, cell, base - cell]
    return any(0 < firms < minimum for firms in cells)


def suppress(rows: Iterable[Row], exhibit: str, rule: Disclosure) -> list[Row]:
    """Suppress small cells by the rules of this module, except what is already published."""
    if rule.minimum_cell <= 1:
        return list(rows)
    return _complementary([_primary(row, exhibit, rule) for row in rows], exhibit, rule)


def tidy(rows: Iterable[Row], exhibit: str, rule: Disclosure) -> pd.DataFrame:
    """Make the tidy frame of an exhibit from its rows, small cells suppressed."""
    return frame(suppress(rows, exhibit, rule))


def frame(rows: Sequence[Row]) -> pd.DataFrame:
    """Make a tidy frame from rows as they are."""
    data = pd.DataFrame([[getattr(row, name) for name in COLUMNS] for row in rows], columns=COLUMNS)
    return data.astype(
        {
            "measure": "str",
            "group": "str",
            "year": "int64",
            "value": "float64",
            "unit": "str",
            "base": "int64",
            "withheld": "bool",
        }
    )


def pick(data: pd.DataFrame, measure: str, group: str, year: int) -> tuple[float, bool]:
    """Return (value, suppressed) of one row of a tidy frame; (NaN, False) when there is none."""
    found = data[(data["measure"] == measure) & (data["group"] == group) & (data["year"] == year)]
    if found.empty:
        return math.nan, False
    return float(found["value"].iloc[0]), bool(found["withheld"].iloc[0])


def competition_rank(values: pd.Series) -> pd.Series:
    """Rank from the greatest down, before rounding; equals share a rank, the next is skipped."""
    return values.rank(method="min", ascending=False).astype("int64")


def _is_published(row: Row, exhibit: str, rule: Disclosure) -> bool:
    return fact_id(exhibit, row.measure, row.group, row.year) in rule.published


def _primary(row: Row, exhibit: str, rule: Disclosure) -> Row:
    if row.withheld or _is_published(row, exhibit, rule):
        return row
    small = is_small(rule.minimum_cell, row.base, row.cell)
    return row.suppressed(rule.minimum_cell) if small else row


def _complementary(rows: list[Row], exhibit: str, rule: Disclosure) -> list[Row]:
    wholes: dict[tuple[str, str, int], list[int]] = {}
    for position, row in enumerate(rows):
        if row.whole:
            wholes.setdefault((row.whole, row.group, row.year), []).append(position)
    for positions in wholes.values():
        suppressed = [p for p in positions if rows[p].withheld]
        candidates = [
            p
            for p in positions
            if not rows[p].withheld and rows[p].cell and not _is_published(rows[p], exhibit, rule)
        ]
        if len(suppressed) == 1 and candidates:
            smallest = min(candidates, key=lambda p: rows[p].cell or 0)
            rows[smallest] = rows[smallest].suppressed(rule.minimum_cell)
    return rows
