"""The one form of every indicator, and the one place where small cells are withheld.

Columns of a tidy frame
    measure   str    name of the quantity, as in data/published/*.csv
    group     str    what it is about: a region, an industry, a type of firm, 全国 …
    year      int
    value     float  unrounded, in `unit`; NaN when missing or withheld
    unit      str    %, 百分点, 家, 位, 分, 人, 万元, 个
    base      int    number of firms the value is over
    withheld  bool   a value exists and may not be shown

Withholding (statistical disclosure control, SDC Handbook ch. 4), for an edition whose minimum
cell is m:
    - a count of 1 … m-1 firms is withheld;
    - a share is withheld when its base is 1 … m-1, or when 1 … m-1 firms stand behind it or
      behind what it leaves over (97 of 100 tells of the 3 others);
    - a mean is withheld when its base is 1 … m-1;
    - where exactly one part of a whole is withheld, the smallest other part is withheld with it,
      since subtraction would give the first away;
    - what is derived from a withheld value (a change, a lead) is withheld;
    - what the published edition already prints is not withheld: it is public.
A base of zero is no secret: the value is missing, not withheld.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import pandas as pd

COLUMNS = ["measure", "group", "year", "value", "unit", "base", "withheld"]


class Disclosure(Protocol):
    """What withholding needs to know of an edition (a Population has both)."""

    minimum_cell: int
    published: frozenset[str]


@dataclass(frozen=True)
class Row:
    """One value, with what withholding must know of it.

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

    def hidden(self, minimum: int) -> Row:
        """Return the row with its value withheld, and its base where that would tell the same."""
        secret = self.unit == "家" or self.base < minimum
        return replace(self, value=math.nan, withheld=True, base=0 if secret else self.base)


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
    """Return a threshold or a count that tells nothing of a single firm; never withheld."""
    return Row(measure, group, int(year), float(value), unit, 0)


def rank(group: str, year: int, place: int) -> Row:
    """Return a place in a ranking; it has no base, and tells no number of firms."""
    return setting("rank", group, year, place, "位")


def difference(measure: str, minuend: Row, subtrahend: Row, unit: str = "百分点") -> Row:
    """Return a signed difference; withheld with either term. Group and year of the minuend."""
    hidden = minuend.withheld or subtrahend.withheld
    return replace(
        minuend,
        measure=measure,
        value=math.nan if hidden else minuend.value - subtrahend.value,
        unit=unit,
        cell=None,
        whole="",
        withheld=hidden,
    )


def withhold(rows: Iterable[Row], exhibit: str, rule: Disclosure) -> list[Row]:
    """Withhold small cells by the rules of this module, except what is already published."""
    rows = list(rows)
    if rule.minimum_cell <= 1:
        return rows
    checked = [_checked(row, exhibit, rule) for row in rows]
    return _complemented(checked, exhibit, rule)


def tidy(rows: Iterable[Row], exhibit: str, rule: Disclosure) -> pd.DataFrame:
    """Make the tidy frame of an exhibit from its rows, small cells withheld."""
    return frame(withhold(rows, exhibit, rule))


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
    """Return (value, withheld) of one row of a tidy frame; (NaN, False) when it has no such row."""
    found = data[(data["measure"] == measure) & (data["group"] == group) & (data["year"] == year)]
    if found.empty:
        return math.nan, False
    return float(found["value"].iloc[0]), bool(found["withheld"].iloc[0])


def competition_rank(values: pd.Series) -> pd.Series:
    """Rank from the greatest down, before rounding; equals share a rank, the next is skipped."""
    return values.rank(method="min", ascending=False).astype("int64")


def _fact(row: Row, exhibit: str) -> str:
    return f"{exhibit}/{row.measure}/{row.group}/{row.year}"


def _checked(row: Row, exhibit: str, rule: Disclosure) -> Row:
    if row.withheld or _fact(row, exhibit) in rule.published:
        return row
    cells = [row.base] if row.cell is None else [row.base, row.cell, row.base - row.cell]
    small = any(0 < cell < rule.minimum_cell for cell in cells)
    return row.hidden(rule.minimum_cell) if small else row


def _complemented(rows: list[Row], exhibit: str, rule: Disclosure) -> list[Row]:
    wholes: dict[tuple[str, str, int], list[int]] = {}
    for position, row in enumerate(rows):
        if row.whole:
            wholes.setdefault((row.whole, row.group, row.year), []).append(position)
    for positions in wholes.values():
        hidden = [p for p in positions if rows[p].withheld]
        shown = [p for p in positions if not rows[p].withheld and rows[p].cell]
        secret = [p for p in shown if _fact(rows[p], exhibit) not in rule.published]
        if len(hidden) == 1 and secret:
            smallest = min(secret, key=lambda p: rows[p].cell or 0)
            rows[smallest] = rows[smallest].hidden(rule.minimum_cell)
    return rows
