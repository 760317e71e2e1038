"""The one form of every indicator.

Columns of a tidy frame
    measure   str    name of the quantity, as in data/published/*.csv
    group     str    what it is about: a region, an industry, a type of firm, 全国 …
    year      int
    value     float  unrounded, in `unit`; NaN when missing or withheld
    unit      str    %, 百分点, 家, 位, 分, 人, 万元, 个
    base      int    number of firms the value is over (the denominator); 0 where it is withheld
    withheld  bool   the value is withheld: it exists and may not be shown
and, where a row has one, `error`: the standard error of a change or a comparison, in its unit (see
`smdi.indicators.precision.noise`), and, where the population knows what is printed,

    status       str  what the value is known from, see `smdi.indicators.precision.status`
    base_status  str  the same of its base; '' where there is none
    known        str  the number it is known by, as printed; '' where there is none

Nothing is decided here: a row names the cells that it is made of, and the release has decided for
each of them whether it may be seen (`smdi.disclosure`). A row whose cells have no name is withheld.
A base of zero is no secret: the value is missing, not withheld.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np
import pandas as pd

from smdi.indicators.cells import Cell, Protection
from smdi.indicators.firms import Firms
from smdi.indicators.precision.rounding import cut
from smdi.indicators.precision.status import KNOWN, Evidence

TYPES = {
    "measure": "str",
    "group": "str",
    "year": "int64",
    "value": "float64",
    "unit": "str",
    "base": "int64",
    "withheld": "bool",
}
COLUMNS = list(TYPES)
ERROR = "error"
STATUS = ["status", "base_status", "known"]
RANK = "rank"


class Protected(Protocol):
    """What has a protection, and the evidence for its values: a Population."""

    @property
    def evidence(self) -> Evidence | None:
        """Return what the published report prints, where that is known."""

    @property
    def protection(self) -> Protection:
        """Return what decides about its cells."""


@dataclass(frozen=True)
class Row:
    """One value, with the cells that it is made of; the last is its base, where it has one.

    No cells at all (`()`): it tells nothing of the firms. None: nobody knows what it is made of.
    """

    measure: str
    group: str
    year: int
    value: float
    unit: str
    base: int
    cells: tuple[Cell, ...] | None = None
    withheld: bool = False
    error: float = math.nan

    def judged(self, protection: Protection) -> Row:
        """Return the row as it may be seen: without value, without base where that may not be."""
        if self.withheld or self.cells == ():
            return self
        cells = self.cells
        shown = cells is not None and (
            protection.knows(cells) if self.measure == RANK else protection.ask(cells)
        )
        if shown:
            return self
        keeps_base = self.unit != "家" and cells is not None and protection.knows(cells[-1:])
        base = self.base if keeps_base else 0
        return replace(self, value=math.nan, error=math.nan, withheld=True, base=base)

    def rounded(self, decimals: int | None) -> Row:
        """Return the row with as many decimals of its value; None keeps all.

        An error keeps two digits: with more, the firms that answered twice could be counted.
        """
        if decimals is None or not math.isfinite(self.value):
            return self
        error = float(f"{self.error:.1e}")
        return replace(self, value=cut(self.value, decimals), error=error)


def share(measure: str, group: str, year: int, part: Firms, among: Firms) -> Row:
    """Return the firms of a part among others in %, by one division (exact ties stay exact)."""
    value = 100 * len(part) / len(among) if len(among) else math.nan
    return Row(measure, group, int(year), value, "%", len(among), named(part, among))


def count(measure: str, group: str, year: int, firms: Firms, unit: str = "家") -> Row:
    """Return a number of firms; its base is itself."""
    number = len(firms)
    return Row(measure, group, int(year), float(number), unit, number, named(firms))


def mean(measure: str, group: str, year: int, firms: Firms, column: str, unit: str) -> Row:
    """Return the mean of a column over the firms that have a value; missing without such."""
    known = firms[column].dropna()
    value = float(known.astype("float64").mean()) if len(known) else math.nan
    cells = None
    if firms.cell is not None:
        asked = firms.cell.narrowed({"answered": [column]})
        cells = (asked.sum_of(column), asked)
    return Row(measure, group, int(year), value, unit, len(known), cells)


def setting(measure: str, group: str, year: int, value: float, unit: str) -> Row:
    """Return a threshold or a count that tells nothing of a single firm; never withheld."""
    return Row(measure, group, int(year), float(value), unit, 0, ())


def rank(group: str, year: int, place: int, cells: tuple[Cell, ...] | None = None) -> Row:
    """Return a place in a ranking; `cells` are its own and those of all that stand before it.

    Beside a number that is withheld its place would tell between which others it lies.
    """
    return Row(RANK, group, int(year), float(place), "位", 0, cells)


def difference(
    measure: str, minuend: Row, subtrahend: Row, unit: str = "百分点", error: float = math.nan
) -> Row:
    """Return a signed difference, made of the cells of both; group and year of the minuend."""
    cells = None
    if minuend.cells is not None and subtrahend.cells is not None:
        cells = (*subtrahend.cells, *minuend.cells)
    value = minuend.value - subtrahend.value
    return replace(minuend, measure=measure, value=value, unit=unit, cells=cells, error=error)


def named(*firms: Firms) -> tuple[Cell, ...] | None:
    """Return the cells of selections; None where one has no name."""
    cells = tuple(some.cell for some in firms if some.cell is not None)
    return cells if len(cells) == len(firms) else None


def tidy(rows: Iterable[Row], exhibit: str, source: Protected) -> pd.DataFrame:
    """Make the tidy frame of an exhibit from its rows, as they may be seen.

    `exhibit` names it in the messages of a protection that refuses to judge.
    """
    protection = source.protection
    given = list(rows)
    made = frame([row.judged(protection).rounded(protection.decimals) for row in given])
    return made if source.evidence is None else _with_status(made, given, source.evidence)


def _with_status(made: pd.DataFrame, rows: Sequence[Row], evidence: Evidence) -> pd.DataFrame:
    """Add what each value and each base is known from; a rank follows from the other values.

    Of a value that is cut off for a release it is what the whole value is known from.
    """
    told: list[list[str]] = []
    for row, withheld in zip(rows, made["withheld"], strict=True):
        key = (row.measure, row.group, row.year)
        value, known = ("suppressed", "") if withheld else evidence.told(*key, row.value)
        if row.cells == () and value == "simulated":
            value = "computed"  # it tells nothing of the firms
        base = value if row.unit == "家" else evidence.otherwise
        told.append([value, base if row.base and not withheld else "", known])
    made = pd.concat([made, pd.DataFrame(told, columns=STATUS, dtype="str")], axis=1)
    ranks, values = made["measure"] == RANK, made["value"].notna()
    open_rank = ranks & made["status"].eq(evidence.otherwise)
    if open_rank.any() and made.loc[~ranks & values, "status"].isin(KNOWN).all():
        made.loc[open_rank, "status"] = "derived"
    return made


def finest(ways: Sequence[Sequence[Row]], source: Protected) -> Sequence[Row]:
    """Return of several ways to tell the same, finest first, the one that is shown best."""
    told = [[row.cells for row in way if row.cells is not None] for way in ways]
    named = all(row.cells is not None for way in ways for row in way)
    return ways[source.protection.finest(told) if named else 0]


def joined(cells: tuple[Cell, ...] | None, *rows: Row) -> tuple[Cell, ...] | None:
    """Add the cells of rows to others; None where a row does not know its own."""
    if cells is None or any(row.cells is None for row in rows):
        return None
    return tuple(dict.fromkeys((*cells, *(cell for row in rows for cell in row.cells or ()))))


def frame(rows: Sequence[Row]) -> pd.DataFrame:
    """Make a tidy frame from rows as they are."""
    types = TYPES if all(math.isnan(row.error) for row in rows) else {**TYPES, ERROR: "float64"}
    return pd.DataFrame(
        {name: _array([getattr(row, name) for row in rows], kind) for name, kind in types.items()}
    )


def _array(values: list[Any], kind: str) -> Any:
    # No series: frames are made by the thousand, and it would take thrice the time.
    return pd.array(values, dtype="str") if kind == "str" else np.array(values, dtype=kind)


def error_of(data: pd.DataFrame, measure: str, group: str, year: int) -> float:
    """Return the standard error of one row of a tidy frame; NaN when it has none."""
    place = _place(data, measure, group, year)
    return math.nan if place is None or ERROR not in data else float(data[ERROR].iloc[place])


def pick(data: pd.DataFrame, measure: str, group: str, year: int) -> tuple[float, bool]:
    """Return (value, suppressed) of one row of a tidy frame; (NaN, False) when there is none."""
    place = _place(data, measure, group, year)
    if place is None:
        return math.nan, False
    return float(data["value"].iloc[place]), bool(data["withheld"].iloc[place])


def _place(data: pd.DataFrame, measure: str, group: str, year: int) -> int | None:
    """Return the place of the first such row; masks would take ten times as long."""
    keys = zip(*(data[name].tolist() for name in ("measure", "group", "year")), strict=True)
    return next((at for at, key in enumerate(keys) if key == (measure, group, year)), None)


def competition_rank(values: pd.Series) -> pd.Series:
    """Rank from the greatest down, before rounding; equals share a rank, the next is skipped."""
    return values.rank(method="min", ascending=False).astype("int64")
